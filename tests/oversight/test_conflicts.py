"""A declared conflict beats everything that would open a file, break-glass too."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child, Conflict
from goldenthread.cases.sight import sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.oversight.conflicts import declare_conflict, review_conflict, withdraw_conflict
from goldenthread.oversight.emergency import CLOSED, break_glass
from goldenthread.oversight.relationships import involve
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock

CHILD = {"kind": "family", "given_names": "quillon ", "family_name": " MARCHBANKS"}


@pytest.mark.parametrize("who", ["worker", "colleague", "manager", "group_manager", "head", "director", "stranger"])
def test_it_beats_every_allow(cast: Cast, case_file: CaseFile, hand: Clock, who: str) -> None:
    officer: Officer = getattr(cast, who)
    involve(case_file=case_file, officer=cast.stranger, kind="co-worker", reason="A joint visit", by=cast.manager)
    assert sight_of(officer).why(case_file)
    declare_conflict(**CHILD, by=officer)
    assert not sight_of(officer).why(case_file)
    assert not CaseFile.objects.visible_to(officer).exists()
    assert not Referral.objects.visible_to(officer).exists()
    if officer.role != "director":
        with pytest.raises(Refused) as refused:
            break_glass(case_file=case_file, category="danger", reason="Police hold the child now", by=officer)
        assert str(refused.value) == CLOSED


def test_glass_broken_before_is_closed_by_it(cast: Cast, case_file: CaseFile) -> None:
    break_glass(case_file=case_file, category="danger", reason="Police hold the child now", by=cast.stranger)
    declare_conflict(**CHILD, by=cast.stranger)
    assert not sight_of(cast.stranger).why(case_file)


def test_it_hides_the_child_from_search_and_counts(cast: Cast, case_file: CaseFile, child: Child) -> None:
    declare_conflict(**CHILD, by=cast.colleague)
    client = Client()
    client.force_login(cast.colleague)
    step = reverse("referral-step", args=["6f1f6a5e-0000-4000-8000-000000000002", "children"])
    page = client.post(step, {"do": "search", "search-name": "Quillon Marchbanks"}).content.decode()
    assert "Nobody is recorded under a name like that" in page
    assert "Phone <strong>" not in page
    board = client.get(reverse("team-board", args=["ra-east"]))
    assert "Marchbanks" not in board.content.decode()
    assert (board.context["board"].files, board.context["board"].overdue) == (0, 0)
    owes = client.get(reverse("team-work", args=["ra-east"]))
    assert "Marchbanks" not in owes.content.decode()
    assert owes.context["total"].owed == 0


def test_it_counts_for_a_child_who_is_recorded_later(cast: Cast, hand: Clock) -> None:
    declare_conflict(**CHILD, date_of_birth=date(1997, 2, 3), by=cast.manager)
    declare_conflict(**CHILD, date_of_birth=date(1990, 1, 1), by=cast.group_manager)
    child = actions.record_child(
        given_names="Quillon", family_name="Marchbanks", date_of_birth=date(1997, 2, 3), by=cast.worker
    )
    referral = actions.take_referral(
        agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone", children=[child],
        concern="Came to school hungry", received_at=hand.now, by=cast.worker, worker=cast.worker,
    )  # fmt: skip
    assert not sight_of(cast.manager).why(referral.case_file)
    assert sight_of(cast.group_manager).why(referral.case_file)


def test_the_officer_is_not_told_whether_there_is_a_record(cast: Cast, case_file: CaseFile) -> None:
    client = Client()
    client.force_login(cast.stranger)
    told = [
        client.post(
            reverse("conflict-declare"),
            {"kind": "known", "given_names": given, "family_name": "Marchbanks"},
            follow=True,
        )
        for given in ("Quillon", "Nobody")
    ]
    words = "If there is a record under this name, it is closed to you"
    assert all(words in answer.content.decode() for answer in told)
    assert [one.children.count() for one in Conflict.objects.order_by("pk")] == [1, 0]


def test_whoever_answers_for_the_officer_arranges_and_only_they_take_it_back(
    cast: Cast, case_file: CaseFile, hand: Clock
) -> None:
    made = declare_conflict(**CHILD, by=cast.worker)
    owed = Obligation.objects.get(requirement="oversight.conflict-review")
    assert owed.owner == cast.manager
    client = Client()
    client.force_login(cast.manager)
    assert client.get(reverse("conflict", args=[made.pk])).status_code == 200
    for by in (cast.worker, cast.colleague, cast.quality):
        with pytest.raises(NotAllowed):
            withdraw_conflict(conflict=made, reason="It was somebody else", by=by)
    review_conflict(conflict=made, outcome="arranged", words="Ben takes the file from today", by=cast.manager)
    assert Obligation.objects.get(requirement="oversight.conflict-review").done_at == hand.now
    hand.now += timedelta(days=1)
    withdraw_conflict(conflict=made, reason="It was another child of that name", by=cast.manager)
    assert sight_of(cast.worker).why(case_file) == "allocated worker"
    with pytest.raises(Refused, match="taken back already"):
        withdraw_conflict(conflict=made, reason="It was another child of that name", by=cast.manager)
