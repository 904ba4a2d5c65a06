"""Which answers the oracle allows, cell by cell."""

from assurance import oracle
from assurance.rows import Row

_PERMITTED = {200, 204, 302, 400, 405, 409}


def expected(name: str, row: Row, method: str) -> set[int]:
    """The answers that the oracle allows an officer of this row, on the record of their row."""
    role, relationship = row.role, row.relationship
    # A page that takes no posts, or only posts, says so before it looks for the record: the same for what is hidden and
    # what is missing.
    closed = {404, 405}
    if name in oracle.BY_ROLE:
        if role not in oracle.BY_ROLE[name]:
            return {404}
        # What is missing (an import that was not begun, a second version) is missing for those who may, too.
        return _PERMITTED | closed if name in _MAY_BE_MISSING else _PERMITTED
    if name in oracle.BY_RECORD:
        if role not in oracle.BY_RECORD[name] and name != "record":  # that one only leads on
            return {404}
        if not oracle.opens(role, relationship):
            return closed
        if name in oracle.WRITERS_ONLY and not oracle.writes(role, relationship):
            return closed
        if method == "POST" and name in oracle.POSTED_BY and not oracle.posts(name, role, relationship):
            return closed
        if name == "involvement-end" or (method == "POST" and not oracle.writes(role, relationship)):
            return _PERMITTED | closed
        return _PERMITTED | ({404} if name in _MAY_BE_MISSING else set())
    if name in {"team-board", "team-work"}:
        return _PERMITTED if oracle.reaches_team(role, relationship) else closed
    if name == "emergency-review":
        return _PERMITTED if "glass" in row.made and role in oracle.READERS else closed
    if name == "supervision-pair":
        return _PERMITTED if "pair" in row.made and role in oracle.READERS else closed  # one's own
    if name.startswith("supervision-"):
        return closed  # nobody leads their own supervision
    if name.startswith("restriction"):
        return _PERMITTED if relationship == "restricted, listed" and role in oracle.LEADERS else closed
    if name.startswith("conflict-") or name == "conflict":
        return closed  # nobody answers for themselves
    return _PERMITTED | closed if role in oracle.MANAGERS else closed


_MAY_BE_MISSING = frozenset({
    "plan-settle", "plan-import-preview", "plan-import-correct", "plan-pair", "plan-changes", "trail-account", "duty-end",
    "referral-drafts", "address-show", "plan-action-reopen", "unmet-need-sent", "file-involve", "plan-untie",
    "account-reopen", "account-close", "account-review",
})  # fmt: skip
