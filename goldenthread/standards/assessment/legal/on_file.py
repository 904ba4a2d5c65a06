"""What a case file's page shows of legal advice."""

from django.urls import reverse

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import moment
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.legal.models import AdviceRequest

_SHOWN = 10


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The requests, newest first, and whether each was answered; nothing of what was advised. Two queries."""
    requests = AdviceRequest.objects.filter(case_file=case_file).prefetch_related("answers")
    rows = []
    for request in requests[:_SHOWN]:
        answered = bool(standing(request.answers.all()))
        rows.append(
            Row(
                f"Legal advice {request.reference}",
                request.get_absolute_url(),
                f"Asked {moment(request.asked_at)}{', out of hours' if request.out_of_hours else ''}",
                "Answered" if answered else "Not answered yet",
                "green" if answered else "yellow",
            )
        )
    if not rows and not may_record:
        return None
    links = [("Ask for legal advice", reverse("file-advice", args=[case_file.pk]))] if may_record else []
    return Section(
        "Legal advice", rows, [*links, ("Who is on call now", reverse("legal-rota"))], "No legal advice was asked for."
    )
