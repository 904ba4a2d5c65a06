"""What opens a case file, one relationship at a time, and what does not."""

from datetime import timedelta

import pytest

from goldenthread.cases.models import CaseFile, DutyShift, Involvement
from goldenthread.cases.sight import sight_of
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.oversight.relationships import end_involvement, involve, put_on_duty, take_off_duty
from goldenthread.people.models import Officer
from goldenthread.standards.referrals import actions
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock


def seen(officer: Officer, case_file: CaseFile) -> bool:
    """Whether the one record, the list, and what is owed say the same, and what they say."""
    why = sight_of(officer).why(case_file)
    answers = {
        bool(why),
        CaseFile.objects.visible_to(officer).filter(pk=case_file.pk).exists(),
        Referral.objects.visible_to(officer).filter(case_file=case_file).exists(),
        Obligation.objects.visible_to(officer).filter(case_file=case_file).exists(),
    }
    assert len(answers) == 1, (officer.username, why, answers)
    return answers.pop()


def test_a_role_alone_opens_nothing(cast: Cast, case_file: CaseFile, neighbour: Officer) -> None:
    why = {officer.username: sight_of(officer).why(case_file) for officer in [*cast.all(), neighbour]}
    assert why == {
        "asha": "allocated worker", "ben": "on duty", "carys": "on duty", "dev": "line manager", "farid": "line manager",
        "grace": "line manager", "hiro": "line manager", "efua": "", "isla": "", "jones": "", "kit": "", "lena": "",
    }  # fmt: skip
    assert {o.username for o in [*cast.all(), neighbour] if seen(o, case_file)} == {n for n, w in why.items() if w}


@pytest.mark.parametrize("kind", ["co-worker", "conference-chair", "auditor"])
def test_an_involvement_opens_one_file_while_it_lasts(
    cast: Cast, case_file: CaseFile, referral: Referral, hand: Clock, kind: str
) -> None:
    other = CaseFile.objects.create(reference="CF999999", team=cast.east, opened_at=hand.now)
    tie = involve(
        case_file=case_file, officer=cast.stranger, kind=kind, reason="Knows the family from last year", by=cast.manager,
        until_at=hand.now + timedelta(days=3),
    )  # fmt: skip
    assert seen(cast.stranger, case_file)
    assert sight_of(cast.stranger).why(case_file) == kind
    assert not CaseFile.objects.visible_to(cast.stranger).filter(pk=other.pk).exists()
    hand.now += timedelta(days=3)
    assert not seen(cast.stranger, case_file)
    hand.now -= timedelta(days=1)
    end_involvement(involvement=tie, by=cast.manager)
    assert not seen(cast.stranger, case_file)
    assert TrailEntry.objects.filter(deed="end involvement", officer="dev").exists()


def test_an_auditor_reads_and_does_not_write(cast: Cast, case_file: CaseFile, referral: Referral, hand: Clock) -> None:
    involve(
        case_file=case_file, officer=cast.stranger, kind="auditor", reason="October's sample", by=cast.manager,
        until_at=hand.now + timedelta(days=14),
    )  # fmt: skip
    assert seen(cast.stranger, case_file)
    with pytest.raises(NotAllowed, match="may not write to"):
        actions.acknowledge(referral=referral, how="phone", occurred_at=hand.now, by=cast.stranger)
    involve(case_file=case_file, officer=cast.stranger, kind="co-worker", reason="Speaks the language", by=cast.manager)
    actions.acknowledge(referral=referral, how="phone", occurred_at=hand.now, by=cast.stranger)


def test_the_line_of_a_co_worker_answers_for_what_they_do(cast: Cast, case_file: CaseFile) -> None:
    above = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    assert not seen(above, case_file)
    involve(case_file=case_file, officer=cast.stranger, kind="co-worker", reason="A joint visit", by=cast.manager)
    assert seen(above, case_file)


def test_duty_opens_the_teams_open_files_while_the_shift_lasts(
    cast: Cast, case_file: CaseFile, neighbour: Officer, hand: Clock
) -> None:
    shift = put_on_duty(
        officer=neighbour,
        team=cast.east,
        starts_at=hand.now + timedelta(hours=1),
        ends_at=hand.now + timedelta(hours=9),
        by=cast.manager,
    )
    assert not seen(neighbour, case_file)
    hand.now += timedelta(hours=2)
    assert seen(neighbour, case_file)
    CaseFile.objects.filter(pk=case_file.pk).update(closed_at=hand.now)
    case_file.refresh_from_db()
    assert not sight_of(neighbour).why(case_file)
    CaseFile.objects.filter(pk=case_file.pk).update(closed_at=None)
    case_file.refresh_from_db()
    take_off_duty(shift=shift, by=cast.manager)
    assert not seen(neighbour, case_file)


def test_out_of_hours_duty_opens_every_teams_open_files(cast: Cast, case_file: CaseFile, hand: Clock) -> None:
    put_on_duty(
        officer=cast.stranger,
        team=None,
        starts_at=hand.now,
        ends_at=hand.now + timedelta(hours=12),
        by=cast.group_manager,
    )
    assert seen(cast.stranger, case_file)
    assert sight_of(cast.stranger).why(case_file) == "out-of-hours duty"


def test_who_may_let_others_in(cast: Cast, case_file: CaseFile, hand: Clock) -> None:
    for by in (cast.worker, cast.colleague, cast.quality, cast.administrator, cast.member):
        with pytest.raises(NotAllowed):
            involve(case_file=case_file, officer=cast.stranger, kind="co-worker", reason="A joint visit", by=by)
    elsewhere = Officer.objects.create_officer("petra", name="Petra Holm", role="team-manager", team=cast.west)
    with pytest.raises(NotAllowed):
        involve(case_file=case_file, officer=cast.stranger, kind="co-worker", reason="A joint visit", by=elsewhere)
    for officer in (cast.member, cast.administrator):
        with pytest.raises(Refused, match="never opens"):
            involve(case_file=case_file, officer=officer, kind="co-worker", reason="Wants to know", by=cast.manager)
    with pytest.raises(Refused, match="until when"):
        involve(case_file=case_file, officer=cast.quality, kind="auditor", reason="October's sample", by=cast.manager)
    with pytest.raises(Refused, match="someone else can judge"):
        involve(case_file=case_file, officer=cast.quality, kind="co-worker", reason="tbc", by=cast.manager)
    assert not Involvement.objects.exists()


def test_who_may_keep_the_rota(cast: Cast, hand: Clock) -> None:
    soon = {"starts_at": hand.now, "ends_at": hand.now + timedelta(hours=8)}
    before = DutyShift.objects.count()
    with pytest.raises(NotAllowed, match="answer for it"):
        put_on_duty(officer=cast.stranger, team=cast.west, by=cast.manager, **soon)
    with pytest.raises(NotAllowed, match="more than one team"):
        put_on_duty(officer=cast.stranger, team=None, by=cast.manager, **soon)
    with pytest.raises(NotAllowed):
        put_on_duty(officer=cast.worker, team=cast.east, by=cast.worker, **soon)
    with pytest.raises(Refused, match="cannot be on duty"):
        put_on_duty(officer=cast.quality, team=cast.east, by=cast.manager, **soon)
    with pytest.raises(Refused, match="24 hours"):
        put_on_duty(
            officer=cast.worker,
            team=cast.east,
            starts_at=hand.now,
            ends_at=hand.now + timedelta(days=30),
            by=cast.manager,
        )
    with pytest.raises(Refused, match="over already"):
        put_on_duty(
            officer=cast.worker,
            team=cast.east,
            starts_at=hand.now - timedelta(hours=9),
            ends_at=hand.now - timedelta(hours=1),
            by=cast.manager,
        )
    assert DutyShift.objects.count() == before


def test_a_mover_and_a_leaver_lose_what_they_had_at_once(cast: Cast, case_file: CaseFile, hand: Clock) -> None:
    assert seen(cast.manager, case_file)
    Officer.objects.filter(pk=cast.manager.pk).update(team=cast.west)
    assert not seen(Officer.objects.get(pk=cast.manager.pk), case_file)
    Officer.objects.filter(pk=cast.worker.pk).update(role="administrator")
    assert not seen(Officer.objects.get(pk=cast.worker.pk), case_file)
    Officer.objects.filter(pk=cast.colleague.pk).update(is_active=False)
    assert not seen(Officer.objects.get(pk=cast.colleague.pk), case_file)
