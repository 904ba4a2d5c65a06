"""What a case file's page shows of transfers."""

from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.transferring.models import Transfer

_SHOWN = 10


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The transfers, newest first, and how each stands. One query."""
    found = list(
        Transfer.objects.filter(case_file=case_file).with_ends().select_related("from_team", "to_team")[:_SHOWN]
    )
    rows = []
    for one in found:
        tag, colour = {"done": ("Done", "green"), "stopped": ("Not done", "grey"), "": ("Under way", "blue")}[one.end]
        rows.append(
            Row(
                f"To {one.to_team.name}, {one.reference}", one.get_absolute_url(),
                f"From {one.from_team.name}, asked {day(one.asked_at)}", tag, colour,
            )
        )  # fmt: skip
    may_ask = may_record and officer.may(Permission.DECIDE_REFERRALS) and case_file.closed_at is None
    if not rows and not may_ask:
        return None
    links = []
    if may_ask and case_file.offered_to_id is None:
        links.append(("Ask another team to take the case on", reverse("file-transfer", args=[case_file.pk])))
    return Section(
        "Transfers", rows, [*links, ("Transfers under way", reverse("transfers"))], "This case has not been transferred."
    )  # fmt: skip
