"""Publishing a report: it is drawn in every format and frozen."""

from dataclasses import replace
from datetime import date
from hashlib import sha256

from django.db import transaction

from goldenthread.core import trail
from goldenthread.core.clock import day_of, now
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import day
from goldenthread.obligations.ledger import refresh
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.models import Plan
from goldenthread.reports.formats import render
from goldenthread.reports.models import FORMATS, PublishedReport
from goldenthread.reports.progress import progress_report
from goldenthread.reports.tree import Document


@transaction.atomic
def publish_progress_report(*, plan: Plan, as_at: date, by: Officer) -> PublishedReport:
    """Publish the progress report of a plan as at the end of a day: it prints the same for ever.

    A second one as at the same day is another edition and says so. Raises NotAllowed; Refused where the day lies ahead.
    """
    require(by, Permission.PUBLISH_REPORT)
    if as_at > day_of(now()):
        raise Refused(f"As at {day(as_at)}: that lies ahead. Publish it once the day has come.")
    # One publisher at a time, so that editions count up.
    held = Plan.objects.select_for_update().get(pk=plan.pk)
    return publish("progress", progress_report(held, as_at), plan=held, by=by)


def publish(name: str, document: Document, *, plan: Plan | None, by: Officer) -> PublishedReport:
    """Draw a document in every format and freeze it. Each report's own verb asks first whether it may be published."""
    stamped = now()
    edition = PublishedReport.objects.filter(name=name, plan=plan, as_at=document.as_at).count() + 1
    which = f", edition {edition}: it stands beside the earlier ones" if edition > 1 else ""
    document = replace(document, subtitle=f"Published on {day(stamped)}{which}")
    files = {kind: render(document, kind) for kind in (*FORMATS, "json")}
    published = PublishedReport(
        name=name,
        plan=plan,
        as_at=document.as_at,
        edition=edition,
        title=document.title,
        published_at=stamped,
        by=by,
        tree=files["json"].decode("utf-8"),
        tree_sha256=sha256(files["json"]).hexdigest(),
        **{kind: files[kind] for kind in FORMATS},
        **{f"{kind}_sha256": sha256(files[kind]).hexdigest() for kind in FORMATS},
    )
    published.save()
    trail.write("publish report", published, by=by, report=name, as_at=document.as_at, edition=edition)
    refresh(published)
    return published
