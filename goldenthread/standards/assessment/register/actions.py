"""The verbs on the register: entering a child, changing the kinds of harm or the key worker, ending an entry.

Each is one transaction; it raises NotAllowed or Refused and then nothing is written. `occurred_at` and the like are when it
was true; when it was recorded is stamped. `token` names one submission of a form.
"""

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from django.db import transaction

from goldenthread.cases.actions import open_case_file
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import rules, trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.access import require
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.register import rules as own
from goldenthread.standards.assessment.register.choices import Category
from goldenthread.standards.assessment.register.models import KeyWorker, Listing, RegisterEntry, Removal
from goldenthread.standards.referrals.actions import record_child

KEEP = Permission.KEEP_REGISTER


def _kinds(categories: Collection[str]) -> dict[str, Any]:
    return {key: key in categories for key in Category.values}


@transaction.atomic
def enter_on_register(
    *,
    case_file: CaseFile,
    child: Child,
    categories: Collection[str],
    occurred_at: datetime,
    by: Officer,
    officer: Officer | None = None,
    name: str = "",
    council: str = "",
    council_reference: str = "",
    council_contact: str = "",
    notified_at: datetime | None = None,
    token: str | None = None,
) -> RegisterEntry:
    """A child of this file is on the register from `occurred_at` (the conference's decision), for these kinds of harm, with
    this key worker. council: whose register it is, where it is another council's; notified_at: when they told us."""
    why = why_writable(case_file, by, KEEP)
    Child.objects.select_for_update().get(pk=child.pk)  # two at once would enter the child twice
    if made := made_before(RegisterEntry, token):
        return made
    own.check_on_file(child, case_file)
    own.check_categories(categories)
    own.check_key_worker(officer, name)
    rules.check_not_future(occurred_at, "the entry")
    if council.strip():
        rules.check_words(council_contact, "whom to reach at the other council")
        if notified_at is None:
            raise Refused("Say when the other council told us.")
        rules.check_not_future(notified_at, "their telling us")
    own.check_not_on_already(child, occurred_at, council)
    entry = RegisterEntry.objects.create(
        case_file=case_file,
        child=child,
        council=" ".join(council.split()),
        council_reference=council_reference.strip(),
        council_contact=council_contact.strip(),
        notified_at=notified_at if council.strip() else None,
        recorded_at=now(),
        by=by,
        token=token,
    )
    entry.why_open = why
    trail.write("enter on register", entry, by=by, why=why, case_file=case_file.pk, child=child.pk)
    put(Listing(entry=entry, occurred_at=occurred_at, **_kinds(categories)), entry, "list", by=by, kinds=[*categories])
    put(
        KeyWorker(entry=entry, occurred_at=occurred_at, officer=officer, name=name.strip()),
        entry,
        "name key worker",
        by=by,
    )
    return entry


@transaction.atomic
def record_placed_child(
    *,
    given_names: str,
    family_name: str,
    date_of_birth: date | None,
    sex: str,
    team: Team | None,
    council: str,
    council_reference: str,
    council_contact: str,
    categories: Collection[str],
    occurred_at: datetime,
    notified_at: datetime,
    name: str,
    by: Officer,
    token: str | None = None,
) -> RegisterEntry:
    """Another council's child, placed here: a record and a file of their own, so that every search finds them. name: the key
    worker there. team: who holds the file here."""
    require(by, KEEP)
    if made := made_before(RegisterEntry, token):
        return made
    rules.check_words(council, "which council it is")
    reached = by.line_team_ids()
    if team is None or (reached is not None and team.pk not in reached):
        raise Refused("Choose a team that you answer for.")
    child = record_child(given_names=given_names, family_name=family_name, date_of_birth=date_of_birth, sex=sex, by=by)
    rules.check_not_future(notified_at, "their telling us")
    case_file = open_case_file(children=[child], team=team, worker=None, opened_at=notified_at, by=by)
    ledger.refresh(*case_file.holdings.all())  # from now on the file is in somebody's hands, who owe what a holder owes
    return enter_on_register(
        case_file=case_file, child=child, categories=categories, occurred_at=occurred_at, name=name, council=council,
        council_reference=council_reference, council_contact=council_contact, notified_at=notified_at, by=by, token=token,
    )  # fmt: skip


@transaction.atomic
def change_categories(
    *, entry: RegisterEntry, categories: Collection[str], occurred_at: datetime, by: Officer, token: str | None = None
) -> Listing:
    """The kinds of harm are these from now on; what they were before stays."""
    entry = locked(entry, by, KEEP)
    if made := made_before(Listing, token):
        return made
    own.check_lasts(entry)
    own.check_categories(categories)
    own.check_after_start(entry, occurred_at, "the change")
    if set(entry.listed[-1].fact.categories) == set(categories):
        raise Refused("Nothing would change.")
    fact = Listing(entry=entry, occurred_at=occurred_at, token=token, **_kinds(categories))
    return put(fact, entry, "list", by=by, kinds=[*categories])


@transaction.atomic
def change_key_worker(
    *,
    entry: RegisterEntry,
    occurred_at: datetime,
    by: Officer,
    officer: Officer | None = None,
    name: str = "",
    token: str | None = None,
) -> KeyWorker:
    """Somebody else is the key worker from now on."""
    entry = locked(entry, by, KEEP)
    if made := made_before(KeyWorker, token):
        return made
    own.check_lasts(entry)
    own.check_key_worker(officer, name)
    own.check_after_start(entry, occurred_at, "the change")
    fact = KeyWorker(entry=entry, officer=officer, name=name.strip(), occurred_at=occurred_at, token=token)
    return put(fact, entry, "name key worker", by=by)


@transaction.atomic
def end_entry(
    *,
    entry: RegisterEntry,
    reason: str,
    occurred_at: datetime,
    by: Officer,
    words: str = "",
    token: str | None = None,
) -> Removal:
    """The child is no longer on the register: why, and since when."""
    entry = locked(entry, by, KEEP)
    if made := made_before(Removal, token):
        return made
    own.check_lasts(entry)
    own.check_reason(entry, reason)
    own.check_after_start(entry, occurred_at, "the end")
    if occurred_at < entry.listed[-1].moment.occurred_at:
        raise Refused("The kinds of harm were changed after that time: check both times.")
    if words.strip():
        rules.check_words(words, "what was decided")
    fact = Removal(entry=entry, reason=reason, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(fact, entry, "take off register", by=by, reason=reason)
