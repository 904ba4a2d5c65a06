"""What the access matrix expects: written by hand, and apart from the product's own tables, so that a change in the one
shows against the other. A page that is not here fails the matrix.
"""

WORKER, SENIOR, TEAM, GROUP = "worker", "senior-practitioner", "team-manager", "group-manager"
HEAD, DIRECTOR, QUALITY, MEMBER, ADMIN = (
    "head-of-service",
    "director",
    "quality-officer",
    "executive-member",
    "administrator",
)
ROLES = (WORKER, SENIOR, TEAM, GROUP, HEAD, DIRECTOR, QUALITY, MEMBER, ADMIN)
NOBODY = "nobody signed in"

EVERYONE = frozenset(ROLES)
ALL_BUT_ADMIN = EVERYONE - {ADMIN}
READERS = frozenset({WORKER, SENIOR, TEAM, GROUP, HEAD, DIRECTOR, QUALITY})
RECORDERS = READERS - {QUALITY}
DECIDERS = RECORDERS - {WORKER}
MANAGERS = frozenset({TEAM, GROUP, HEAD, DIRECTOR})
LEADERS = frozenset({HEAD, DIRECTOR})
ROTA_KEEPERS = LEADERS | {GROUP}
KEEPERS = LEADERS | {QUALITY}
UPDATERS = MANAGERS | {QUALITY}
SENDERS = frozenset({GROUP, HEAD, DIRECTOR, QUALITY})
ADMINS = frozenset({ADMIN})

# Of no child's record: whoever has one of these roles may open the page.
BY_ROLE: dict[str, frozenset[str]] = {
    "password": EVERYONE, "own-account": EVERYONE, "own-home": EVERYONE, "own-session-end": EVERYONE, "home": EVERYONE, "draft": EVERYONE, "step-up": EVERYONE,
    "accounts": ADMINS, "account": ADMINS, "account-open": ADMINS, "account-change": ADMINS, "account-close": ADMINS,
    "account-home": ADMINS, "account-home-forget": ADMINS, "account-reopen": ADMINS, "account-new-password": ADMINS, "account-reset-second-factor": ADMINS,
    "access-review": MANAGERS, "account-review": MANAGERS, "passkey-add": EVERYONE, "second-factor-set-up": EVERYONE,
    "access": READERS, "conflicts": READERS, "conflict-declare": READERS, "duty": READERS, "emergency": RECORDERS,
    "duty-add": MANAGERS, "duty-end": MANAGERS, "restrictions": LEADERS,
    "teams": READERS, "practice": ALL_BUT_ADMIN, "figures": ALL_BUT_ADMIN, "requirement": ALL_BUT_ADMIN, "drill-down": READERS,
    "plan": ALL_BUT_ADMIN, "plan-current": ALL_BUT_ADMIN, "plans": ALL_BUT_ADMIN, "plan-changes": ALL_BUT_ADMIN,
    "plan-export": ALL_BUT_ADMIN, "plan-recommendation": ALL_BUT_ADMIN,
    "plan-action-complete": UPDATERS, "plan-action-reopen": UPDATERS, "plan-progress-add": UPDATERS,
    "plan-next-step-add": UPDATERS,
    "plan-import": KEEPERS, "plan-import-preview": KEEPERS, "plan-import-correct": KEEPERS,
    "plan-import-discard": KEEPERS, "plan-adopt": KEEPERS, "plan-action-due": KEEPERS, "plan-action-reassign": KEEPERS,
    "plan-action-add": KEEPERS, "plan-settle": KEEPERS, "plan-pair": KEEPERS, "plan-tie": KEEPERS, "plan-untie": KEEPERS,
    "reports": ALL_BUT_ADMIN, "report-progress": ALL_BUT_ADMIN, "report-progress-file": ALL_BUT_ADMIN,
    "report-named": ALL_BUT_ADMIN, "report-named-file": ALL_BUT_ADMIN, "report-published": ALL_BUT_ADMIN,
    "report-published-file": ALL_BUT_ADMIN,
    "referrals": READERS, "referral-search": READERS, "referral-chasers": READERS, "referral-new": RECORDERS,
    "referral-drafts": RECORDERS, "referral-step": RECORDERS, "referral-check": RECORDERS,
    "referral-discard": RECORDERS, "unmet-need": ALL_BUT_ADMIN, "written-referrals": ALL_BUT_ADMIN,
    "unmet-need-sent": SENDERS, "unmet-need-start": SENDERS,
    "trail": MANAGERS, "trail-snooping": MANAGERS, "trail-accounts": MANAGERS, "trail-account": MANAGERS,
    # (end of child)
    "register": READERS, "register-ask": RECORDERS, "register-placed": MANAGERS,
    # (end of register)
    "assessments": READERS, "views-tools": READERS, "childs-views": ALL_BUT_ADMIN,
    # (end of assessing)
    "recording-guidelines": EVERYONE,
    # (end of recording)
    # (end of protection)
    "interpreters": ALL_BUT_ADMIN, "interpreter-requests": READERS,
    # (end of interpreting)
    "temporary-accommodation": ALL_BUT_ADMIN, "temporary-moves": READERS, "temporary-recommend": SENDERS,
    "report-named-publish": KEEPERS,
    # (end of housing)
    "legal-rota": READERS, "legal-figures": ALL_BUT_ADMIN,
    **dict.fromkeys(("legal-keeper", "legal-shift-add", "legal-pattern", "legal-shift-cut", "legal-shift-hand",
                     "legal-shift-back", "legal-test", "solicitor-add", "solicitor-change"), ROTA_KEEPERS),
    # (end of legal)
    "hospital-children": READERS,
    # (end of hospital)
    "unallocated": READERS, "unallocated-reports": ALL_BUT_ADMIN, "unallocated-keeper": SENDERS, "unallocated-send": SENDERS,
    # (end of allocating)
    "transfers": READERS,
    # (end of transferring)
    # (end of chronology)
    "meetings": READERS, "attendance": ALL_BUT_ADMIN,
    # (end of conferring)
    "supervision": READERS, "supervision-new": MANAGERS,
    # (end of supervising)
    "closures": READERS, "rereferrals": ALL_BUT_ADMIN,
    # (end of closing)
}  # fmt: skip

# Of one child's record: the role, and what the officer is to that record.
BY_RECORD: dict[str, frozenset[str]] = {
    "case-file": READERS, "file-access": READERS, "file-involve": MANAGERS, "file-restrict": LEADERS,
    "involvement-end": MANAGERS, "address-show": READERS, "address-add": RECORDERS,
    "record": READERS, "excuse": MANAGERS, "trail-record": MANAGERS,
    "referral": READERS, "referral-amend": RECORDERS, "referral-correct": RECORDERS, "referral-unmet": RECORDERS,
    "referral-confirm": RECORDERS, "referral-acknowledge": RECORDERS, "referral-offence": RECORDERS,
    "referral-police": RECORDERS, "referral-onward": RECORDERS, "referral-told": RECORDERS,
    "referral-response": RECORDERS, "referral-met": RECORDERS, "referral-chase": RECORDERS,
    "referral-decide": DECIDERS, "referral-assign": DECIDERS,
    "household": READERS, "child": READERS, "child-amend": RECORDERS, "child-add": RECORDERS, "child-correct": RECORDERS,
    "child-end": RECORDERS, "child-find": RECORDERS, "child-merge": MANAGERS, "child-merged": READERS,
    "child-unmerge": MANAGERS, "child-settle": MANAGERS, "referral-language": RECORDERS,
    # (end of child)
    "register-entry": READERS, "register-kinds": MANAGERS, "register-worker": MANAGERS, "register-end": MANAGERS,
    "register-correct": MANAGERS, "file-enter": MANAGERS, "referral-register": RECORDERS, "referral-settle": MANAGERS,
    "check": READERS, "check-correct": RECORDERS,
    # (end of register)
    "assessment": READERS, "needplan": READERS, "file-assessment": RECORDERS, "referral-assessment": RECORDERS,
    "assessment-disabled": RECORDERS, "assessment-write": RECORDERS, "assessment-seen": RECORDERS,
    "assessment-views": RECORDERS, "assessment-correct": RECORDERS, "assessment-hand-in": RECORDERS,
    "assessment-plan": RECORDERS, "needplan-step": RECORDERS, "needplan-step-change": RECORDERS,
    "needplan-review": RECORDERS, "assessment-sign-off": MANAGERS, "assessment-return": MANAGERS,
    "assessment-reopen": MANAGERS, "needplan-sign-off": MANAGERS,
    # (end of assessing)
    "file-records": READERS, "file-record-add": RECORDERS, "entry": READERS, "entry-correct": RECORDERS,
    # (end of recording)
    "file-strategy": RECORDERS, "referral-strategy": RECORDERS, "strategy": READERS, "strategy-outcome": DECIDERS,
    "strategy-arrange": RECORDERS, "strategy-conference": RECORDERS, "strategy-correct": RECORDERS,
    "protection-plan": READERS, "protection-core-group": RECORDERS, "protection-review": RECORDERS,
    "protection-end": RECORDERS, "protection-correct": RECORDERS,
    # (end of protection)
    "interpreter": READERS, "file-interpreter": RECORDERS, "interpreter-reply": RECORDERS,
    "interpreter-attendance": RECORDERS, "interpreter-understood": RECORDERS, "interpreter-stand-in": RECORDERS,
    "interpreter-cancel": RECORDERS, "interpreter-correct": RECORDERS,
    # (end of interpreting)
    "temporary-move": READERS, "file-temporary-move": RECORDERS, "temporary-assess": RECORDERS,
    "temporary-report": RECORDERS, "temporary-outcome": RECORDERS, "temporary-review": RECORDERS,
    "temporary-end": RECORDERS, "temporary-correct": RECORDERS, "temporary-answer": MANAGERS - {TEAM},
    # (end of housing)
    "file-advice": RECORDERS, "advice": READERS, "advice-answer": RECORDERS, "advice-correct": RECORDERS,
    # (end of legal)
    "file-hospital": RECORDERS, "hospital": READERS, "hospital-escalation": MANAGERS,
    **dict.fromkeys(("hospital-visit", "hospital-step", "hospital-harm", "hospital-plan", "hospital-discharge",
                     "hospital-correct"), RECORDERS),
    # (end of hospital)
    "allocation": READERS, "allocation-answer": RECORDERS, "allocation-discuss": RECORDERS, "allocation-correct": RECORDERS,
    "allocation-rule": DECIDERS, "file-allocate": DECIDERS, "wait": READERS, "wait-tell": DECIDERS, "wait-hear": DECIDERS,
    "wait-correct": DECIDERS,
    # (end of allocating)
    "transfer": READERS, "file-transfer": DECIDERS,
    **dict.fromkeys(("transfer-accept", "transfer-disagree", "transfer-rule"), MANAGERS),
    **dict.fromkeys(("transfer-complete", "transfer-withdraw"), DECIDERS),
    **dict.fromkeys(("transfer-obstacle", "transfer-move", "transfer-clear", "transfer-handover", "transfer-visit",
                     "transfer-correct"), RECORDERS),
    # (end of transferring)
    "chronology": READERS, "chronology-document": READERS, "chronology-add": RECORDERS, "chronology-mark": RECORDERS,
    "chronology-review": RECORDERS, "chronology-correct": RECORDERS, "chronology-seen": MANAGERS,
    # (end of chronology)
    "meeting": READERS, "care": READERS, "file-meeting": RECORDERS, "file-care": RECORDERS,
    **dict.fromkeys(("meeting-held", "meeting-invite", "meeting-answer", "meeting-report", "meeting-invitee",
                     "meeting-move", "meeting-attendance", "meeting-part", "meeting-decision", "meeting-dissent",
                     "meeting-sent", "meeting-correct", "care-end", "care-correct"), RECORDERS),
    # (end of conferring)
    "file-supervision": DECIDERS, "discussion": READERS, "discussion-agree": DECIDERS, "discussion-correct": DECIDERS,
    "agreed-done": RECORDERS, "agreed-move": DECIDERS, "agreed-take-back": DECIDERS,
    # (end of supervising)
    "file-close": RECORDERS, "closure": READERS,
    **dict.fromkeys(("closure-family", "closure-agency", "closure-chronology", "closure-again", "closure-drop",
                     "closure-correct"), RECORDERS),
    **dict.fromkeys(("closure-sign-off", "closure-return", "closure-reopen"), MANAGERS),
    # (end of closing)
}  # fmt: skip

# Pages that fewer may post to than may look at.
POSTED_BY: dict[str, frozenset[str]] = {"check": RECORDERS}

# Pages on which those speak who answer for the team that is asked to take a case on: they read its file, and write only there.
OF_THE_RECEIVING_TEAM = frozenset({"transfer-accept", "transfer-disagree"})

# Pages of a record that are only for those who may write to it: whoever audits the file does not even see them.
WRITERS_ONLY = frozenset({"advice-correct", "check-correct"})

# About officers, or about a team: held by the rules below.
BY_RULE = frozenset({"team-board", "team-work", "trail-officer", "emergency-review", "restriction", "restriction-review", "restriction-lift", "conflict", "conflict-withdraw", "supervision-pair", "supervision-session", "supervision-end", "supervision-correct"})  # fmt: skip
WITHOUT_SIGNING_IN = frozenset(
    {"sign-in", "sign-out", "second-factor", "sign-in-passkey", "sign-in-with", "sign-in-with-return"}
)

# What an officer is to the record of their row of the matrix, and whether it opens by that alone. Heads and directors
# answer for every file; a team manager for those of their team, a group manager for those of their area; both read those that
# a team of theirs is asked to take on.
OPENS = {
    "allocated": True,
    "co-worker": True,
    "conference chair": True,
    "auditor": True,
    "on duty": True,
    "out of hours": True,
    "break-glass": True,
    "restricted, listed": True,
    "restricted, break-glass": True,
    "receiving team": False,
    "line": False,
    "same team": False,
    "another team": False,
    "was co-worker": False,
    "was on duty": False,
    "break-glass expired": False,
}
# Whatever else would open it, heads and directors too.
SHUT = frozenset({"restricted, not listed", "sealed, break-glass", "declared conflict"})
RELATIONSHIPS = (*OPENS, *sorted(SHUT))
IN_THE_FILES_TEAM = frozenset({"allocated", "line", "same team", "restricted, listed", "declared conflict"})
RESTRICTED = frozenset(
    {"restricted, listed", "restricted, not listed", "restricted, break-glass", "sealed, break-glass"}
)


def opens(role: str, relationship: str) -> bool:
    """Whether an officer of this role, who is this to the record, may open it."""
    if role not in READERS or relationship in SHUT:
        return False
    if relationship in RESTRICTED:
        return OPENS[relationship]
    if role in LEADERS or OPENS[relationship]:
        return True
    if role == TEAM:
        return relationship in IN_THE_FILES_TEAM | {"receiving team"}
    return role == GROUP and relationship in {"line", "receiving team"}


def writes(role: str, relationship: str) -> bool:
    """Whether they may write to it too: whoever only audits a file reads it, and so does the team that is asked to take it on."""
    return opens(role, relationship) and (relationship not in {"auditor", "receiving team"} or role in LEADERS)


def posts(name: str, role: str, relationship: str) -> bool:
    """Whether they may send what is filled in on this page of a record."""
    if name in OF_THE_RECEIVING_TEAM:
        speaks = role in LEADERS or relationship == "receiving team"
        return speaks and role in MANAGERS and opens(role, relationship)
    return writes(role, relationship) and role in POSTED_BY.get(name, EVERYONE)


def sees_others(role: str, relationship: str, of: str) -> bool:
    """Whether they may see the record of another row, whose officer is `of` to it: only who answers for everything, or is
    on duty for everything out of hours."""
    return (role in LEADERS or (role in READERS and relationship == "out of hours")) and of not in RESTRICTED


def reaches_team(role: str, relationship: str) -> bool:
    """Whether they see the board of the record's team."""
    if role in LEADERS | {QUALITY}:
        return True
    if role in {WORKER, SENIOR, TEAM}:
        return relationship in IN_THE_FILES_TEAM
    return role == GROUP and relationship == "line"
