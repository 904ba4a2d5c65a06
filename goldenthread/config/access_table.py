"""Who may open which page: every URL name once. What is not here is closed, and a test holds it against the URLs."""

from goldenthread.people.access import AccessTable, Door
from goldenthread.people.roles import Permission as P

ACCESS: AccessTable = {
    # signing in, one's own account
    "sign-in": Door.PUBLIC,
    "sign-out": Door.PUBLIC,
    "second-factor": Door.PUBLIC,  # the second step of signing in: it asks for the first
    "sign-in-passkey": Door.PUBLIC,
    "sign-in-with": Door.PUBLIC,
    "sign-in-with-return": Door.PUBLIC,
    "passkey-add": Door.SIGNED_IN,
    "second-factor-set-up": Door.SIGNED_IN,
    "step-up": Door.SIGNED_IN,
    "password": Door.SIGNED_IN,
    "own-account": Door.SIGNED_IN,
    "own-home": Door.SIGNED_IN,
    "own-session-end": Door.SIGNED_IN,
    # accounts: who joins, moves and leaves
    "access-review": P.REVIEW_ACCESS,  # of one's line of management
    "account-review": P.REVIEW_ACCESS,
    "account-open": P.MANAGE_ACCOUNTS,
    "account": P.MANAGE_ACCOUNTS,
    "account-change": P.MANAGE_ACCOUNTS,
    "account-home": P.MANAGE_ACCOUNTS,
    "account-home-forget": P.MANAGE_ACCOUNTS,
    "account-close": P.MANAGE_ACCOUNTS,
    "account-reopen": P.MANAGE_ACCOUNTS,
    "account-new-password": P.MANAGE_ACCOUNTS,
    "account-reset-second-factor": P.MANAGE_ACCOUNTS,
    # pages that span several rooms
    "home": Door.SIGNED_IN,
    "draft": Door.SIGNED_IN,
    "record": Door.SIGNED_IN,
    "practice": P.READ_FIGURES,
    "teams": P.READ_RECORDS,
    "team-board": P.READ_RECORDS,
    "figures": P.READ_FIGURES,
    "requirement": P.READ_FIGURES,
    "drill-down": P.READ_RECORDS,
    "excuse": P.EXCUSE,
    "accounts": P.MANAGE_ACCOUNTS,
    "case-file": P.READ_RECORDS,
    "address-show": P.READ_RECORDS,
    "address-add": P.RECORD_REFERRALS,
    # access to records: emergencies, restrictions, conflicts, duty
    "access": P.READ_RECORDS,
    "emergency": P.RECORD_REFERRALS,
    "emergency-review": P.READ_RECORDS,
    "duty": P.READ_RECORDS,
    "duty-add": P.REVIEW_ACCESS,
    "duty-end": P.REVIEW_ACCESS,
    "conflicts": P.READ_RECORDS,
    "conflict-declare": P.READ_RECORDS,
    "conflict": P.REVIEW_ACCESS,
    "conflict-withdraw": P.REVIEW_ACCESS,
    "restrictions": P.RESTRICT,
    "restriction": P.RESTRICT,
    "restriction-review": P.RESTRICT,
    "restriction-lift": P.RESTRICT,
    "file-access": P.READ_RECORDS,
    "file-involve": P.REVIEW_ACCESS,
    "involvement-end": P.REVIEW_ACCESS,
    "file-restrict": P.RESTRICT,
    # the trail
    "trail": P.READ_TRAIL,
    "trail-record": P.READ_TRAIL,
    "trail-officer": P.READ_TRAIL,
    "trail-snooping": P.READ_TRAIL,
    "trail-accounts": P.READ_TRAIL,
    "trail-account": P.READ_TRAIL,
    # the improvement plan
    "plan-current": P.READ_PLAN,
    "plans": P.READ_PLAN,
    "plan": P.READ_PLAN,
    "plan-changes": P.READ_PLAN,
    "plan-export": P.READ_PLAN,
    "plan-recommendation": P.READ_PLAN,
    "plan-action-complete": P.UPDATE_PLAN,
    "plan-action-reopen": P.UPDATE_PLAN,
    "plan-progress-add": P.UPDATE_PLAN,
    "plan-next-step-add": P.UPDATE_PLAN,
    "plan-import": P.KEEP_PLAN,
    "plan-import-preview": P.KEEP_PLAN,
    "plan-import-correct": P.KEEP_PLAN,
    "plan-import-discard": P.KEEP_PLAN,
    "plan-adopt": P.KEEP_PLAN,
    "plan-action-due": P.KEEP_PLAN,
    "plan-action-reassign": P.KEEP_PLAN,
    "plan-action-add": P.KEEP_PLAN,
    "plan-settle": P.KEEP_PLAN,
    "plan-pair": P.KEEP_PLAN,
    "plan-tie": P.KEEP_PLAN,
    "plan-untie": P.KEEP_PLAN,
    # reports: publishing asks for PUBLISH_REPORT besides, in its action
    "reports": P.READ_PLAN,
    "report-progress": P.READ_PLAN,
    "report-progress-file": P.READ_PLAN,
    "report-named": P.READ_FIGURES,
    "report-named-file": P.READ_FIGURES,
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
    # the child and the household
    "household": P.READ_RECORDS,
    "child": P.READ_RECORDS,
    "child-amend": P.RECORD_REFERRALS,
    "child-add": P.RECORD_REFERRALS,
    "child-correct": P.RECORD_REFERRALS,
    "child-end": P.RECORD_REFERRALS,
    "child-find": P.RECORD_REFERRALS,
    "child-merge": P.MERGE_CHILDREN,
    "child-merged": P.READ_RECORDS,
    "child-unmerge": P.MERGE_CHILDREN,
    "child-settle": P.MERGE_CHILDREN,
    "referral-language": P.RECORD_REFERRALS,
    # (end of child)
    # Standard 2: the register
    "register": P.READ_RECORDS,
    "register-entry": P.READ_RECORDS,
    "register-ask": P.RECORD_REFERRALS,
    "register-placed": P.KEEP_REGISTER,
    "register-kinds": P.KEEP_REGISTER,
    "register-worker": P.KEEP_REGISTER,
    "register-end": P.KEEP_REGISTER,
    "register-correct": P.KEEP_REGISTER,
    "file-enter": P.KEEP_REGISTER,
    "referral-register": P.RECORD_REFERRALS,
    "referral-settle": P.KEEP_REGISTER,
    "check": P.READ_RECORDS,
    "check-correct": P.RECORD_REFERRALS,
    # (end of register)
    # Standard 2: assessments and the child's views
    "assessments": P.READ_RECORDS,
    "assessment": P.READ_RECORDS,
    "views-tools": P.READ_RECORDS,
    "childs-views": P.READ_FIGURES,
    "needplan": P.READ_RECORDS,
    "file-assessment": P.RECORD_REFERRALS,
    "referral-assessment": P.RECORD_REFERRALS,
    "assessment-disabled": P.RECORD_REFERRALS,
    "assessment-write": P.RECORD_REFERRALS,
    "assessment-seen": P.RECORD_REFERRALS,
    "assessment-views": P.RECORD_REFERRALS,
    "assessment-correct": P.RECORD_REFERRALS,
    "assessment-hand-in": P.RECORD_REFERRALS,
    "assessment-plan": P.RECORD_REFERRALS,
    "needplan-step": P.RECORD_REFERRALS,
    "needplan-step-change": P.RECORD_REFERRALS,
    "needplan-review": P.RECORD_REFERRALS,
    "assessment-sign-off": P.SIGN_OFF,
    "assessment-return": P.SIGN_OFF,
    "assessment-reopen": P.SIGN_OFF,
    "needplan-sign-off": P.SIGN_OFF,
    # (end of assessing)
    # Standard 2: case records
    "file-records": P.READ_RECORDS,
    "file-record-add": P.RECORD_REFERRALS,
    "entry": P.READ_RECORDS,
    "entry-correct": P.RECORD_REFERRALS,
    "recording-guidelines": Door.SIGNED_IN,
    # (end of recording)
    # Standard 2: child protection procedures
    "file-strategy": P.RECORD_REFERRALS,
    "referral-strategy": P.RECORD_REFERRALS,
    "strategy": P.READ_RECORDS,
    "strategy-outcome": P.DECIDE_REFERRALS,
    "strategy-arrange": P.RECORD_REFERRALS,
    "strategy-conference": P.RECORD_REFERRALS,
    "strategy-correct": P.RECORD_REFERRALS,
    "protection-plan": P.READ_RECORDS,
    "protection-core-group": P.RECORD_REFERRALS,
    "protection-review": P.RECORD_REFERRALS,
    "protection-end": P.RECORD_REFERRALS,
    "protection-correct": P.RECORD_REFERRALS,
    # (end of protection)
    # Standard 2: interpreters
    "interpreters": P.READ_FIGURES,
    "interpreter-requests": P.READ_RECORDS,
    "interpreter": P.READ_RECORDS,
    "file-interpreter": P.RECORD_REFERRALS,
    "interpreter-reply": P.RECORD_REFERRALS,
    "interpreter-attendance": P.RECORD_REFERRALS,
    "interpreter-understood": P.RECORD_REFERRALS,
    "interpreter-stand-in": P.RECORD_REFERRALS,
    "interpreter-cancel": P.RECORD_REFERRALS,
    "interpreter-correct": P.RECORD_REFERRALS,
    # (end of interpreting)
    # Standard 2: temporary accommodation
    "temporary-accommodation": P.READ_FIGURES,
    "temporary-moves": P.READ_RECORDS,
    "temporary-move": P.READ_RECORDS,
    "file-temporary-move": P.RECORD_REFERRALS,
    "temporary-assess": P.RECORD_REFERRALS,
    "temporary-report": P.RECORD_REFERRALS,
    "temporary-outcome": P.RECORD_REFERRALS,
    "temporary-review": P.RECORD_REFERRALS,
    "temporary-end": P.RECORD_REFERRALS,
    "temporary-correct": P.RECORD_REFERRALS,
    "temporary-answer": P.SIGN_OFF,  # and only for those to whom shortfalls are reported: asked by the page and the verb
    "temporary-recommend": P.SEND_REPORTS,
    "report-named-publish": P.PUBLISH_REPORT,
    # (end of housing)
    # Standard 2: legal advice
    "legal-rota": P.READ_RECORDS,
    "legal-keeper": P.KEEP_LEGAL_ROTA,
    "legal-shift-add": P.KEEP_LEGAL_ROTA,
    "legal-pattern": P.KEEP_LEGAL_ROTA,
    "legal-shift-cut": P.KEEP_LEGAL_ROTA,
    "legal-shift-hand": P.KEEP_LEGAL_ROTA,
    "legal-shift-back": P.KEEP_LEGAL_ROTA,
    "legal-test": P.KEEP_LEGAL_ROTA,
    "solicitor-add": P.KEEP_LEGAL_ROTA,
    "solicitor-change": P.KEEP_LEGAL_ROTA,
    "legal-figures": P.READ_FIGURES,
    "file-advice": P.RECORD_REFERRALS,
    "advice": P.READ_RECORDS,
    "advice-answer": P.RECORD_REFERRALS,
    "advice-correct": P.RECORD_REFERRALS,
    # (end of legal)
    # Standard 2: children in hospital
    "hospital-children": P.READ_RECORDS,
    "file-hospital": P.RECORD_REFERRALS,
    "hospital": P.READ_RECORDS,
    "hospital-visit": P.RECORD_REFERRALS,
    "hospital-step": P.RECORD_REFERRALS,
    "hospital-harm": P.RECORD_REFERRALS,
    "hospital-plan": P.RECORD_REFERRALS,
    "hospital-discharge": P.RECORD_REFERRALS,
    "hospital-escalation": P.SIGN_OFF,
    "hospital-correct": P.RECORD_REFERRALS,
    # (end of hospital)
    # (end of allocating)
    # Standard 3: transfers from team to team
    "transfers": P.READ_RECORDS,
    "file-transfer": P.DECIDE_REFERRALS,
    "transfer": P.READ_RECORDS,
    "transfer-accept": P.SIGN_OFF,  # and only who answers for the team that is asked: asked by the verb
    "transfer-disagree": P.SIGN_OFF,  # the same
    "transfer-rule": P.SIGN_OFF,  # and only who answers for both teams: asked by the verb
    "transfer-obstacle": P.RECORD_REFERRALS,
    "transfer-handover": P.RECORD_REFERRALS,
    "transfer-visit": P.RECORD_REFERRALS,
    "transfer-complete": P.DECIDE_REFERRALS,
    "transfer-withdraw": P.DECIDE_REFERRALS,
    "transfer-clear": P.RECORD_REFERRALS,
    "transfer-move": P.RECORD_REFERRALS,
    "transfer-correct": P.RECORD_REFERRALS,
    # (end of transferring)
    # (end of chronology)
    # (end of conferring)
    # (end of supervising)
    # (end of closing)
}

SUBJECTS = {
    "referral": "referrals.referral",
    "case": "cases.casefile",
    "file": "cases.casefile",
    "address": "cases.casefile",
    "involvement": "cases.casefile",
    "restriction": "cases.restriction",
    "conflict": "cases.conflict",
    "emergency": "cases.breakglass",
    "household": "cases.casefile",
    "child": "cases.casefile",
    # (end of child)
    "register": "register.registerentry",
    "check": "register.registercheck",
    # (end of register)
    "assessment": "assessing.assessment",
    "needplan": "assessing.childinneedplan",
    # (end of assessing)
    "entry": "recording.caserecord",
    # (end of recording)
    "strategy": "protection.strategydiscussion",
    "protection": "protection.protectionplan",
    # (end of protection)
    "interpreter": "interpreting.interpreterrequest",
    # (end of interpreting)
    "temporary": "housing.temporarymove",
    # (end of housing)
    "legal": "legal.rotashift",
    "solicitor": "legal.solicitor",
    "advice": "legal.advicerequest",
    # (end of legal)
    "hospital": "hospital.hospitalnotification",
    # (end of hospital)
    # (end of allocating)
    "transfer": "transferring.transfer",
    # (end of transferring)
    # (end of chronology)
    # (end of conferring)
    # (end of supervising)
    # (end of closing)
}
"""Which record the number in an address names, by the first word of the URL's name: so that the trail can say who tried
to open it."""
