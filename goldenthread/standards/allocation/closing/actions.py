"""The verbs of closing a case file, up to the manager's answer (`signing`). Each is one transaction; it raises NotAllowed or
Refused and then nothing is written. Corrections are in `corrections`."""

from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import AgencyInvolved, CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.touching import hold_file
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.line import line_above
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.chronology.actions import review_chronology
from goldenthread.standards.allocation.chronology.models import ChronologyReview
from goldenthread.standards.allocation.closing import rules
from goldenthread.standards.allocation.closing.agencies import involved_with
from goldenthread.standards.allocation.closing.choices import State
from goldenthread.standards.allocation.closing.models import (
    AgencyToTell,
    Closure,
    ClosureAgencyTold,
    ClosureAskedAgain,
    ClosureDropped,
    ClosureFamilyTold,
)


@transaction.atomic
def ask_to_close(
    *,
    case_file: CaseFile,
    reason: str,
    changed: str,
    support: str,
    asked_at: datetime,
    by: Officer,
    token: str | None = None,
) -> Closure:
    """Ask that an open case file be closed. Who is to be told, and which manager answers, is worked out from the file."""
    why = why_writable(case_file, by)
    if made := made_before(Closure, token):
        return made
    hold_file(case_file)
    held = CaseFile.objects.select_related("team").get(pk=case_file.pk)
    rules.check_asked(held, reason, changed, support, asked_at)
    made = Closure.objects.create(
        case_file=held, reason=reason, changed=changed.strip(), support=support.strip(), asked_at=asked_at, team=held.team,
        manager=_answers(held, by), recorded_at=now(), by=by, token=token,
    )  # fmt: skip
    note_agencies(made, asked_at)
    trail.write("ask to close", made, by=by, why=why, case_file=held.pk, reason=reason)
    ledger.refresh(made)
    return made


def _answers(case_file: CaseFile, asked_by: Officer) -> Officer | None:
    """The nearest manager of the file's team who may open it and did not ask."""
    line = line_above(Officer(role="worker", team=case_file.team))
    others = (officer for officer in line if officer.pk != asked_by.pk)
    return next((officer for officer in others if sight_of(officer).may_write(case_file)), None)


def note_agencies(closure: Closure, since_at: datetime) -> None:
    """Add the agencies that have to do with the children now to those who are to be told."""
    known = {(one.kind, one.name.casefold()) for one in closure.agencies.all()}
    AgencyToTell.objects.bulk_create(
        AgencyToTell(
            closure=closure, involved_id=one.first, kind=one.kind, name=one.name, since_at=since_at, recorded_at=now()
        )
        for one in involved_with(closure.case_file, now())
        if one.same not in known
    )


@transaction.atomic
def tell_family(
    *, closure: Closure, how: str, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ClosureFamilyTold:
    """The family was told, or why they were not."""
    held = locked(closure, by)
    if made := made_before(ClosureFamilyTold, token):
        return made
    rules.check_running(held)
    rules.check_told(held, how, words, occurred_at)
    told = ClosureFamilyTold(closure=held, how=how, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(told, held, "tell family of closure", by=by, how=how)


@transaction.atomic
def tell_agency(
    *,
    closure: Closure,
    agency: AgencyInvolved,
    how: str,
    words: str,
    occurred_at: datetime,
    by: Officer,
    token: str | None = None,
) -> ClosureAgencyTold:
    """One agency was told, or why it was not. Those that came in since it was asked are to be told too. agency: any row that
    says that it has to do with a child of the file."""
    held = locked(closure, by)
    if made := made_before(ClosureAgencyTold, token):
        return made
    rules.check_running(held)
    note_agencies(held, now())
    same = (agency.kind, agency.name.casefold())
    to_tell = next((one for one in held.agencies.all() if (one.kind, one.name.casefold()) == same), None)
    if to_tell is None:
        raise Refused("That agency has nothing to do with the children of this file, as far as is recorded.")
    rules.check_told(held, how, words, occurred_at)
    told = ClosureAgencyTold(
        closure=held, agency=to_tell, how=how, words=words.strip(), occurred_at=occurred_at, token=token
    )
    return put(told, held, "tell agency of closure", by=by, how=how, agency=to_tell.pk)


@transaction.atomic
def look_at_chronology(
    *, closure: Closure, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ChronologyReview:
    """The chronology was gone through for the last time, and what it shows: a review of it, recorded in its own room. One that
    was recorded there since the closure was asked will do."""
    hold_file(closure.case_file)
    held = locked(closure, by)
    if made := made_before(ChronologyReview, token):
        return made
    rules.check_running(held)
    rules.check_words(words, "what the chronology shows")
    rules.check_look(held, occurred_at)
    return review_chronology(case_file=held.case_file, words=words, occurred_at=occurred_at, by=by, token=token)


@transaction.atomic
def ask_again(
    *, closure: Closure, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ClosureAskedAgain:
    """After it was returned, what was asked for is done. Agencies that came in meanwhile are to be told too."""
    held = locked(closure, by)
    if made := made_before(ClosureAskedAgain, token):
        return made
    rules.check_state(held, State.RETURNED, "This closure was not returned: there is nothing to ask again.")
    rules.check_words(words, "what was done since")
    back = max(one.occurred_at for one in held.answers.all())
    rules.check_time(occurred_at, "asking again", after=back, after_what="it was returned")
    note_agencies(held, occurred_at)
    asked = ClosureAskedAgain(closure=held, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(asked, held, "ask again to close", by=by)


@transaction.atomic
def drop_closure(
    *, closure: Closure, words: str, occurred_at: datetime, by: Officer, token: str | None = None
) -> ClosureDropped:
    """The file is not closed after all."""
    held = locked(closure, by)
    if made := made_before(ClosureDropped, token):
        return made
    rules.check_running(held)
    rules.check_words(words, "why the file stays open")
    rules.check_time(
        occurred_at, "it", after=held.last_asked().occurred_at, after_what="it was asked"
    )  # fmt: skip
    dropped = ClosureDropped(closure=held, words=words.strip(), occurred_at=occurred_at, token=token)
    return put(dropped, held, "drop closure", by=by)
