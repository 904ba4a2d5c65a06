"""Break-glass: one record, a few hours, a banner, and a manager who asks."""

from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import BreakGlass, CaseFile, Child, Restriction
from goldenthread.cases.sight import sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.oversight.conflicts import declare_conflict, review_conflict
from goldenthread.oversight.emergency import CLOSED, break_glass, review_break_glass
from goldenthread.people import accounts
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, take

GIVEN = {"category": "danger", "reason": "Police hold the child and nobody answers"}


def test_it_opens_one_record_for_four_hours_and_may_be_written_to(
    cast: Cast, referral: Referral, case_file: CaseFile, hand: Clock
) -> None:
    another = take(hand, cast, nth=2)
    break_glass(case_file=case_file, by=cast.stranger, **GIVEN)
    assert list(CaseFile.objects.visible_to(cast.stranger)) == [case_file]
    assert not sight_of(cast.stranger).why(another.case_file)
    actions.acknowledge(referral=referral, how="phone", occurred_at=hand.now, by=cast.stranger)
    entry = TrailEntry.objects.get(deed="acknowledge")
    assert (entry.officer, entry.why) == ("efua", "break-glass")
    hand.now += timedelta(hours=4)
    assert not CaseFile.objects.visible_to(cast.stranger).exists()


def test_the_manager_is_told_at_once_without_the_childs_name_and_owes_a_review(
    cast: Cast, case_file: CaseFile, hand: Clock
) -> None:
    manager = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    opened = break_glass(case_file=case_file, by=cast.stranger, **GIVEN)
    owed = Obligation.objects.get(requirement="oversight.break-glass-review", key="")
    assert (owed.owner, owed.case_file_id) == (manager, None)
    assert owed.due_at is not None
    assert owed.due_at.date().isoformat() == "2003-10-17"  # two working days from a Wednesday
    client = Client()
    client.force_login(manager)
    home = client.get("/").content.decode()
    assert "Every record opened in an emergency is accounted for" in home
    review = client.get(reverse("emergency-review", args=[opened.pk])).content.decode()
    assert "Efua Mensah" in review
    assert case_file.reference in review
    assert "Marchbanks" not in home + review
    assert client.get(reverse("case-file", args=[case_file.pk])).status_code == 404
    client.post(
        reverse("emergency-review", args=[opened.pk]), {"finding": "right", "words": "The police had phoned us"}
    )
    opened.refresh_from_db()
    assert (opened.finding, opened.reviewed_by) == ("right", manager)
    assert Obligation.objects.get(requirement="oversight.break-glass-review").done_at is not None


def test_the_managers_message_carries_a_reference_and_a_link_and_nothing_else(
    cast: Cast, case_file: CaseFile, settings: Any, tmp_path: Path, django_capture_on_commit_callbacks: Any
) -> None:
    settings.HOME = tmp_path
    Officer.objects.create_officer(
        "petra", name="Petra Holm", role="team-manager", team=cast.west, email="petra.holm@council.example"
    )
    with django_capture_on_commit_callbacks(execute=True):
        opened = break_glass(case_file=case_file, by=cast.stranger, **GIVEN)
    (message,) = (tmp_path / "outbox").iterdir()
    words = message.read_text(encoding="utf-8")
    assert "petra.holm@council.example" in words
    assert case_file.reference in words
    assert reverse("emergency-review", args=[opened.pk]) in words
    for word in ("Quillon", "Marchbanks", "1997", "Efua", GIVEN["reason"]):
        assert word not in words, word


def test_not_reviewed_in_time_the_next_manager_owes_it_too(cast: Cast, case_file: CaseFile, hand: Clock) -> None:
    manager = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    opened = break_glass(case_file=case_file, by=cast.stranger, **GIVEN)
    late = Obligation.objects.get(requirement="oversight.break-glass-review", key="escalated")
    assert late.owner == cast.head
    client = Client()
    client.force_login(cast.head)
    assert "accounted for" not in client.get("/").content.decode()
    hand.now += timedelta(days=3)
    client.force_login(cast.head)
    assert "accounted for" in client.get("/").content.decode()
    review_break_glass(opened=opened, finding="not-right", words="The duty team could be reached", by=cast.head)
    assert not Obligation.objects.open().filter(requirement="oversight.break-glass-review").exists()
    assert manager.pk == opened.manager_id


def test_nobody_accounts_for_themselves(cast: Cast, case_file: CaseFile, child: Child) -> None:
    opened = break_glass(case_file=case_file, by=cast.stranger, **GIVEN)
    for by in (cast.stranger, cast.manager, cast.worker, cast.quality, cast.administrator):
        with pytest.raises(NotAllowed):
            review_break_glass(opened=opened, finding="right", words="It had to be done then", by=by)
    Restriction.objects.create(
        child=child,
        level="restricted",
        reason="x",
        contact=cast.director,
        since_at=opened.opened_at,
        recorded_at=opened.opened_at,
        by=cast.director,
    )
    own = break_glass(case_file=case_file, by=cast.head, **GIVEN)
    with pytest.raises(NotAllowed):
        review_break_glass(opened=own, finding="right", words="It had to be done then", by=cast.head)
    review_break_glass(opened=own, finding="right", words="It had to be done then", by=cast.director)
    Restriction.objects.all().delete()
    ledger.rebuild()


def test_what_is_refused_leaves_nothing(cast: Cast, case_file: CaseFile) -> None:
    with pytest.raises(Refused, match="someone else can judge"):
        break_glass(case_file=case_file, category="danger", reason="n/a", by=cast.stranger)
    with pytest.raises(Refused, match="Choose what"):
        break_glass(case_file=case_file, category="curious", reason=GIVEN["reason"], by=cast.stranger)
    with pytest.raises(Refused, match="open to you already"):
        break_glass(case_file=case_file, by=cast.worker, **GIVEN)
    with pytest.raises(Refused) as refused:
        break_glass(case_file=None, by=cast.stranger, **GIVEN)
    assert str(refused.value) == CLOSED
    for by in (cast.member, cast.administrator, cast.quality):
        with pytest.raises(NotAllowed):
            break_glass(case_file=case_file, by=by, **GIVEN)
    assert not BreakGlass.objects.exists()


def test_the_page_opens_by_either_reference_and_shows_a_banner(
    cast: Cast, referral: Referral, case_file: CaseFile
) -> None:
    client = Client()
    client.force_login(cast.stranger)
    assert client.get(referral.get_absolute_url()).status_code == 404
    answer = client.post(reverse("emergency"), {"reference": referral.reference.lower(), **GIVEN})
    assert answer["Location"] == reverse("case-file", args=[case_file.pk])
    for url in (answer["Location"], referral.get_absolute_url(), reverse("referral-acknowledge", args=[referral.pk])):
        assert "Opened in an emergency" in client.get(url).content.decode(), url
    wrong = client.post(reverse("emergency"), {"reference": "CF424242", **GIVEN}).content.decode()
    assert "No record can be opened under that reference" in wrong
    assert GIVEN["reason"] in wrong  # what was typed stays


# Nobody's emergency is owed by nobody


def _shut(child: Child, contact: Officer, at: datetime) -> None:
    """Closed to everybody, so that there is something to break for who answers for every file."""
    Restriction.objects.create(
        child=child, level="restricted", reason="x", contact=contact, since_at=at, recorded_at=at, by=contact
    )


def _owed() -> dict[str, Officer | None]:
    return {row.key: row.owner for row in Obligation.objects.filter(requirement="oversight.break-glass-review")}


def test_the_only_director_s_is_owed_by_a_head_of_service(
    cast: Cast, case_file: CaseFile, child: Child, hand: Clock
) -> None:
    _shut(child, cast.worker, hand.now)
    opened = break_glass(case_file=case_file, by=cast.director, **GIVEN)
    assert _owed() == {"": cast.head}
    client = Client()
    client.force_login(cast.head)
    assert "Every record opened in an emergency is accounted for" in client.get("/").content.decode()
    for by in (cast.director, cast.group_manager, cast.manager):
        with pytest.raises(NotAllowed):
            review_break_glass(opened=opened, finding="right", words="It had to be done then", by=by)
    page = reverse("emergency-review", args=[opened.pk])
    client.post(page, {"finding": "right", "words": "The police had phoned us"})
    opened.refresh_from_db()
    assert (opened.finding, opened.reviewed_by) == ("right", cast.head)
    client.force_login(cast.group_manager)
    assert client.get(page).status_code == 404
    Restriction.objects.all().delete()
    ledger.rebuild()


def test_of_two_directors_the_other_owes_it_and_then_a_head_of_service(
    cast: Cast, case_file: CaseFile, child: Child, hand: Clock
) -> None:
    other = Officer.objects.create_officer("ines", name="Ines Albrecht", role="director")
    _shut(child, cast.worker, hand.now)
    opened = break_glass(case_file=case_file, by=cast.director, **GIVEN)
    assert _owed() == {"": other, "escalated": cast.head}
    review_break_glass(opened=opened, finding="right", words="It had to be done then", by=other)
    Restriction.objects.all().delete()
    ledger.rebuild()


def test_without_directors_and_heads_a_group_manager_owes_it_and_with_nobody_it_is_refused(
    cast: Cast, case_file: CaseFile, child: Child, hand: Clock
) -> None:
    _shut(child, cast.worker, hand.now)
    Officer.objects.filter(pk=cast.head.pk).update(is_active=False)
    break_glass(case_file=case_file, by=cast.director, **GIVEN)
    assert _owed() == {"": cast.group_manager}
    managers = [cast.head.pk, cast.group_manager.pk, cast.manager.pk]
    Officer.objects.filter(pk__in=managers).update(is_active=False)
    hand.now += timedelta(hours=5)
    with pytest.raises(Refused, match="Nobody could account for this afterwards"):
        break_glass(case_file=case_file, by=cast.director, **GIVEN)
    Restriction.objects.all().delete()
    ledger.rebuild()


def test_when_whoever_owes_it_leaves_or_moves_it_goes_to_the_next(cast: Cast, case_file: CaseFile) -> None:
    manager = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    opened = break_glass(case_file=case_file, by=cast.stranger, **GIVEN)
    assert _owed() == {"": manager, "escalated": cast.head}
    accounts.change_account(officer=manager, email="petra@council.example", by=cast.administrator)
    assert _owed()[""] == manager
    accounts.change_account(officer=manager, team=cast.east, by=cast.administrator)
    assert _owed() == {"": cast.head, "escalated": cast.director}
    accounts.close_account(officer=cast.head, reason="Left on Friday", by=cast.administrator)
    assert _owed() == {"": cast.director}
    entry = TrailEntry.objects.filter(deed="hand on review").last()
    assert entry is not None
    assert entry.detail == {"changed": {"manager": [cast.head.pk, cast.director.pk]}}
    review_break_glass(opened=opened, finding="right", words="It had to be done then", by=cast.director)


def test_a_director_s_declared_conflict_is_seen_to_by_another(cast: Cast, case_file: CaseFile) -> None:
    made = declare_conflict(kind="known", given_names="Quillon", family_name="Marchbanks", by=cast.director)
    assert Obligation.objects.get(requirement="oversight.conflict-review").owner == cast.head
    review_conflict(conflict=made, outcome="nothing", words="Nothing of theirs is held there", by=cast.head)
