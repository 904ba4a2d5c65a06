"""What a case file's page, and a referral's, show of closings."""

from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.cases.sight import sight_of
from goldenthread.core.templatetags.words import day, moment
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.closing.choices import COLOURS
from goldenthread.standards.allocation.closing.models import Closure
from goldenthread.standards.allocation.closing.rereferrals import closed_before, referred_after
from goldenthread.standards.referrals.models import Referral

_SHOWN = 10


def beside_referral(referral: Referral, officer: Officer) -> list[tuple[str, str]]:
    """The files of its children that were closed within the twelve months before it; of one that the officer may not open, who
    holds it, and nothing of one that is closed to them. Two queries, and one more where there are any."""
    found = closed_before(referral)
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
    """Its closures, newest first, each with how it stands; of a closed file, the referrals that came within twelve months."""
    found = Closure.objects.filter(case_file=case_file).prefetch_related(
        "answers", "reopenings", "drops", "asked_again"
    )
    rows, running = [], False
    for closure in found[:_SHOWN]:
        state = closure.state
        running = running or closure.is_running
        about = f"Asked {moment(closure.asked_at)}: {closure.get_reason_display().lower()}"
        rows.append(
            Row(f"Closure {closure}", closure.get_absolute_url(), about, str(state.label), COLOURS[state])
        )  # fmt: skip
    if case_file.closed_at is not None:
        sight = sight_of(officer)
        for referral in referred_after(case_file, sight):
            when = f"Received {moment(referral.received_at)}, within twelve months of the closing"
            if sight.why(referral.case_file):
                rows.append(Row(f"Referral {referral}", referral.get_absolute_url(), when, "Referred again", "red"))
            else:
                held = f"{when}. {referral.case_file.team} holds it: ask them"
                rows.append(Row("A later referral", reverse("rereferrals"), held, "Referred again", "red"))
    asks = may_record and case_file.closed_at is None and not running
    links = [("Ask to close this file", reverse("file-close", args=[case_file.pk]))] if asks else []
    if not rows and not links:
        return None
    return Section("Closing", rows, links, "Nobody has asked to close this file.")
