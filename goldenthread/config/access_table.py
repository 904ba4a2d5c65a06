"""Who may open which page: every URL name once. What is not here is closed, and a test holds it against the URLs."""

from goldenthread.people.access import AccessTable, Door
from goldenthread.people.roles import Permission as P

ACCESS: AccessTable = {
    # signing in, one's own account
    "sign-in": Door.PUBLIC,
    "sign-out": Door.PUBLIC,
    "password": Door.SIGNED_IN,
    # pages that span several rooms
    "home": Door.SIGNED_IN,
    "draft": Door.SIGNED_IN,
    "record": Door.SIGNED_IN,
    "teams": P.READ_RECORDS,
    "team-board": P.READ_RECORDS,
    "figures": P.READ_FIGURES,
    "requirement": P.READ_FIGURES,
    "drill-down": P.READ_RECORDS,
    "excuse": P.EXCUSE,
    "accounts": P.MANAGE_ACCOUNTS,
    # reports: publishing asks for PUBLISH_REPORT besides, in its action
    "reports": P.READ_PLAN,
    "report-progress": P.READ_PLAN,
    "report-progress-file": P.READ_PLAN,
    "report-published": P.READ_PLAN,
    "report-published-file": P.READ_PLAN,
}
