"""The product's addresses, and the two pages that its own are compared with."""

from django.db.models import Count, OuterRef, Subquery
from django.http import HttpRequest, HttpResponse
from django.template import engines
from django.urls import include, path

from goldenthread.config.access_table import ACCESS as OURS
from goldenthread.obligations.models import Obligation
from goldenthread.people.access import Door
from goldenthread.standards.referrals.models import Referral

EMPTY = (
    '{% extends "pages/base.html" %}{% block title %}Empty{% endblock %}{% block content %}<h1>Empty</h1>{% endblock %}'
)
BARE = """<!doctype html><html lang="en-GB"><title>Referrals</title><table>{% for r in rows %}<tr>
<td><a href="/referrals/{{ r.pk }}/">{{ r.reference }}</a></td><td>{% for c in r.children.all %}{{ c.name }}{% if not forloop.last %}, {% endif %}{% endfor %}</td>
<td>{{ r.received_at|date:"j F Y, H:i" }}</td><td>{% if r.agency %}{{ r.agency }}{% else %}{{ r.get_agency_kind_display }}{% endif %}</td>
<td>{{ r.case_file.worker|default:r.case_file.team }}</td><td>{{ r.owed }}</td></tr>{% endfor %}</table></html>"""


def empty(request: HttpRequest) -> HttpResponse:
    """Our own frame and nothing in it: session, officer, access table, navigation."""
    return HttpResponse(EMPTY_TEMPLATE.render({}, request))


def bare(request: HttpRequest) -> HttpResponse:
    """What Django's tutorial would write: the newest 50 rows in a table, with the same cells as our list."""
    owed = Obligation.objects.filter(
        subject_type="referrals.referral", subject_id=OuterRef("pk"), done_at=None, excused_at=None
    )
    counted = owed.order_by().values("subject_id").annotate(n=Count("pk")).values("n")
    rows = Referral.objects.select_related("agency", "case_file__team", "case_file__worker").prefetch_related(
        "children"
    )
    rows = rows.annotate(owed=Subquery(counted))[:50]
    return HttpResponse(BARE_TEMPLATE.render({"rows": rows}))


EMPTY_TEMPLATE = engines["django"].from_string(EMPTY)
BARE_TEMPLATE = engines["django"].from_string(BARE)
ACCESS = OURS | {"bench-empty": Door.SIGNED_IN, "bench-bare": Door.PUBLIC}
urlpatterns = [
    path("bench/empty/", empty, name="bench-empty"),
    path("bench/bare/", bare, name="bench-bare"),
    path("", include("goldenthread.config.urls")),
]
