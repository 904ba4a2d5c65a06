"""The chain: while a file has nobody, who owes it to whom to say so.

The team manager owes to know of it, and then to tell the group manager; the group manager tells the head of service, and the
head of service the executive member. Where a team has nobody of a rank, whoever is next above (or, where there is nobody above,
next below) owes the step. Worked out from who works where now: `keeping_up` brings the ledger in step when that changes.
"""

from collections.abc import Iterable, Sequence

from goldenthread.cases.facts import Standing
from goldenthread.cases.models import Holding
from goldenthread.people.models import Officer, Team
from goldenthread.standards.allocation.allocating.choices import Told
from goldenthread.standards.allocation.allocating.models import WaitTold

RELATED = ("case_file__holdings", "case_file__team__officers", "case_file__team__area__managers")
"""What to fetch beside a holding before asking who owes."""


def _in_post(officers: Iterable[Officer], role: str) -> Officer | None:
    found = [one for one in officers if one.is_active and one.role == role]
    return min(found, key=lambda one: one.pk, default=None)


def managers_of(team: Team) -> tuple[Officer | None, Officer | None]:
    """The team manager and the group manager of a team, where there are such."""
    area = team.area
    return (
        _in_post(team.officers.all(), Told.TEAM_MANAGER),
        _in_post(area.managers.all(), Told.GROUP_MANAGER) if area else None,
    )


def owes_telling(holding: Holding, rank: str, told: Sequence[Standing[WaitTold]]) -> Officer | None:
    """Who owes it that this rank is told. told: who was told of this wait so far. None: the team has no manager at all."""
    of_team, of_group = managers_of(holding.case_file.team)
    if rank in {Told.TEAM_MANAGER, Told.GROUP_MANAGER}:
        return of_team or of_group
    heads = [one.fact.to for one in told if one.fact.rank == Told.HEAD_OF_SERVICE and one.fact.to.is_active]
    if rank == Told.EXECUTIVE_MEMBER and heads:
        return heads[-1]
    return of_group or of_team


def next_told(told: Iterable[str]) -> str:
    """The first rank of the chain that was not told yet; empty where all were."""
    known = set(told)
    return next((str(rank) for rank in Told.values if rank not in known), "")
