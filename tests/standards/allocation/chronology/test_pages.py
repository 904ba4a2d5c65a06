"""The pages of a chronology: who may open them, what they show and leave out, and what is printed."""

from datetime import timedelta
from html import unescape
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from docx import Document as Docx

from goldenthread.cases.actions import record_address
from goldenthread.cases.events import kinds
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import day_of
from goldenthread.core.models import TrailEntry
from goldenthread.oversight.restrictions import restrict
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.chronology import actions
from goldenthread.standards.allocation.chronology.models import (
    ChronologyReview,
    ChronologySeen,
    EventMark,
    SignificantEvent,
)
from goldenthread.standards.assessment.legal.actions import ask_for_advice
from goldenthread.standards.assessment.recording.actions import record_contact
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.allocation.chronology.conftest import TELLS, Add, Review
from tests.standards.referrals.conftest import Hands, Take

WHY = "It was the first time that anybody asked about the bruises"


def client_of(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def page(officer: Officer, address: str) -> str:
    answer = client_of(officer).get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.content.decode())


@pytest.fixture
def whole(file: CaseFile, add: Add, review: Review, hands: Hands, cast: Cast, referral: Referral) -> CaseFile:
    """The file with an event that was known late, a mark, a review and a reading."""
    add(occurred_at=hands.now - timedelta(days=400), precision="month", learnt_on=day_of(hands.now))
    actions.mark_event(
        case_file=file, kind="referrals.referral", target=referral.pk, significance="key", why=WHY, by=cast.worker
    )
    made = review()
    hands.on(hours=1)
    actions.see_chronology(
        review=made, words="Bring the moves to the conference", occurred_at=hands.now, by=cast.manager
    )
    return file


def test_the_page_tells_all_in_order_with_why_and_what_was_known_late(whole: CaseFile, cast: Cast) -> None:
    shown = page(cast.worker, f"/files/{whole.pk}/chronology/")
    for words in ("August 2002", "Her father left the home", "He was the one who read to her", "Known late", WHY,
                  "Turning point", TELLS, "Bring the moves to the conference", "Rosa Whitcombe, Elmbridge Primary",
                  "Juno was born", "School, nursery or education"):  # fmt: skip
        assert words in shown, words
    assert shown.index("was born") < shown.index("August 2002") < shown.index("The case file was opened")
    entry = TrailEntry.objects.filter(deed="read chronology").latest("pk")
    event = SignificantEvent.objects.get()
    assert f"chronology.significantevent:{event.pk}" in entry.detail["records"]
    assert "Juno" not in str(entry.detail)


def test_it_is_narrowed(whole: CaseFile, cast: Cast, child: Child) -> None:
    for asked, number in {
        "at_least=key": 2, "at_least=significant": 4, "source=education": 2, "only=late": 1, "only=new": 0,
        "until=2002-12-31": 2, "since=2003-01-01": 3, f"about=child-{child.pk}": 5, "about=person-77": 5,
        "order=newest": 5, "since=yesterday": 5,
    }.items():  # fmt: skip
        shown = page(cast.worker, f"/files/{whole.pk}/chronology/?{asked}").partition('id="events"')[2]
        assert f"{number} event{'' if number == 1 else 's'}" in shown, asked
        assert ("There are none like that" in shown) is (number == 0)


def test_one_of_several_children_is_told_apart(whole: CaseFile, cast: Cast, child: Child, add: Add) -> None:
    brother = Child.objects.create(given_names="Teo", family_name="Aldergate")
    whole.children.add(brother)
    add(children=[brother], what="Teo moved in with his aunt")
    of_juno = page(cast.worker, f"/files/{whole.pk}/chronology/?about=child-{child.pk}")
    of_teo = page(cast.worker, f"/files/{whole.pk}/chronology/?about=child-{brother.pk}")
    assert "Teo moved in" in of_teo
    assert "Teo moved in" not in of_juno
    assert "The case file was opened" in of_teo


def test_who_may_and_who_finds_nothing(whole: CaseFile, cast: Cast, child: Child, referral: Referral) -> None:
    addresses = [
        "", "add/", f"mark/cases.child/{child.pk}/", "review/", f"seen/{ChronologyReview.objects.get().pk}/",
        f"correct/eventmark/{EventMark.objects.get().pk}/", "document/pdf/",
    ]  # fmt: skip
    for stranger in (cast.stranger, cast.quality, cast.member):
        client = client_of(stranger)
        assert {client.get(f"/files/{whole.pk}/chronology/{address}").status_code for address in addresses} == {404}
    assert client_of(cast.worker).get(f"/files/{whole.pk}/chronology/mark/cases.child/99/").status_code == 404
    assert client_of(cast.worker).get(f"/files/{whole.pk}/chronology/document/json/").status_code == 404
    assert client_of(cast.colleague).get(f"/files/{whole.pk}/chronology/").status_code == 200
    restrict(
        child=child, level="restricted", reason="A relative works here", named=[cast.worker, cast.head],
        contact=cast.head, by=cast.head,
    )  # fmt: skip
    assert client_of(cast.colleague).get(f"/files/{whole.pk}/chronology/").status_code == 404


def test_neither_a_confidential_address_nor_legal_advice_nor_a_confidence_nor_a_neighbours_name_is_in_it(
    file: CaseFile, child: Child, cast: Cast, hands: Hands, take: Take
) -> None:
    take(case_file=file, agency_kind="neighbour", agency_name="", referrer_name="Nell Okoro")
    record_address(
        case_file=file, child=child, lines="9 Hidden Row", postcode="AB1 2CD", since=day_of(hands.now), confidential=True,
        moved_because="Fled to a refuge in Northwick", by=cast.worker,
    )  # fmt: skip
    ask_for_advice(
        case_file=file, question="May we remove her tonight?", urgency="now", asked_at=hands.now, by=cast.worker
    )
    record_contact(
        case_file=file, kind="phone", seen={child.pk: "not-seen"}, facts="The neighbour saw him strike her",
        in_confidence=True, occurred_at=hands.now, by=cast.worker,
    )  # fmt: skip
    shown = page(cast.worker, f"/files/{file.pk}/chronology/")
    printed = unescape(client_of(cast.worker).get(f"/files/{file.pk}/chronology/document/html/").content.decode())
    for words in ("Moved to an address that is confidential", "Legal advice was asked for", "told in confidence"):
        assert words in shown, words
        assert words in printed, words
    for hidden in ("Hidden Row", "AB1 2CD", "Northwick", "remove her tonight", "strike her", "Okoro"):
        assert hidden not in shown
        assert hidden not in printed


def test_it_is_printed_whole_or_narrowed_and_every_print_is_on_the_trail(whole: CaseFile, cast: Cast) -> None:
    client = client_of(cast.worker)
    answer = client.get(f"/files/{whole.pk}/chronology/document/docx/")
    assert (
        answer["Content-Disposition"]
        == f'attachment; filename="chronology-of-case-file-{whole.reference.lower()}.docx"'
    )
    document = Docx(BytesIO(answer.content))
    table = document.tables[-2] if len(document.tables) > 2 else document.tables[0]
    words = "\n".join(cell.text for one in document.tables for row in one.rows for cell in row.cells)
    assert table is not None
    for said in ("August 2002", "Her father left the home", WHY, "Known late", "Bring the moves to the conference"):
        assert said in words, said
    entry = TrailEntry.objects.filter(deed="print chronology").latest("pk")
    assert entry.detail["format"] == "docx"
    assert entry.detail["whole"] is True
    assert len(entry.detail["records"]) == 5
    part = unescape(client.get(f"/files/{whole.pk}/chronology/document/html/?at_least=key").content.decode())
    assert "This is a part of the chronology" in part
    assert "turning points only" in part.lower()
    assert "Her father left the home" not in part
    assert TrailEntry.objects.filter(deed="print chronology").latest("pk").detail["whole"] is False
    assert client.get(f"/files/{whole.pk}/chronology/document/pdf/").content.startswith(b"%PDF")


def boxes(name: str, day: str = "", month: str = "", year: str = "", time: str = "") -> dict[str, str]:
    return {f"{name}_day": day, f"{name}_month": month, f"{name}_year": year, f"{name}_time": time}


def test_an_event_is_added_as_far_as_its_time_is_known(file: CaseFile, cast: Cast, child: Child) -> None:
    typed: dict[str, Any] = {
        "children": [child.pk], "what": "She was in foster care in another town", "why": "Nobody here knew of it",
        "significance": "key", "source": "council", "told_by": "Their letter of May", "learnt_on_day": "1",
        "learnt_on_month": "10", "learnt_on_year": "2003",
    }  # fmt: skip
    client, address = client_of(cast.worker), f"/files/{file.pk}/chronology/add/"
    wrong = unescape(client.post(address, typed | boxes("when", day="4", year="2001")).content.decode())
    assert "must include a month where it has a day" in wrong
    assert "Nobody here knew of it" in wrong
    answer = client.post(address, typed | boxes("when", month="3", year="2001"))
    assert answer["Location"] == f"/files/{file.pk}/chronology/"
    made = SignificantEvent.objects.get()
    assert (made.precision, day_of(made.occurred_at).isoformat()) == ("month", "2001-03-01")
    assert "March 2001" in page(cast.worker, f"/files/{file.pk}/chronology/")


def test_an_event_is_corrected_by_its_page_and_what_nobody_touched_stays(
    add: Add, file: CaseFile, cast: Cast, hands: Hands
) -> None:
    made = add(occurred_at=hands.now - timedelta(days=400), precision="year")
    address = f"/files/{file.pk}/chronology/correct/significantevent/{made.pk}/"
    shown = page(cast.worker, address)
    assert 'value="2002"' in shown
    typed: dict[str, Any] = {
        "children": [child.pk for child in made.children.all()], "what": made.what, "why": "Nobody else read to her",
        "significance": made.significance, "source": made.source, "told_by": made.told_by, "reason": "Clearer",
        "learnt_on_day": "1", "learnt_on_month": "10", "learnt_on_year": "2003", **boxes("when", year="2002"),
    }  # fmt: skip
    answer = client_of(cast.worker).post(address, typed)
    assert answer.status_code == 302
    new = made.later.get()
    assert (new.why, new.precision) == ("Nobody else read to her", "year")
    client_of(cast.worker).post(address, typed | {"withdrawn": "on", "reason": "It was her cousin"})
    assert "There is nothing more to correct".lower() in page(cast.worker, address).lower()


def test_it_is_marked_reviewed_and_read_by_its_pages(
    file: CaseFile, cast: Cast, referral: Referral, hands: Hands
) -> None:
    worker, start = client_of(cast.worker), f"/files/{file.pk}/chronology/"
    shown = page(cast.worker, start)
    to_mark = f"{start}mark/referrals.referral/{referral.pk}/"
    assert to_mark in shown
    assert worker.post(to_mark, {"significance": "key", "why": WHY})["Location"] == start
    asked = page(cast.worker, f"{start}review/")
    assert "Nobody has gone through it yet" in asked
    assert f"Referral {referral.reference}" in asked
    at = hands.on(minutes=5)
    when = boxes("occurred_at", str(at.day), str(at.month), str(at.year), f"{at:%H:%M}")
    assert worker.post(f"{start}review/", {"words": TELLS, **when})["Location"] == start
    made = ChronologyReview.objects.get()
    mine = page(cast.manager, start)
    assert f"{start}seen/{made.pk}/" in mine
    assert f"{start}seen/{made.pk}/" not in page(cast.worker, start)
    manager = client_of(cast.manager)
    assert manager.post(f"{start}seen/{made.pk}/", {"words": "Bring it on Monday", **when})["Location"] == start
    assert ChronologySeen.objects.get().by == cast.manager
    on_file = page(cast.worker, f"/files/{file.pk}/")
    assert "Gone through last on 1 October 2003" in on_file
    correct = f"{start}correct/chronologyreview/{made.pk}/"
    worker.post(correct, {"words": f"{TELLS}, and nobody asked her", "reason": "More of it", **when})
    assert "nobody asked her" in page(cast.worker, start)
    refused = unescape(
        worker.post(
            correct, {"words": "x", "withdrawn": "on", "reason": "It was another file", **when}
        ).content.decode()
    )
    assert "their reading is taken back first" in refused


def test_queries_do_not_grow_with_events(file: CaseFile, add: Add, cast: Cast, review: Review) -> None:
    client, address = client_of(cast.worker), f"/files/{file.pk}/chronology/"
    add()
    review()
    with CaptureQueriesContext(connection) as few:
        client.get(address)
    for number in range(12):
        add(what=f"She moved for the {number + 2}th time")
        review()
    with CaptureQueriesContext(connection) as many:
        client.get(address)
    assert len(many) <= len(few)
    assert len(few) <= len(kinds()) + 30
