"""Roles as data: what each person comes for, and what each may do. Tables store the keys."""

from dataclasses import dataclass
from enum import StrEnum


class Permission(StrEnum):
    """What an officer may do. Which records it reaches is a second question: see `goldenthread.cases`."""

    READ_PLAN = "read the improvement plan and published reports"
    KEEP_PLAN = "import, change and tie the plan"
    UPDATE_PLAN = "add progress to the plan and complete its actions"
    PUBLISH_REPORT = "publish the progress report"
    READ_FIGURES = "see counts by requirement, team and month"
    READ_RECORDS = "open children's records"
    RECORD_REFERRALS = "take referrals and record what is done for children"
    DECIDE_REFERRALS = "decide what happens on a referral"
    SIGN_OFF = "sign off assessments and plans, or return them for more work"
    KEEP_REGISTER = "enter children on the child protection register, and end entries"
    MERGE_CHILDREN = "merge two records of one child, and take a merge back"
    KEEP_LEGAL_ROTA = "keep the rota of legal advice"
    SEND_REPORTS = "send reports to the chief executive, members and the committee"
    EXCUSE = "excuse something owed, with a reason"
    READ_TRAIL = "read who has seen and done what, within one's line of management"
    RESTRICT = "restrict a child's record and name who may open it"
    REVIEW_ACCESS = "account for accesses: review break-glass, keep the rota and co-workers"
    MANAGE_ACCOUNTS = "manage accounts and settings"


P = Permission


@dataclass(frozen=True, slots=True)
class Role:
    """One kind of officer. scope: whose work they see counted. line: whether they answer for that work as its line of
    management, and so may open its records; without it, a record opens only through a relationship of their own."""

    key: str
    title: str
    comes_for: str
    permissions: frozenset[Permission]
    scope: str  # "team", "group", "service" or "none"
    line: bool = False


_WORKER = {P.READ_PLAN, P.READ_FIGURES, P.READ_RECORDS, P.RECORD_REFERRALS}
_MANAGER = _WORKER | {
    P.SIGN_OFF,
    P.KEEP_REGISTER,
    P.MERGE_CHILDREN,
    P.DECIDE_REFERRALS,
    P.UPDATE_PLAN,
    P.EXCUSE,
    P.READ_TRAIL,
    P.REVIEW_ACCESS,
}
_SENIOR = _MANAGER | {P.KEEP_LEGAL_ROTA, P.SEND_REPORTS, P.PUBLISH_REPORT, P.KEEP_PLAN, P.RESTRICT}

ROLES: dict[str, Role] = {
    role.key: role
    for role in (
        Role("worker", "Social worker", "what I owe, soonest first", frozenset(_WORKER), "team"),
        Role("senior-practitioner", "Senior practitioner", "what I owe, soonest first", frozenset(_WORKER | {P.DECIDE_REFERRALS}), "team"),
        Role("team-manager", "Team manager", "my team's overdue and undecided work", frozenset(_MANAGER), "team", line=True),
        Role("group-manager", "Group manager", "the same across teams", frozenset(_MANAGER | {P.SEND_REPORTS, P.KEEP_LEGAL_ROTA}), "group", line=True),
        Role("head-of-service", "Head of service", "whether practice is changing", frozenset(_SENIOR), "service", line=True),
        Role("director", "Director", "whether practice is changing", frozenset(_SENIOR), "service", line=True),
        Role(
            "quality-officer",
            "Planning and quality officer",
            "keeping the plan and publishing reports",
            frozenset({P.READ_PLAN, P.KEEP_PLAN, P.UPDATE_PLAN, P.PUBLISH_REPORT, P.READ_FIGURES, P.READ_RECORDS, P.SEND_REPORTS}),
            "service",
        ),
        Role("executive-member", "Executive member", "short, plain, trustworthy reports", frozenset({P.READ_PLAN, P.READ_FIGURES}), "none"),
        Role("administrator", "System administrator", "accounts and settings", frozenset({P.MANAGE_ACCOUNTS}), "none"),
    )
}  # fmt: skip
