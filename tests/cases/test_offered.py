"""A file that another team is asked to take on opens to those who answer for that team, for reading. And whatever ties an
officer to a file: the one record and every list say the same, of reading and of writing."""

import random
from datetime import datetime, timedelta

import pytest

from goldenthread.cases.models import BreakGlass, CaseFile, Child, DutyShift, Involvement, Restriction
from goldenthread.cases.sight import sight_of
from goldenthread.core import clock
from goldenthread.obligations import ledger
from goldenthread.people.models import Officer
from tests.conftest import Cast

NOW = datetime(2003, 10, 1, 10, 0, tzinfo=clock.LONDON)
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _now(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock.timezone, "now", lambda: NOW)


@pytest.fixture
def managers(cast: Cast) -> list[Officer]:
    """Of the other team, and of its area."""
    create = Officer.objects.create_officer
    return [
        create("petra", name="Petra Holm", role="team-manager", team=cast.west),
        create("quinn", name="Quinn Adair", role="group-manager", area=cast.west.area),
    ]


@pytest.fixture
def file(cast: Cast) -> CaseFile:
    found = CaseFile.objects.create(reference="CF1", team=cast.east, worker=cast.worker, opened_at=NOW - 99 * HOUR)
    found.children.add(Child.objects.create(given_names="Juno", family_name="Aldergate"))
    return found


def test_those_who_answer_for_the_receiving_team_read_and_do_not_write(
    cast: Cast, managers: list[Officer], file: CaseFile
) -> None:
    for officer in managers:
        assert sight_of(officer).why(file) == ""
    file.offered_to = cast.west
    file.save()
    for officer in managers:
        sight = sight_of(officer)
        assert (sight.why(file), sight.may_write(file), sight.by_emergency(file)) == ("receiving team", False, False)
        assert CaseFile.objects.visible_to(officer).get() == file
        assert not CaseFile.objects.writable_by(officer).exists()
    assert sight_of(cast.stranger).why(file) == ""  # a worker of that team
    assert sight_of(cast.manager).why(file) == "line manager"
    assert sight_of(cast.head).may_write(file)


def test_a_restriction_and_broken_glass_count_as_for_any_file(
    cast: Cast, managers: list[Officer], file: CaseFile
) -> None:
    file.offered_to = cast.west
    file.save()
    officer = managers[0]
    BreakGlass.objects.create(
        officer=officer, case_file=file, category="danger", reason="The police hold the child", opened_at=NOW - HOUR,
        expires_at=NOW + HOUR,
    )  # fmt: skip
    assert sight_of(officer).may_write(file)
    assert CaseFile.objects.writable_by(officer).exists()
    Restriction.objects.create(
        child=file.children.get(),
        level="sealed",
        reason="x",
        contact=cast.head,
        since_at=NOW,
        recorded_at=NOW,
        by=cast.head,
    )
    assert sight_of(officer).why(file) == ""
    assert not CaseFile.objects.visible_to(officer).exists()
    ledger.rebuild()  # emergencies and restrictions owe a review


def test_the_record_and_the_lists_say_the_same_whatever_ties_an_officer_to_it(
    cast: Cast, managers: list[Officer]
) -> None:
    chance = random.Random(7)
    officers = [*cast.all(), *managers]
    children = [Child.objects.create(given_names=str(number), family_name="Fenwick") for number in range(24)]
    for number, child in enumerate(children):
        team = chance.choice([cast.east, cast.west])
        file = CaseFile.objects.create(
            reference=f"CF{number}", team=team, worker=chance.choice([None, cast.worker, cast.stranger]),
            offered_to=chance.choice([None, cast.east, cast.west]), opened_at=NOW - 99 * HOUR,
            closed_at=chance.choice([None, None, NOW - HOUR]),
        )  # fmt: skip
        file.children.add(child)
        for officer in chance.sample(officers, 3):
            Involvement.objects.create(
                case_file=file, officer=officer, kind=chance.choice(["co-worker", "conference-chair", "auditor", "auditor"]),
                reason="x", since_at=NOW - HOUR, until_at=chance.choice([None, NOW + HOUR, NOW]), recorded_at=NOW, by=cast.head,
            )  # fmt: skip
        BreakGlass.objects.create(
            officer=chance.choice(officers), case_file=file, category="danger", reason="x", opened_at=NOW - HOUR,
            expires_at=chance.choice([NOW, NOW + HOUR]),
        )  # fmt: skip
        if chance.random() < 0.3:
            made = Restriction.objects.create(
                child=child, level=chance.choice(["restricted", "sealed"]), reason="x", contact=cast.head, since_at=NOW,
                recorded_at=NOW, by=cast.head,
            )  # fmt: skip
            made.named.set(chance.sample(officers, 4))
    for officer in (cast.stranger, managers[0]):
        DutyShift.objects.create(
            officer=officer, team=chance.choice([None, cast.west]), starts_at=NOW - HOUR, ends_at=NOW + HOUR,
            recorded_at=NOW, by=cast.head,
        )  # fmt: skip
    files, reasons = list(CaseFile.objects.all()), set()
    for officer in officers:
        sight = sight_of(officer)
        reads = set(CaseFile.objects.visible_to(officer).values_list("pk", flat=True))
        writes = set(CaseFile.objects.writable_by(officer).values_list("pk", flat=True))
        assert reads == {file.pk for file in files if sight.why(file)}, officer
        assert writes == {file.pk for file in files if sight.may_write(file)}, officer
        assert writes <= reads
        reasons |= {sight.why(file) for file in files}
    assert {"receiving team", "auditor", "line manager", "break-glass", "co-worker", ""} <= reasons
    ledger.rebuild()  # emergencies and restrictions owe a review
