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
    # Standard 1, referrals
    "referrals": P.READ_RECORDS,
    "referral-search": P.READ_RECORDS,
    "referral": P.READ_RECORDS,
    "referral-chasers": P.READ_RECORDS,
    "referral-new": P.RECORD_REFERRALS,
    "referral-drafts": P.RECORD_REFERRALS,
    "referral-step": P.RECORD_REFERRALS,
    "referral-check": P.RECORD_REFERRALS,
    "referral-discard": P.RECORD_REFERRALS,
    "referral-amend": P.RECORD_REFERRALS,
    "referral-correct": P.RECORD_REFERRALS,
    "referral-unmet": P.RECORD_REFERRALS,
    "referral-confirm": P.RECORD_REFERRALS,
    "referral-acknowledge": P.RECORD_REFERRALS,
    "referral-offence": P.RECORD_REFERRALS,
    "referral-police": P.RECORD_REFERRALS,
    "referral-onward": P.RECORD_REFERRALS,
    "referral-told": P.RECORD_REFERRALS,
    "referral-response": P.RECORD_REFERRALS,
    "referral-met": P.RECORD_REFERRALS,
    "referral-chase": P.RECORD_REFERRALS,
    "referral-decide": P.DECIDE_REFERRALS,
    "referral-assign": P.DECIDE_REFERRALS,
    "unmet-need": P.READ_FIGURES,
    "written-referrals": P.READ_FIGURES,
    "unmet-need-sent": P.SEND_REPORTS,
    "unmet-need-start": P.SEND_REPORTS,
}
