"""What a case file's page, and a referral's, show of closings."""

from django.db.models import Count, Q
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.cases.sight import sight_of
from goldenthread.core.templatetags.words import day, moment
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.closing.choices import COLOURS, Answer, Reason, State
from goldenthread.standards.allocation.closing.models import Closure, state_of
from goldenthread.standards.allocation.closing.rereferrals import closed_before, referred_after
from goldenthread.standards.referrals.models import Referral

_SHOWN = 10


def beside_referral(referral: Referral, officer: Officer) -> list[tuple[str, str]]:
    """The files of its children that were closed within the twelve months before it; of one that the officer may not open, who
    holds it, and nothing of one that is closed to them. No query where the referral was fetched with `another_closed`, and there
    is none; otherwise one, and one more where there are any."""
    found = closed_before(referral) if getattr(referral, "another_closed", True) else []
    if not found:
        return []
    sight = sight_of(officer)
    said = []
    for file in found:
        if sight.why(file):
            words = f"Referred again: case file {file} was closed on {day(file.closed_at)}"
            said.append((words, file.get_absolute_url()))
        elif file.pk not in sight.shut:
            said.append((f"Referred again: a case file of {file.team} was closed on {day(file.closed_at)}", ""))
    return said


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """Its closures, newest first, each with how it stands; of a closed file, the referrals that came within twelve months.
    One query; of a closed file two, and one more where there are any."""
    found = Closure.objects.filter(case_file=case_file).annotate(
        answered=Count("answers", distinct=True),
        signed=Count("answers", filter=Q(answers__answer=Answer.SIGNED_OFF), distinct=True),
        again=Count("asked_again", distinct=True),
        kept_open=Count("drops", distinct=True),
        reopened=Count("reopenings", distinct=True),
    )
    rows, running = [], False
    names = ("pk", "asked_at", "reason", "signed", "reopened", "kept_open", "answered", "again")
    for pk, asked_at, reason, signed, reopened, dropped, answered, again in found.values_list(*names)[:_SHOWN]:
        state = state_of(
            signed=bool(signed), reopened=bool(reopened), dropped=bool(dropped), answered=answered, again=again
        )  # fmt: skip
        running = running or state in {State.ASKED, State.RETURNED}
        about = f"Asked {moment(asked_at)}: {Reason(reason).label.lower()}"
        called = f"Closure {Closure.letters}{pk:06d}"
        rows.append(Row(called, reverse("closure", args=[pk]), about, str(state.label), COLOURS[state]))
    if later := referred_after(case_file):
        sight = sight_of(officer)
        for referral in later:
            when = f"Received {moment(referral.received_at)}, within twelve months of the closing"
            if sight.why(referral.case_file):
                rows.append(Row(f"Referral {referral}", referral.get_absolute_url(), when, "Referred again", "red"))
            elif referral.case_file_id not in sight.shut:
                held = f"{when}. {referral.case_file.team} holds it: ask them"
                rows.append(Row("A later referral", reverse("rereferrals"), held, "Referred again", "red"))
    asks = may_record and case_file.closed_at is None and not running
    links = [("Ask to close this file", reverse("file-close", args=[case_file.pk]))] if asks else []
    if not rows and not links:
        return None
    return Section("Closing", rows, links, "Nobody has asked to close this file.")
