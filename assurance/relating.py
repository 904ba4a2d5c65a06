"""What an officer is to the record of their row."""

from datetime import timedelta
from typing import Any

from assurance.rows import Row


def relate(row: Row, by: Any) -> None:
    """Make the officer what the row says they are to the record, written plainly: also what verbs would refuse."""
    from goldenthread.cases.models import BreakGlass, CaseFile, Conflict, DutyShift, Involvement, Restriction
    from goldenthread.core.clock import now
    from goldenthread.people.models import Team
    from goldenthread.standards.allocation.transferring.models import Transfer

    at, hour = now(), timedelta(hours=1)
    what, officer, file = row.relationship, row.officer, row.case_file

    def tie(kind: str, until: Any = None) -> None:
        made = Involvement.objects.create(
            case_file=file,
            officer=officer,
            kind=kind,
            reason="x",
            since_at=at - 9 * hour,
            until_at=until,
            recorded_at=at,
            by=by,
        )
        row.made["tie"] = made.pk

    def glass(opened: Any) -> None:
        made = BreakGlass.objects.create(
            officer=officer,
            case_file=file,
            category="danger",
            reason="The police hold the child",
            opened_at=opened,
            expires_at=opened + 4 * hour,
        )
        row.made["glass"] = made.pk

    def restrict(level: str, *named: Any) -> None:
        made = Restriction.objects.create(
            child=row.child,
            level=level,
            reason=row.word("why"),
            contact=by,
            since_at=at,
            recorded_at=at,
            by=by,
        )
        made.named.set([by, *named])
        row.made["restriction"] = made.pk

    def shift(team: Any, until: Any) -> None:
        DutyShift.objects.create(
            officer=officer, team=team, starts_at=at - 9 * hour, ends_at=until, recorded_at=at, by=by
        )

    match what:
        case "allocated" | "restricted, listed" | "declared conflict":
            CaseFile.objects.filter(pk=file.pk).update(worker=officer)
        case "co-worker" | "restricted, not listed":
            tie("co-worker")
        case "conference chair":
            tie("conference-chair")
        case "auditor":
            tie("auditor", at + 9 * hour)
        case "was co-worker":
            tie("co-worker", at - hour)
        case "on duty":
            shift(row.team, at + 9 * hour)
        case "out of hours":
            shift(None, at + 9 * hour)
        case "was on duty":
            shift(row.team, at - hour)
        case "receiving team":
            home = Team.objects.get(key=f"home-{row.number}")
            CaseFile.objects.filter(pk=file.pk).update(offered_to=home)
            Transfer.objects.filter(case_file=file).update(to_team=home)
        case "break-glass" | "restricted, break-glass" | "sealed, break-glass":
            glass(at - hour)
        case "break-glass expired":
            glass(at - 5 * hour)
    if what == "restricted, listed":
        restrict("restricted", officer)
    if what in {"restricted, not listed", "restricted, break-glass"}:
        restrict("restricted")
    if what == "sealed, break-glass":
        restrict("sealed")
    if what == "declared conflict":
        known = Conflict.objects.create(
            officer=officer,
            kind="family",
            given_names=row.child.given_names,
            family_name=row.child.family_name,
            declared_at=at,
            recorded_at=at,
        )
        known.children.add(row.child)
        row.made["conflict"] = known.pk
