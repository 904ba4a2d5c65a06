"""The pages of temporary accommodation: who may open them, what they show, the figures, and the report itself."""

import re
from datetime import date, datetime, timedelta
from typing import Any
from unittest.mock import DEFAULT, patch

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.keys import VERSION
from goldenthread.core.models import TrailEntry
from goldenthread.core.versions import version_of
from goldenthread.oversight.restrictions import restrict
from goldenthread.people.models import Officer
from goldenthread.reports.accommodation import publish_accommodation_report
from goldenthread.reports.models import PublishedReport
from goldenthread.reports.registry import build
from goldenthread.standards.assessment.housing import actions, figures, recommending, shortfalls
from goldenthread.standards.assessment.housing.choices import Heading
from goldenthread.standards.assessment.housing.models import (
    HousingProposal,
    ShortfallAnswer,
    Suitability,
    TemporaryMove,
)
from goldenthread.standards.assessment.housing.recommending import recommend, recommendation_for
from goldenthread.standards.assessment.housing.views import lists
from tests.conftest import Cast
from tests.standards.assessment.housing.conftest import ALL_WELL, FOR_NOW, Assess, Move
from tests.standards.referrals.conftest import Hands, Take


def as_(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def boxes(name: str, at: datetime) -> dict[str, str]:
    return {f"{name}_day": f"{at.day}", f"{name}_month": f"{at.month}", f"{name}_year": f"{at.year}", f"{name}_time": f"{at:%H:%M}"}  # fmt: skip


HEADINGS = dict.fromkeys(ALL_WELL, "suitable")


def test_a_move_is_recorded_from_the_case_file(cast: Cast, case_file: CaseFile, child: Child, hands: Hands) -> None:
    client = as_(cast.worker)
    assert "Record that children were moved" in text(client, "case-file", case_file.pk)
    answer = client.post(reverse("file-temporary-move", args=[case_file.pk]), {
        "children": [child.pk], "kind": "bed-and-breakfast", "place": "The Anchor", "authority": "Wexcombe housing",
        "told_by": "family", **boxes("moved_at", hands.now), **boxes("told_at", hands.now),
    })  # fmt: skip
    made = TemporaryMove.objects.get()
    assert answer["Location"] == made.get_absolute_url()
    page = text(client, "temporary-move", made.pk)
    assert "Assess the place for a child: Juno Aldergate" in page
    assert "until 12 November 2003" in page, "six weeks of bed and breakfast"
    hands.on(days=44)
    client = as_(cast.worker)  # the session had ended by then
    assert "longer than six weeks" in text(client, "temporary-move", made.pk)
    assert "Over six weeks in bed and breakfast" in text(client, "case-file", case_file.pk)


def test_a_confidential_place_is_on_no_page(record: Move, cast: Cast) -> None:
    move = record(kind="refuge", place="")
    assert "Confidential: ask for the address" in text(as_(cast.worker), "temporary-move", move.pk)
    assert "the place is confidential" in text(as_(cast.manager), "temporary-moves")


def test_a_shortfall_goes_up_and_its_answer_comes_back(
    move: TemporaryMove, child: Child, cast: Cast, hands: Hands
) -> None:
    client, senior = as_(cast.worker), as_(cast.group_manager)
    client.post(reverse("temporary-assess", args=[move.pk, child.pk]), {
        **boxes("occurred_at", hands.now), "with_housing": "P Lunt", **HEADINGS, "safety": "shortfall",
        "safety_words": "No lock", "overall": "for-now", "change_what": "A lock", "change_who": "The hostel",
        "change_by_day": "3", "change_by_month": "10", "change_by_year": "2003",
    })  # fmt: skip
    seen = Suitability.objects.get()
    page = text(client, "temporary-move", move.pk)
    assert "Safety falls short: No lock" in page
    assert "Report the shortfall to a senior manager: for Juno Aldergate" in page
    form = text(client, "temporary-report", move.pk, seen.pk)
    assert "Farid Haddad, Group manager" in form
    assert "Dev Lindqvist" not in form.split("<main")[1].split("<form")[1], "a team manager is not senior"
    client.post(reverse("temporary-report", args=[move.pk, seen.pk]), {
        "to": cast.group_manager.pk, "asked": "Have it locked this week", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert "The senior manager answers" in text(senior, "home")
    told = seen.shortfall_reports.get()
    answer = reverse("temporary-answer", args=[move.pk, told.pk])
    assert as_(cast.manager).get(answer).status_code == 404
    assert client.get(answer).status_code == 404
    senior.post(answer, {
        "will_do": "A lock on Friday", "by_when_day": "3", "by_when_month": "10", "by_when_year": "2003",
        **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert ShortfallAnswer.objects.get().by == cast.group_manager
    assert "Answered by Farid Haddad" in text(client, "temporary-move", move.pk)
    client.post(reverse("temporary-outcome", args=[move.pk, told.pk]), {
        "what": "put-right", "words": "The door locks", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    assert "Outcome: it was put right" in text(client, "temporary-move", move.pk)
    said = ShortfallAnswer.objects.get()
    correct = reverse("temporary-correct", args=[move.pk, "shortfallanswer", said.pk])
    assert client.get(correct).status_code == 404, "theirs to correct"
    assert senior.get(correct).status_code == 200


def test_an_assessment_is_corrected_on_its_page(assess: Assess, move: TemporaryMove, cast: Cast, hands: Hands) -> None:
    seen = assess()
    client = as_(cast.worker)
    url = reverse("temporary-correct", args=[move.pk, "suitability", seen.pk])
    client.post(url, {
        **boxes("occurred_at", hands.now), "with_housing": "", "why_not_joint": "She was ill that day", **HEADINGS,
        "overall": "suitable", "reason": "I wrote down the wrong visit",
    })  # fmt: skip
    page = text(client, "temporary-move", move.pk)
    assert "Without Housing: She was ill that day" in page
    assert "Corrected: I wrote down the wrong visit" in page
    entry = TrailEntry.objects.filter(deed="correct").last()
    assert entry
    assert "ill" not in str(entry.detail["changed"])


def test_looked_at_again_and_left(move: TemporaryMove, cast: Cast, hands: Hands) -> None:
    client = as_(cast.worker)
    client.post(reverse("temporary-review", args=[move.pk]), {
        "finding": "for-now", "words": "The same room", "next_step": "Bid for a tenancy", **boxes("occurred_at", hands.now),
    })  # fmt: skip
    client.post(reverse("temporary-end", args=[move.pk]), {"went_to": "settled", **boxes("occurred_at", hands.now)})
    page = text(client, "temporary-move", move.pk)
    assert "Looked at again: only for now" in page
    assert "The children left: a settled home" in page


def test_hidden_and_missing_look_the_same(move: TemporaryMove, child: Child, cast: Cast) -> None:
    for officer in (cast.stranger, cast.member, cast.administrator):
        client = as_(officer)
        for name, args in (
            ("temporary-move", [move.pk]), ("temporary-end", [move.pk]), ("temporary-review", [move.pk]),
            ("temporary-assess", [move.pk, child.pk]), ("file-temporary-move", [move.case_file_id]),
        ):  # fmt: skip
            assert client.get(reverse(name, args=args)).status_code == 404
    other = Child.objects.create(given_names="Wren", family_name="Eastlake")
    assert as_(cast.worker).get(reverse("temporary-assess", args=[move.pk, other.pk])).status_code == 404


def test_the_figures_say_who_is_there_and_what_falls_short(
    assess: Assess, move: TemporaryMove, sibling: Child, cast: Cast, hands: Hands
) -> None:
    short = assess(**FOR_NOW)
    shortfalls.report_shortfall(
        assessment=short, to=cast.head, asked="Have it locked", occurred_at=hands.now, by=cast.worker
    )
    found = figures.whole(figures.children_placed(hands.now))
    assert (found.children, found.assessed, found.joint, found.shortfall, found.told, found.answered) == (
        2,
        1,
        1,
        1,
        1,
        0,
    )
    assert dict(found.headings)["Safety"] == 1
    assert figures.children_placed(move.moved_at - timedelta(minutes=1)) == []
    page = text(as_(cast.member), "temporary-accommodation")
    assert "<strong>2</strong> children" in page
    assert "Juno" not in page
    listed = text(as_(cast.manager), "temporary-moves", query="?which=unassessed")
    assert "Otis Aldergate" in listed
    assert "Juno" not in listed
    assert "1 whose records" in text(as_(cast.manager), "temporary-moves", query="?which=unanswered")
    assert "0 whose records" in text(as_(cast.stranger), "temporary-moves")
    actions.end_move(move=move, went_to="settled", occurred_at=hands.now, by=cast.worker)
    assert figures.children_placed(hands.on(minutes=1)) == []


def test_a_child_whose_records_are_closed_is_in_no_count_and_in_the_report(
    move: TemporaryMove, child: Child, cast: Cast
) -> None:
    restrict(
        child=child, level="restricted", reason="A colleague's family", named=[cast.worker, cast.head], contact=cast.head,
        by=cast.head,
    )  # fmt: skip
    assert "<strong>0</strong> children" in text(as_(cast.manager), "temporary-accommodation")
    assert "<strong>2</strong> children" in text(as_(cast.head), "temporary-accommodation")
    words = "\n".join(build("temporary-accommodation", date(2003, 10, 1), by=cast.manager).words())
    assert "fewer than 5" in words


def test_queries_do_not_grow_with_the_children(take: Take, record: Move, cast: Cast, hands: Hands) -> None:
    def count() -> int:
        client = as_(cast.manager)
        with CaptureQueriesContext(connection) as asked:
            for name in ("temporary-accommodation", "temporary-moves"):
                assert client.get(reverse(name)).status_code == 200
        return len(asked)

    record()
    one = count()
    for name in ("Wren", "Petra", "Milo"):
        child = Child.objects.create(given_names=name, family_name="Eastlake")
        record(case_file=take(children=[child]).case_file, children=[child])
    assert count() == one


def test_the_report_is_published_with_what_a_person_recommends(
    assess: Assess, cast: Cast, hands: Hands, move: TemporaryMove
) -> None:
    assess(**FOR_NOW)
    with pytest.raises(Refused, match="recommendations for October 2003 first"):
        publish_accommodation_report(as_at=date(2003, 10, 1), by=cast.head)
    page = text(as_(cast.head), "temporary-recommend", "2003-10")
    assert "Recommendations on temporary accommodation, October 2003" in page
    as_(cast.head).post(reverse("temporary-recommend", args=["2003-10"]), {"words": "No child under five upstairs"})
    assert HousingProposal.objects.get().by == cast.head
    for by in (cast.worker, cast.group_manager, cast.member):
        with pytest.raises(NotAllowed):
            publish_accommodation_report(as_at=date(2003, 10, 1), by=by)
    with pytest.raises(Refused, match="lies ahead"):
        publish_accommodation_report(as_at=date(2003, 10, 9), by=cast.head)
    url = reverse("report-named-publish", args=["temporary-accommodation", "2003-10-01"])
    assert "Publish this report" in text(as_(cast.quality), "report-named", "temporary-accommodation", "2003-10-01")
    assert "Publish this report" not in text(as_(cast.member), "report-named", "temporary-accommodation", "2003-10-01")
    answer = as_(cast.quality).post(url)
    published = PublishedReport.objects.get()
    assert answer["Location"] == published.get_absolute_url()
    recommend(month=date(2003, 10, 1), words="Something else altogether", by=cast.head)
    kept = text(as_(cast.member), "report-published", published.pk)
    assert "No child under five upstairs" in kept
    assert "Something else" not in kept
    assert "Aldergate" not in kept
    assert "fewer than 5" in kept
    as_(cast.quality).post(url)
    assert [report.edition for report in PublishedReport.objects.order_by("pk")] == [1, 2]
    assert as_(cast.head).get(reverse("report-named-publish", args=["unmet-need", "2003-10-01"])).status_code == 404


def placed(move: TemporaryMove, number: int, **other: Any) -> list[figures.Placed]:
    given: dict[str, Any] = {"days": 3, "assessed": True, "joint": True, "shortfalls": (), "told": False, "answered": False, "over_limit": False}  # fmt: skip
    return [figures.Placed(move, pk, **(given | other)) for pk in range(number)]


def test_parts_that_would_give_a_small_number_away_are_not_printed(
    move: TemporaryMove, monkeypatch: pytest.MonkeyPatch, cast: Cast
) -> None:
    from goldenthread.reports import accommodation

    def words(found: list[figures.Placed]) -> str:
        monkeypatch.setattr(accommodation, "children_placed", lambda at: found)
        return "\n".join(build("temporary-accommodation", date(2003, 10, 1), by=cast.head).words())

    told = words(placed(move, 12) + placed(move, 3, days=60))
    assert "15" in told
    assert "Not printed: with so few children" in told, "15 less 12 is 3"
    told = words(placed(move, 12) + placed(move, 6, days=60))
    assert "Not printed" not in told
    told = words(placed(move, 8) + placed(move, 3, assessed=False, joint=False))
    assert "At least 7 of 11 assessed" in told
    assert not re.search(r"\b8\b", told.partition("A worker sees")[0]), "11 less 8 is 3"
    short = {"shortfalls": (Heading.SAFETY,), "told": True}
    told = words(placed(move, 19, **short) + placed(move, 1))
    assert "At least 16 of 20 with at least one shortfall" in told
    assert not re.search(r"\b19\b", told), "20 less 19 is 1"


def test_two_first_recommendations_at_one_moment_do_not_stand_beside_each_other(
    cast: Cast, move: TemporaryMove
) -> None:
    recommend(month=date(2003, 10, 1), words="No child under five upstairs", by=cast.head)
    late = {"side_effect": [None, DEFAULT], "wraps": recommendation_for}  # it was not there yet when the page looked
    with patch.object(lists, "recommendation_for", **late), patch.object(recommending, "recommendation_for", **late):
        answer = as_(cast.quality).post(
            reverse("temporary-recommend", args=["2003-10"]),
            {"words": "Close Harbour Street", VERSION: version_of(None)},
        )
    page = " ".join(answer.content.decode().split())
    assert "changed after you opened the page" in page
    assert "No child under five upstairs" in page
    assert "Close Harbour Street" in page
    assert HousingProposal.objects.get().by == cast.head
