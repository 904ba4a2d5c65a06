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
