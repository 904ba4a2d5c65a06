"""What a case file's page shows of interpreters."""

from django.db.models import Exists, OuterRef
from django.urls import reverse

from goldenthread.cases.facts import stands
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import moment
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.interpreting.choices import Attended, StandIn
from goldenthread.standards.assessment.interpreting.models import (
    FamilyInterpreter,
    InterpreterCancel,
    InterpreterPresence,
    InterpreterRequest,
)

SHOWN = 5


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The requests, latest needed first: one query. How each went is on its page, but for a child who interpreted."""
    at = now()
    of = {"request": OuterRef("pk")}
    rows = InterpreterRequest.objects.filter(case_file=case_file).annotate(
        by_child=Exists(FamilyInterpreter.objects.filter(stands(at), who=StandIn.CHILD, **of)),
        came=Exists(InterpreterPresence.objects.filter(stands(at), **of).exclude(outcome=Attended.ABSENT)),
        absent=Exists(InterpreterPresence.objects.filter(stands(at), outcome=Attended.ABSENT, **of)),
        gone=Exists(InterpreterCancel.objects.filter(stands(at), **of)),
    )
    found = list(rows[: SHOWN + 1])
    if not found and not may_record:
        return None
    ask = reverse("file-interpreter", args=[case_file.pk])
    more = f"{reverse('interpreter-requests')}?file={case_file.pk}" if len(found) > SHOWN else ""
    return Section(
        "Interpreters",
        [
            Row(
                f"Interpreter {one.reference}: {one.language_in_words}",
                one.get_absolute_url(),
                f"{one.get_purpose_display()}, {moment(one.needed_at)}",
                *_how_it_went(one),
            )
            for one in found[:SHOWN]
        ],
        [("Ask for an interpreter", ask)] if may_record else [],
        "No interpreter was asked for.",
        more,
    )


def _how_it_went(one: InterpreterRequest) -> tuple[str, str]:
    if getattr(one, "by_child", False):
        return "A child interpreted", "red"
    if getattr(one, "gone", False):
        return "Cancelled", "grey"
    if getattr(one, "came", False):
        return "Came", "green"
    if getattr(one, "absent", False):
        return "Did not come", "yellow"
    return ("Needed", "blue") if one.needed_at > now() else ("Not recorded", "yellow")
