"""The pages of case records: who may open them, what they show of both clocks, and what stays when something is wrong."""

from datetime import timedelta
from html import unescape

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.recording.actions import correct_record, withdraw_record
from goldenthread.standards.assessment.recording.models import CaseRecord
from tests.conftest import Cast
from tests.standards.assessment.recording.conftest import FACTS, NEXT, VIEW, Contact
from tests.standards.referrals.conftest import Hands


def page(officer: Officer, address: str) -> str:
    client = Client()
    client.force_login(officer)
    answer = client.get(address)
    assert answer.status_code == 200, (address, answer.status_code)
    return unescape(answer.content.decode())


def posted(hands: Hands, child: Child, **other: str) -> dict[str, str]:
    at = hands.now - timedelta(hours=1)
    return {
        "kind": "home-visit", f"child_{child.pk}": "alone", "where": "At home", "facts": FACTS, "view": VIEW,
        "next_steps": NEXT, "occurred_at_day": str(at.day), "occurred_at_month": str(at.month),
        "occurred_at_year": str(at.year), "occurred_at_time": f"{at:%H:%M}", **other,
    }  # fmt: skip


def test_a_contact_is_recorded_by_its_page_with_the_guidelines_beside_the_boxes(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=3)
    address = f"/files/{case_file.pk}/records/add/"
    shown = page(cast.worker, address)
    assert "Facts only" in shown
    assert "How to write a good record" in shown
    assert "Was Juno Aldergate seen?" in shown
    client = Client()
    client.force_login(cast.worker)
    answer = client.post(address, posted(hands, child, made_by=str(cast.colleague.pk)))
    made = CaseRecord.objects.get()
    assert answer["Location"] == f"/records/{made.pk}/"
    assert (made.made_by, made.saw(child.pk)) == (cast.colleague, "alone")


def test_what_is_refused_stays_in_the_form(case_file: CaseFile, child: Child, cast: Cast, hands: Hands) -> None:
    hands.on(hours=3)
    client = Client()
    client.force_login(cast.worker)
    typed = posted(hands, child, made_by=str(cast.worker.pk), view="n/a")
    answer = unescape(client.post(f"/files/{case_file.pk}/records/add/", typed).content.decode())
    assert "Write what you make of it" in answer
    assert FACTS in answer
    typed = posted(hands, child, made_by=str(cast.worker.pk), **{f"child_{child.pk}": ""})
    answer = unescape(client.post(f"/files/{case_file.pk}/records/add/", typed).content.decode())
    assert "Say of at least one child" in answer
    assert not CaseRecord.objects.exists()


def test_a_record_shows_both_clocks_what_it_said_before_and_that_it_was_late(
    contact: Contact, hands: Hands, cast: Cast, child: Child
) -> None:
    came = hands.on(hours=3)
    hands.on(days=6)
    made = contact(occurred_at=came, in_confidence=True)
    correct_record(
        record=made, changes={"view": "She is cared for by nobody until six"}, reason="Clearer", by=cast.worker
    )
    shown = page(cast.worker, f"/records/{made.pk}/")
    for words in (FACTS, "cared for by nobody", "Recorded 6 days later", "1 October 2003, 1pm", "7 October 2003, 1pm",
                  "told in confidence", "What it said before", VIEW, "Changed because: Clearer"):  # fmt: skip
        assert words in shown, words
    assert TrailEntry.objects.filter(deed="read case record", detail__case_file=made.case_file_id).exists()
    last = CaseRecord.objects.last_rows().get()
    client = Client()
    client.force_login(cast.worker)
    assert client.get(f"/records/{last.pk}/").status_code == 404, "a record has one address: that of its first row"


def test_the_list_is_narrowed_printed_and_shows_what_was_taken_back(
    contact: Contact, hands: Hands, cast: Cast, child: Child, case_file: CaseFile
) -> None:
    hands.on(hours=3)
    gone = contact(facts="Something about quite another family")
    withdraw_record(record=gone, reason="It was another family's", by=cast.worker)
    hands.on(days=9)
    contact(kind="phone", seen={child.pk: "not-seen"}, facts="The school says she was away again on Monday and Tuesday")
    address = f"/files/{case_file.pk}/records/"
    shown = page(cast.worker, address)
    assert "2 records, newest first" in shown
    assert "Taken back: It was another family's" in shown
    assert "quite another family" not in shown
    assert "away again" in page(cast.worker, f"{address}?kind=phone&child={child.pk}&since=2003-10-08")
    assert "There are none like that" in page(cast.worker, f"{address}?kind=letter")
    assert "There are none like that" in page(cast.worker, f"{address}?until=2003-09-01")
    assert "What happens next: " in page(cast.worker, f"{address}?show=all")
    told = TrailEntry.objects.filter(deed="read case records").order_by("pk")[0]
    assert len(told.detail["records"]) == 2


def test_a_record_is_corrected_and_taken_back_by_its_page(
    contact: Contact, hands: Hands, cast: Cast, child: Child
) -> None:
    hands.on(hours=3)
    made = contact()
    client = Client()
    client.force_login(cast.worker)
    address = f"/records/{made.pk}/correct/"
    typed = posted(hands, child, made_by=str(cast.worker.pk), facts="She let me in herself", reason="Clearer")
    assert client.post(address, typed)["Location"] == f"/records/{made.pk}/"
    assert made.stands is not None
    assert (made.stands.fact.facts, made.stands.fact.occurred_at) == ("She let me in herself", made.occurred_at)
    stale = client.post(address, typed | {"version": "old"})
    assert "changed after you opened the page" in stale.content.decode()
    client.post(address, typed | {"withdrawn": "on"})
    assert CaseRecord.objects.get(pk=made.pk).stands is None
    assert "taken back" in page(cast.worker, address)


@pytest.mark.parametrize("where", ["/files/{file}/records/", "/files/{file}/records/add/", "/records/{pk}/", "/records/{pk}/correct/"])  # fmt: skip
def test_who_may_not_open_the_file_sees_no_such_page(
    contact: Contact, hands: Hands, cast: Cast, case_file: CaseFile, where: str
) -> None:
    hands.on(hours=3)
    made = contact()
    address = where.format(file=case_file.pk, pk=made.pk)
    client = Client()
    for officer in (cast.stranger, cast.member, cast.quality, cast.administrator):
        client.force_login(officer)
        assert client.get(address).status_code == 404, officer
    client.force_login(cast.worker)
    assert client.get(address).status_code == 200
    assert client.get(where.format(file=9999, pk=9999)).status_code == 404


def test_everyone_reads_the_standard(cast: Cast) -> None:
    for officer in (cast.worker, cast.member, cast.administrator):
        assert "Fact, then opinion" in page(officer, "/recording/")
    assert "Within 2 working days" in page(cast.worker, "/recording/")


def test_the_list_asks_the_database_no_more_for_many_records(
    contact: Contact, hands: Hands, cast: Cast, case_file: CaseFile
) -> None:
    hands.on(hours=3)

    def asked() -> list[int]:
        client = Client()
        client.force_login(cast.worker)
        client.get("/")
        found = []
        for address in (f"/files/{case_file.pk}/records/", f"/files/{case_file.pk}/"):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            found.append(len(queries))
        return found

    contact()
    before = asked()
    for number in range(8):
        correct_record(
            record=contact(),
            changes={"facts": f"The {number}th time that she told me"},
            reason="Clearer",
            by=cast.worker,
        )
    assert asked() == before
