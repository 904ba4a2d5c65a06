"""The line of management: who answers for whom. Read from teams and areas as they are now."""

from django.db.models import Q

from goldenthread.people.models import Officer

_RANKS = ("team-manager", "group-manager", "head-of-service", "director")


def line_above(officer: Officer) -> list[Officer]:
    """Those who answer for this officer, nearest first: one of each rank above theirs, as far as there is one."""
    area = officer.area_id or (officer.team.area_id if officer.team else None)
    reached = Q(role__in=_RANKS[2:])
    if officer.team_id:
        reached |= Q(role=_RANKS[0], team=officer.team_id)
    if area:
        reached |= Q(role=_RANKS[1], area=area)
    own_rank = _RANKS.index(officer.role) if officer.role in _RANKS else -1
    nearest: dict[str, Officer] = {}
    for found in Officer.objects.filter(reached, is_active=True).exclude(pk=officer.pk).order_by("pk"):
        if _RANKS.index(found.role) > own_rank:
            nearest.setdefault(found.role, found)
    return [nearest[rank] for rank in _RANKS if rank in nearest]


def accountable_for(officer: Officer) -> list[Officer]:
    """Those to whom this officer accounts, nearest first: the line above. For whom nobody is above (a director): the other
    directors, then the heads of service; where there are none, the group managers; else the team managers. Empty only
    where the council has no other manager at all. Nobody accounts to themselves."""
    if above := line_above(officer):
        return above
    others = Officer.objects.filter(role__in=_RANKS, is_active=True).exclude(pk=officer.pk).order_by("pk")
    by_rank = {rank: [other for other in others if other.role == rank] for rank in _RANKS}
    leaders = by_rank["director"] + by_rank["head-of-service"]
    return leaders or by_rank["group-manager"] or by_rank["team-manager"]


def accounts_to(officer: Officer, reviewer: Officer) -> bool:
    """Whether one officer accounts to another for what they opened or declared: as the line of management has it, and for
    whom nobody is above as `accountable_for` says."""
    if answers_for(reviewer, officer):
        return True
    return not line_above(officer) and reviewer in accountable_for(officer)


def answers_for(manager: Officer, officer: Officer) -> bool:
    """Whether one officer is in the line above another. Nobody answers for themselves."""
    if manager.pk == officer.pk or not manager.role_data.line or not manager.is_active:
        return False
    own_rank = _RANKS.index(officer.role) if officer.role in _RANKS else -1
    if _RANKS.index(manager.role) <= own_rank:
        return False
    reached = manager.line_team_ids()
    if reached is None:
        return True
    if officer.team_id:
        return officer.team_id in reached
    return bool(officer.area_id) and officer.area_id == manager.area_id
