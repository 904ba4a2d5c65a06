"""A plan's content into the plan that is held, and back out again."""

from collections import Counter
from datetime import date
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import Prefetch

from goldenthread.core import trail
from goldenthread.core.clock import day_of, end_of, now
from goldenthread.core.errors import Refused
from goldenthread.obligations.ledger import refresh
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.carrying import link, settle_previous
from goldenthread.plan.content import (
    ActionContent,
    Conservation,
    Line,
    PlanContent,
    RecommendationContent,
    StandardContent,
    Timescale,
    Words,
)
from goldenthread.plan.models import Action, ActionEvent, Lead, NextStep, Plan, Progress, Recommendation
from goldenthread.plan.remark import Remark
from goldenthread.plan.rows import rows_of, unpacked
from goldenthread.plan.versions import pair_recommendations

_SAME_PLAN = 0.5


@transaction.atomic
def confirm_import(
    *,
    content: PlanContent,
    file_name: str,
    digest: str,
    as_at: date | None,
    previous: Plan | None = None,
    by: Officer,
) -> Plan:
    """Hold a plan that was read from a file. digest: the file's SHA-256, in hex; as_at: the day that its progress
    reports on (left out: the content's own); previous: the plan that this is a later version of.

    Both versions are kept; the earlier one's actions go on in this one, with what happened to them. Raises NotAllowed;
    Refused where a source line is not in exactly one field, the day is missing or lies ahead, a number stands twice,
    the file is held already, or the earlier version has a later one.
    """
    require(by, Permission.KEEP_PLAN)
    reported = _checked(content, as_at or content.as_at, digest)
    stamped = now()
    plan = Plan(
        title=content.title,
        as_at=reported,
        front=[{"text": words.text, "lines": list(words.lines)} for words in content.front],
        notes=list(content.notes),
        file_name=file_name,
        digest=digest,
        confirmed_at=stamped,
        confirmed_by=by,
    )
    rows = rows_of(content, plan, by=by, at=stamped)
    earlier: list[Action] = []
    if previous is not None:
        plan.previous = _may_be_followed(previous, reported)
        link(rows, plan.previous)
    rows.save()
    if plan.previous is not None:
        earlier = settle_previous(rows, plan.previous, stamped, by)
    trail.write(
        "import plan",
        plan,
        by=by,
        digest=digest,
        lines=len(rows.source),
        recommendations=len(rows.recommendations),
        actions=len(rows.actions),
        later_version_of=plan.previous_id,
    )
    refresh(*rows.actions, *earlier)
    return plan


def _checked(content: PlanContent, as_at: date | None, digest: str) -> date:
    kept = content.conservation()
    if not kept.holds:
        wrong = [f"{line.place} is in no field" for line in kept.missing]
        wrong += [f"{line.place} is in more than one field" for line in kept.doubled]
        more = f" and {len(wrong) - 3} more" if len(wrong) > 3 else ""
        raise Refused(f"{kept.placed} of {kept.lines} lines of the file are kept: {', '.join(wrong[:3])}{more}.")
    if as_at is None:
        raise Refused("The plan does not say which day its progress is as at: give the day.")
    if as_at > day_of(now()):
        raise Refused(f"The plan is as at {as_at:%d %B %Y}, which lies ahead: give the day that it reports on.")
    if not any(content.recommendations()):
        raise Refused("There is no recommendation in this plan.")
    numbers = Counter(f"standard {standard.number}" for standard in content.standards)
    numbers.update(f"recommendation {rec.number}" for rec in content.recommendations())
    if twice := [name for name, times in numbers.items() if times > 1]:
        raise Refused(f"The plan has more than one {twice[0]}: number them apart.")
    held = Plan.objects.current().filter(digest=digest).first() if digest else None
    if held is not None:
        raise Refused(f"This file is held already: it was confirmed on {held.confirmed_at:%d %B %Y} as “{held}”.")
    return as_at


def _may_be_followed(previous: Plan, as_at: date) -> Plan:
    plan = Plan.objects.select_for_update().get(pk=previous.pk)
    if not plan.is_current:
        raise Refused(f"“{plan}” has a later version already: compare with that one.")
    if as_at < plan.as_at:
        raise Refused(f"This version is as at {as_at:%d %B %Y}, before the one that it would follow: “{plan}”.")
    return plan


def likely_previous(content: PlanContent) -> Plan | None:
    """The held plan that this content looks like a later version of: most of its recommendations are there."""
    later = [(rec.number, rec.title.text) for rec in content.recommendations()]
    best: tuple[float, Plan | None] = (0, None)
    for plan in Plan.objects.current():
        earlier = list(Recommendation.objects.filter(standard__plan=plan).values_list("number", "title"))
        share = len(pair_recommendations(earlier, later)) / max(len(earlier), len(later), 1)
        best = max(best, (share, plan), key=lambda each: each[0])
    return best[1] if best[0] >= _SAME_PLAN else None


def content_of(plan: Plan, as_at: date | None = None) -> PlanContent:
    """The plan's content as it stands, with each recommendation's latest progress; or as it stood at the end of a day.

    Straight after an import it is what was imported, to the letter. Queries do not grow with the plan.
    """
    standards = plan.standards.prefetch_related(
        "recommendations__leads",
        "recommendations__timescales",
        "recommendations__to_settle",
        "recommendations__actions__leads",
        Prefetch("recommendations__actions__events", ActionEvent.objects.order_by("pk")),
        Prefetch("recommendations__progress", Progress.objects.order_by("reporting_date", "order", "pk")),
        Prefetch("recommendations__next_steps", NextStep.objects.order_by("reporting_date", "order", "pk")),
    )
    found = list(standards)
    dates = [
        remark.reporting_date
        for standard in found
        for rec in standard.recommendations.all()
        for remark in (*rec.progress.all(), *rec.next_steps.all())
    ]
    return PlanContent(
        title=plan.title,
        as_at=as_at or max([plan.as_at, *dates]),
        front=unpacked(plan.front),
        standards=[
            StandardContent(
                number=standard.number,
                title=Words(standard.title, tuple(standard.title_lines)),
                headings=unpacked(standard.headings),
                recommendations=[_recommendation(rec, as_at) for rec in standard.recommendations.all()],
            )
            for standard in found
        ],
        source=[Line(line.number, line.text, line.place) for line in plan.source_lines.all()],
        notes=list(plan.notes),
    )


def conservation_of(plan: Plan) -> Conservation:
    """Whether every line of the file that the plan came from is still held, in exactly one place: leads that were
    replaced and progress of earlier dates included."""
    content = content_of(plan)
    for rec in content.recommendations():
        rec.progress, rec.next_steps = [], []
    for remarks in (Progress.objects, NextStep.objects):
        for remark in remarks.filter(recommendation__standard__plan=plan):
            content.front.append(Words(remark.text, tuple(remark.lines)))
    for lead in Lead.objects.filter(recommendation__standard__plan=plan, until_at__isnull=False):
        content.front.append(Words(lead.words, tuple(lead.lines)))
    return content.conservation()


def _recommendation(rec: Recommendation, as_at: date | None) -> RecommendationContent:
    instant = end_of(as_at) if as_at else None
    return RecommendationContent(
        number=rec.number,
        title=Words(rec.title, tuple(rec.title_lines)),
        criterion=None if rec.criterion_lines is None else Words(rec.criterion, tuple(rec.criterion_lines)),
        monitoring=unpacked(rec.monitoring),
        rating=unpacked(rec.rating),
        actions=[_action(action, as_at) for action in rec.actions.all() if as_at is None or action.since_on <= as_at],
        leads=[
            Words(lead.words, tuple(lead.lines))
            for lead in rec.leads.all()
            if lead.action_id is None and lead.in_force(instant)
        ],
        timescales=[
            Timescale(Words(timescale.words, tuple(timescale.lines)), timescale.due, timescale.starts)
            for timescale in rec.timescales.all()
            if timescale.action_id is None
        ],
        progress=latest(list(rec.progress.all()), as_at),
        next_steps=latest(list(rec.next_steps.all()), as_at),
        to_settle=[item.message for item in rec.to_settle.all() if item.settled_at is None],
    )


def _action(action: Action, as_at: date | None) -> ActionContent:
    instant = end_of(as_at) if as_at else None
    # One carried over from an earlier version says nothing of this one's leads.
    reassigned = any(
        event.kind == ActionEvent.Kind.REASSIGNED and event.carried_from_id is None
        for event in action.events_until(as_at)
    )
    return ActionContent(
        text=Words(action.text, tuple(action.text_lines)),
        leads=[Words(lead.words, tuple(lead.lines)) for lead in action.leads.all() if lead.in_force(instant)],
        timescale=None
        if action.timescale_lines is None
        else Timescale(Words(action.timescale, tuple(action.timescale_lines)), action.due_at(as_at), action.starts),
        stands_for=list(action.stands_for),
        leads_stand_for=[] if reassigned else list(action.leads_stand_for),
    )


def latest(remarks: list[Progress] | list[NextStep], as_at: date | None = None) -> list[Words]:
    """What was said as at the latest reporting date, not after `as_at`. The remarks are in order of that date."""
    known: list[Remark] = [remark for remark in remarks if as_at is None or remark.reporting_date <= as_at]
    groups = [list(group) for _, group in groupby(known, key=attrgetter("reporting_date"))]
    return [Words(remark.text, tuple(remark.lines)) for remark in groups[-1]] if groups else []
