"""What a case file's page shows of supervision."""

from typing import Any

from django.urls import reverse

from goldenthread.cases.facts import first_row
from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.templatetags.words import moment
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.allocation.supervising.figures import AGREED
from goldenthread.standards.allocation.supervising.models import CaseSupervision

_SHOWN = 5


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """When the case was last talked over, with whom and by whom, newest first, and how much of what was agreed is open. Two
    queries."""
    rows: Any = CaseSupervision.objects.filter(case_file=case_file, withdrawn=False, superseded_by=None)
    rows = rows.select_related("by", "worker", "root__by").annotate(first_of_it=first_row())
    found = rows.order_by("-occurred_at", "-first_of_it")[:_SHOWN]
    open_ones = Obligation.objects.open().filter(case_file=case_file, requirement=AGREED)
    number = open_ones.count()
    shown = []
    for one in found:
        about = f"With {one.worker.name}, recorded by {(one.root or one).by.name}"
        shown.append(Row(f"Talked over {moment(one.occurred_at)}", reverse("discussion", args=[one.first_id]), about))
    if shown and number:
        first = shown[0]
        tag = f"{number} to do"
        shown[0] = Row(first.title, first.url, first.about, tag, "yellow")
    links = []
    talks = case_file.closed_at is None and case_file.worker_id not in {None, officer.pk}
    if may_record and talks and officer.may(Permission.DECIDE_REFERRALS):
        links.append(("Record what was said in supervision", reverse("file-supervision", args=[case_file.pk])))
    if not shown and not may_record:
        return None
    return Section("Supervision", shown, links, "This case has not been talked over in supervision.")
