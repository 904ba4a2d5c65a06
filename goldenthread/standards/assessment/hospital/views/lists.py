"""The page of the children who are in hospital now."""

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from goldenthread.cases.facts import standing
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.pages import page_of
from goldenthread.people.access import officer_of
from goldenthread.standards.assessment.hospital.choices import Harm
from goldenthread.standards.assessment.hospital.models import Discharge, HospitalNotification


@require_safe
@transaction.atomic
def in_hospital(request: HttpRequest) -> HttpResponse:
    """Children who have not left, of those that the officer may open, longest since we were told first."""
    officer, at = officer_of(request), now()
    left = Discharge.objects.filter(notification=OuterRef("pk"), withdrawn=False, superseded_by=None)
    rows = HospitalNotification.objects.visible_to(officer).filter(~Exists(left)).order_by("received_at", "pk")
    page = page_of(
        request,
        rows.select_related("case_file__team", "case_file__worker").prefetch_related(
            "children", "visits", "plans", "harm_reviews"
        ),
    )
    lines = [
        {
            "found": row,
            "since": at - row.received_at,
            "seen": bool(standing(row.visits.all())),
            "planned": bool(standing(row.plans.all())),
            "harm": Harm(row.harm_at()).label,
            "worrying": row.harm_at() != Harm.NO,
        }
        for row in page
    ]
    if lines:
        found = sorted(row.pk for row in page)
        trail.write("list children in hospital", "page:hospital-children", by=officer, why="relationship",
                    records=[f"hospital.hospitalnotification:{pk}" for pk in found])  # fmt: skip
    else:
        trail.nothing_shown()
    return render(request, "hospital/children.html", {"page": page, "lines": lines})
