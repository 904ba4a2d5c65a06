"""What can be chosen of allocations, and of files without a worker."""

from django.db.models import TextChoices


class Answer(TextChoices):
    """What the worker says to an allocation."""

    ACCEPTED = "accepted", "I accept it"
    REFUSED = "refused", "I cannot take it on"


class Risk(TextChoices):
    """How it stands with the children while nobody is named, as a manager sees it."""

    DANGER = "danger", "A child may be in danger: duty sees to it today"
    WATCHED = "watched", "Duty knows it and looks at it"
    SETTLED = "settled", "It can wait for a worker"


class Told(TextChoices):
    """The chain: who is told, one after the other, that a file has no worker. The keys of officers are those of roles."""

    TEAM_MANAGER = "team-manager", "Team manager"
    GROUP_MANAGER = "group-manager", "Group manager"
    HEAD_OF_SERVICE = "head-of-service", "Head of service"
    EXECUTIVE_MEMBER = "executive-member", "Executive member, without names"


class Period(TextChoices):
    """How often the figures on files without a worker go out, each to somebody else."""

    WEEK = "week", "Weekly"
    MONTH = "month", "Monthly"


REPORTED_TO = {Period.WEEK: Told.HEAD_OF_SERVICE, Period.MONTH: Told.EXECUTIVE_MEMBER}
"""The role that has each report."""


def role_in_words(rank: str) -> str:
    """“team manager”: a rank of the chain, inside a sentence."""
    return str(Told(rank).label).lower().removesuffix(", without names")
