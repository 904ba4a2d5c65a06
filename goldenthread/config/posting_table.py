"""What posting to each page does: every page that can be posted to, once. A test holds it against the URLs.

Edits are version-checked, and have a key; additions have a key; what records nothing needs none.
"""

from goldenthread.core.once import Kind, Posting, PostingTable

EDIT, ADDITION, NO_WRITE = Kind.EDIT, Kind.ADDITION, Kind.NO_WRITE

POSTING: PostingTable = {
    # signing in, one's own account
    "sign-in": Posting(NO_WRITE, "opens a session; twice opens one"),
    "sign-out": Posting(NO_WRITE, "ends the session; twice ends it once"),
    "password": Posting(ADDITION, "one's own; asks for the present one"),
    "second-factor": Posting(NO_WRITE, "the second step of signing in; a code serves once"),
    "sign-in-passkey": Posting(NO_WRITE, "opens a session; a passkey's answer serves once"),
    "passkey-add": Posting(ADDITION, "one's own passkey"),
    "second-factor-set-up": Posting(ADDITION, "one's own; what it does is confirmed by a code"),
    "step-up": Posting(NO_WRITE, "notes that the officer proved themselves; twice notes it once"),
    "account-open": Posting(ADDITION, "an account; a name that is taken is refused"),
    "account-change": Posting(EDIT, "somebody else may change the account meanwhile", keeps=True),
    "own-home": Posting(ADDITION, "a fingerprint, in place of the one before"),
    "own-session-end": Posting(NO_WRITE, "ends sessions; twice ends them once"),
    "account-home": Posting(ADDITION, "a fingerprint, in place of the one before"),
    "account-home-forget": Posting(ADDITION, "takes it away; a second time is refused"),
    "account-close": Posting(ADDITION, "closes it; a second time is refused", keeps=True),
    "account-reopen": Posting(ADDITION, "reopens it; a second time is refused", keeps=True),
    "account-new-password": Posting(ADDITION, "a password that serves once; the one before no longer does", keeps=True),
    "account-reset-second-factor": Posting(ADDITION, "takes it away; a second time is refused", keeps=True),
    "account-review": Posting(ADDITION, "what a reviewer says; each stays", keeps=True),
    # pages that span several rooms
    "draft": Posting(NO_WRITE, "keeps what is typed, in place of what was kept before"),
    "excuse": Posting(EDIT, "what is owed may be settled, or fall due another day, meanwhile", keeps=True),
    "address-add": Posting(ADDITION, "an address; the one before stays", keeps=True),
    "address-show": Posting(NO_WRITE, "shows; the trail keeps each time"),
    # access to records
    "emergency": Posting(ADDITION, "one record opened, for some hours", keeps=True),
    "emergency-review": Posting(ADDITION, "the review; a second is refused", keeps=True),
    "duty-add": Posting(ADDITION, "a shift", keeps=True),
    "duty-end": Posting(ADDITION, "ends a shift; one that is over is refused"),
    "conflict-declare": Posting(ADDITION, "a declaration", keeps=True),
    "conflict": Posting(ADDITION, "what was arranged; a second time is refused", keeps=True),
    "conflict-withdraw": Posting(ADDITION, "takes it back; a second time is refused", keeps=True),
    "restriction-review": Posting(EDIT, "somebody else may change the list meanwhile", keeps=True),
    "restriction-lift": Posting(ADDITION, "lifts it; a second time is refused", keeps=True),
    "file-involve": Posting(ADDITION, "lets an officer in; a second time is refused", keeps=True),
    "involvement-end": Posting(ADDITION, "ends it; a second time is refused"),
    "file-restrict": Posting(ADDITION, "restricts; a second time is refused", keeps=True),
    # the trail
    "trail-snooping": Posting(ADDITION, "draws the sample of a period; the same views are drawn but once"),
    "trail-account": Posting(ADDITION, "accounts for a view; a second time is refused", keeps=True),
    # the improvement plan
    "plan-action-complete": Posting(EDIT, "its date, leads or state may change meanwhile", keeps=True),
    "plan-action-reopen": Posting(EDIT, "its date, leads or state may change meanwhile", keeps=True),
    "plan-action-due": Posting(EDIT, "its date, leads or state may change meanwhile", keeps=True),
    "plan-action-reassign": Posting(EDIT, "its date, leads or state may change meanwhile", keeps=True),
    "plan-action-add": Posting(ADDITION, "another action", keeps=True),
    "plan-progress-add": Posting(EDIT, "somebody else may report meanwhile", keeps=True),
    "plan-next-step-add": Posting(EDIT, "somebody else may report meanwhile", keeps=True),
    "plan-settle": Posting(EDIT, "somebody else may settle it meanwhile", keeps=True),
    "plan-pair": Posting(EDIT, "somebody else may pair the same line meanwhile", keeps=True),
    "plan-tie": Posting(EDIT, "somebody else may tie or untie meanwhile", keeps=True),
    "plan-untie": Posting(EDIT, "somebody else may tie or untie meanwhile", keeps=True),
    "plan-adopt": Posting(ADDITION, "a plan", keeps=True),
    "plan-import": Posting(NO_WRITE, "reads a file into the officer's own draft, in place of the one before"),
    "plan-import-preview": Posting(EDIT, "what was read may be corrected in another window", keeps=True),
    "plan-import-correct": Posting(EDIT, "what was read may be corrected in another window"),
    "plan-import-discard": Posting(ADDITION, "forgets what was read"),
    # reports
    "report-progress": Posting(EDIT, "another edition may be published meanwhile"),
    # Standard 1, referrals
    "referral-search": Posting(NO_WRITE, "finds; the trail keeps each search"),
    "referral-step": Posting(ADDITION, "the officer's own draft, a step or a child at a time"),
    "referral-check": Posting(ADDITION, "a referral"),
    "referral-discard": Posting(ADDITION, "forgets the officer's own draft"),
    "referral-amend": Posting(EDIT, "somebody else may amend it meanwhile", keeps=True),
    "referral-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "referral-assign": Posting(EDIT, "somebody else may hand it over meanwhile", keeps=True),
    "referral-decide": Posting(EDIT, "another decision may come in between", keeps=True),
    "referral-unmet": Posting(ADDITION, "needs at a decision"),
    "referral-confirm": Posting(ADDITION, "a fact", keeps=True),
    "referral-acknowledge": Posting(ADDITION, "a fact", keeps=True),
    "referral-offence": Posting(ADDITION, "a fact", keeps=True),
    "referral-police": Posting(ADDITION, "a fact", keeps=True),
    "referral-onward": Posting(ADDITION, "a fact", keeps=True),
    "referral-told": Posting(ADDITION, "a fact", keeps=True),
    "referral-response": Posting(ADDITION, "a fact", keeps=True),
    "referral-met": Posting(ADDITION, "a fact", keeps=True),
    "referral-chase": Posting(ADDITION, "a letter", keeps=True),
    "referral-chasers": Posting(ADDITION, "a letter for each that is due"),
    "unmet-need-sent": Posting(ADDITION, "that the report went out", keeps=True),
    "unmet-need-start": Posting(ADDITION, "the first one; a second is refused"),
    # the child and the household
    "child-amend": Posting(EDIT, "somebody else may change the name or date of birth meanwhile", keeps=True),
    "child-add": Posting(ADDITION, "a fact about the child, or another name", keeps=True),
    "child-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "child-end": Posting(ADDITION, "the last day; a second time is refused", keeps=True),
    "child-find": Posting(NO_WRITE, "finds; the trail keeps each search"),
    "child-merge": Posting(EDIT, "something may be recorded on either meanwhile", keeps=True),
    "child-unmerge": Posting(ADDITION, "takes it back; a second time is refused", keeps=True),
    "child-settle": Posting(ADDITION, "settles; a second time is refused"),
    "referral-language": Posting(ADDITION, "the answer, for the children chosen", keeps=True),
    # (end of child)
    # Standard 2: the register
    "register-ask": Posting(ADDITION, "a search, with what it showed", keeps=True),
    "register-placed": Posting(ADDITION, "a child, a file and an entry", keeps=True),
    "register-kinds": Posting(EDIT, "somebody else may change the entry meanwhile", keeps=True),
    "register-worker": Posting(EDIT, "somebody else may change the entry meanwhile", keeps=True),
    "register-end": Posting(EDIT, "somebody else may change the entry meanwhile", keeps=True),
    "register-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "file-enter": Posting(ADDITION, "an entry; a child is not entered twice", keeps=True),
    "referral-register": Posting(ADDITION, "a search, with what it showed", keeps=True),
    "referral-settle": Posting(
        EDIT, "somebody else may answer, and the next record be asked about, meanwhile", keeps=True
    ),
    "check": Posting(ADDITION, "what is decided; a second time is refused"),
    "check-correct": Posting(EDIT, "somebody else may correct it meanwhile"),
    # (end of register)
    # Standard 2: assessments and the child's views
    "file-assessment": Posting(ADDITION, "an assessment", keeps=True),
    "referral-assessment": Posting(ADDITION, "an assessment", keeps=True),
    "assessment-disabled": Posting(EDIT, "somebody else may say it meanwhile", keeps=True),
    "assessment-write": Posting(EDIT, "somebody else may write the same part meanwhile", keeps=True),
    "assessment-seen": Posting(ADDITION, "a fact", keeps=True),
    "assessment-views": Posting(ADDITION, "a fact", keeps=True),
    "assessment-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "assessment-hand-in": Posting(EDIT, "a part may be rewritten meanwhile", keeps=True),
    "assessment-sign-off": Posting(EDIT, "it may be returned, and a part rewritten, meanwhile", keeps=True),
    "assessment-return": Posting(EDIT, "it may be signed off meanwhile", keeps=True),
    "assessment-reopen": Posting(EDIT, "somebody else may reopen it meanwhile", keeps=True),
    "assessment-plan": Posting(ADDITION, "a plan for children in need", keeps=True),
    "needplan-step": Posting(ADDITION, "a step", keeps=True),
    "needplan-step-change": Posting(EDIT, "somebody else may change the step meanwhile", keeps=True),
    "needplan-sign-off": Posting(EDIT, "a step may change meanwhile", keeps=True),
    "needplan-review": Posting(EDIT, "another review may come in between", keeps=True),
    # (end of assessing)
    # Standard 2: case records
    "file-record-add": Posting(ADDITION, "a contact", keeps=True),
    "entry-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    # (end of recording)
    # Standard 2: child protection procedures
    "file-strategy": Posting(ADDITION, "a strategy discussion, and the enquiry that it begins", keeps=True),
    "referral-strategy": Posting(ADDITION, "a strategy discussion, and the enquiry that it begins", keeps=True),
    "strategy-outcome": Posting(ADDITION, "the outcome; a second is refused", keeps=True),
    "strategy-arrange": Posting(ADDITION, "a date; the one before stays", keeps=True),
    "strategy-conference": Posting(ADDITION, "the conference; a second is refused", keeps=True),
    "strategy-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "protection-core-group": Posting(ADDITION, "a core group", keeps=True),
    "protection-review": Posting(ADDITION, "a review conference", keeps=True),
    "protection-end": Posting(ADDITION, "the end; a second is refused", keeps=True),
    "protection-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    # (end of protection)
    # Standard 2: interpreters
    "file-interpreter": Posting(ADDITION, "a request for an interpreter", keeps=True),
    "interpreter-reply": Posting(ADDITION, "a fact", keeps=True),
    "interpreter-attendance": Posting(ADDITION, "a fact; a second coming is refused", keeps=True),
    "interpreter-understood": Posting(ADDITION, "a fact", keeps=True),
    "interpreter-stand-in": Posting(ADDITION, "a fact", keeps=True),
    "interpreter-cancel": Posting(ADDITION, "cancels it; a second time is refused", keeps=True),
    "interpreter-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    # (end of interpreting)
    # Standard 2: temporary accommodation
    "file-temporary-move": Posting(ADDITION, "a move; a child who is there already is refused", keeps=True),
    "temporary-assess": Posting(ADDITION, "a fact", keeps=True),
    "temporary-report": Posting(ADDITION, "a fact", keeps=True),
    "temporary-answer": Posting(ADDITION, "a fact", keeps=True),
    "temporary-outcome": Posting(ADDITION, "a fact; a second is refused", keeps=True),
    "temporary-review": Posting(ADDITION, "a fact", keeps=True),
    "temporary-end": Posting(ADDITION, "that the children left; a second time is refused", keeps=True),
    "temporary-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "temporary-recommend": Posting(EDIT, "somebody else may write for the same month meanwhile", keeps=True),
    "report-named-publish": Posting(EDIT, "another edition may be published meanwhile"),
    # (end of housing)
    # Standard 2: legal advice
    "legal-keeper": Posting(
        ADDITION, "who keeps the rota from now on; whoever keeps it already is refused", keeps=True
    ),
    "legal-shift-add": Posting(ADDITION, "a shift; one on which they are on call already is refused", keeps=True),
    "legal-pattern": Posting(ADDITION, "shifts, once they were looked at; the same again are left out", keeps=True),
    "legal-shift-cut": Posting(ADDITION, "cuts it short; to the same time again is refused", keeps=True),
    "legal-shift-hand": Posting(ADDITION, "hands it over; what was handed over already is refused", keeps=True),
    "legal-shift-back": Posting(ADDITION, "takes it back; a second time is refused", keeps=True),
    "legal-test": Posting(ADDITION, "a fact", keeps=True),
    "solicitor-add": Posting(ADDITION, "a solicitor; one who is on the list is refused", keeps=True),
    "solicitor-change": Posting(EDIT, "somebody else may change the number meanwhile", keeps=True),
    "file-advice": Posting(ADDITION, "a request", keeps=True),
    "advice-answer": Posting(ADDITION, "a fact", keeps=True),
    "advice-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    # (end of legal)
    # Standard 2: children in hospital
    "file-hospital": Posting(ADDITION, "a notification", keeps=True),
    "hospital-visit": Posting(ADDITION, "a fact", keeps=True),
    "hospital-step": Posting(ADDITION, "a fact", keeps=True),
    "hospital-harm": Posting(ADDITION, "a fact", keeps=True),
    "hospital-plan": Posting(ADDITION, "a fact", keeps=True),
    "hospital-discharge": Posting(ADDITION, "a discharge; a second is refused", keeps=True),
    "hospital-escalation": Posting(ADDITION, "a fact", keeps=True),
    "hospital-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    # (end of hospital)
    # (end of allocating)
    # (end of transferring)
    # (end of chronology)
    # (end of conferring)
    # Standard 3: supervision
    "supervision-new": Posting(ADDITION, "a supervision; the one before ends", keeps=True),
    "supervision-session": Posting(ADDITION, "a session", keeps=True),
    "supervision-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "supervision-end": Posting(ADDITION, "an end; a second is refused", keeps=True),
    "file-supervision": Posting(ADDITION, "what was said of a case", keeps=True),
    "discussion-agree": Posting(ADDITION, "an action", keeps=True),
    "discussion-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    "agreed-done": Posting(ADDITION, "a fact; a second is refused", keeps=True),
    "agreed-move": Posting(ADDITION, "a fact", keeps=True),
    "agreed-take-back": Posting(ADDITION, "a fact; a second is refused", keeps=True),
    # (end of supervising)
    # Standard 3: closing case files
    "file-close": Posting(ADDITION, "a closure; a second is refused while one runs", keeps=True),
    "closure-family": Posting(ADDITION, "a fact", keeps=True),
    "closure-agency": Posting(ADDITION, "a fact", keeps=True),
    "closure-chronology": Posting(ADDITION, "a fact", keeps=True),
    "closure-again": Posting(ADDITION, "a fact; a second is refused", keeps=True),
    "closure-drop": Posting(ADDITION, "a fact; a second is refused", keeps=True),
    "closure-sign-off": Posting(ADDITION, "an answer; a second is refused", keeps=True),
    "closure-return": Posting(ADDITION, "an answer; a second is refused", keeps=True),
    "closure-reopen": Posting(ADDITION, "a fact; a second is refused", keeps=True),
    "closure-correct": Posting(EDIT, "somebody else may correct it meanwhile", keeps=True),
    # (end of closing)
}
