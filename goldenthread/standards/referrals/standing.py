"""How things stand on a referral for a page that changes them: so that two officers at once see each other."""

from goldenthread.cases.models import CaseFile
from goldenthread.core.models import TrailEntry
from goldenthread.core.templatetags.words import moment
from goldenthread.core.trail import subject_key
from goldenthread.core.versions import Standing, version_of
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.choices import Route
from goldenthread.standards.referrals.corrections import AMENDABLE
from goldenthread.standards.referrals.models import Referral


def of_referral(referral: Referral) -> Standing:
    """What was first written about it."""
    last = referral.amendments.order_by("pk").last()
    now = (
        ("Received", moment(referral.received_at)),
        ("How it reached us", str(Route(referral.route).label)),
        ("Name of the person", referral.referrer_name or "not given"),
        ("How to reach them", referral.referrer_contact or "not given"),
        ("The concern", referral.concern),
    )
    version = version_of([getattr(referral, name) for name in AMENDABLE])
    return Standing(version, last.by.name if last else "", last.recorded_at if last else None, now)


def of_decisions(referral: Referral) -> Standing:
    """Every decision on it."""
    rows = list(referral.decisions.select_related("by").order_by("pk"))
    now = tuple(
        (f"Decision, {moment(row.occurred_at)}", f"{row.get_what_display()}: {row.reason}")
        for row in rows
        if not row.withdrawn
    )
    last = rows[-1] if rows else None
    return Standing(
        version_of([row.pk for row in rows]), last.by.name if last else "", last.recorded_at if last else None, now
    )


def of_holding(referral: Referral) -> Standing:
    """Who holds its case file."""
    held = CaseFile.objects.select_related("team", "worker").get(pk=referral.case_file_id)
    entry = TrailEntry.objects.filter(subject=subject_key(held), deed="hand over").last()
    who = Officer.objects.filter(username=entry.officer).first() if entry else None
    now = (("Team", str(held.team)), ("Worker", held.worker.name if held.worker else "nobody yet"))
    version = version_of([[holding.pk, holding.team_id, holding.worker_id] for holding in held.holdings.all()])
    return Standing(version, who.name if who else "", entry.at if entry else None, now)
