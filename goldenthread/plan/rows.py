"""A plan's content as rows, built in memory and saved in bulk: a plan of 1,000 actions takes a handful of queries."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from goldenthread.core.clock import start_of
from goldenthread.people.models import Officer
from goldenthread.plan.content import ActionContent, PlanContent, RecommendationContent, Words
from goldenthread.plan.leads import parse_lead
from goldenthread.plan.matching import Directory
from goldenthread.plan.models import (
    Action,
    ActionEvent,
    Lead,
    LeadParty,
    NextStep,
    Plan,
    Progress,
    Recommendation,
    SourceLine,
    Standard,
    Timescale,
    ToSettle,
    iso,
)

_BATCH = 500


def packed(many: Iterable[Words]) -> list[dict[str, Any]]:
    """Words as JSON: their text and the numbers of their source lines."""
    return [{"text": words.text, "lines": list(words.lines)} for words in many]


def unpacked(stored: Iterable[dict[str, Any]]) -> list[Words]:
    """JSON as words."""
    return [Words(words["text"], tuple(words["lines"])) for words in stored]


@dataclass(slots=True)
class PlanRows:
    """The rows of one plan, in order, not yet saved."""

    plan: Plan
    by: Officer
    at: datetime
    begins_on: date | None
    source: list[SourceLine] = field(default_factory=list)
    standards: list[Standard] = field(default_factory=list)
    recommendations: list[Recommendation] = field(default_factory=list)
    actions: list[Action] = field(default_factory=list)
    events: list[ActionEvent] = field(default_factory=list)
    leads: list[Lead] = field(default_factory=list)
    parties: list[LeadParty] = field(default_factory=list)
    timescales: list[Timescale] = field(default_factory=list)
    progress: list[Progress] = field(default_factory=list)
    next_steps: list[NextStep] = field(default_factory=list)
    to_settle: list[ToSettle] = field(default_factory=list)

    def save(self) -> None:
        """Write every row. The order matters: what is named by others comes first."""
        self.plan.save()
        SourceLine.objects.bulk_create(self.source, batch_size=_BATCH)
        Standard.objects.bulk_create(self.standards)
        Recommendation.objects.bulk_create(self.recommendations, batch_size=_BATCH)
        Action.objects.bulk_create(self.actions, batch_size=_BATCH)
        ActionEvent.objects.bulk_create(self.events, batch_size=_BATCH)
        Lead.objects.bulk_create(self.leads, batch_size=_BATCH)
        LeadParty.objects.bulk_create(self.parties, batch_size=_BATCH)
        Timescale.objects.bulk_create(self.timescales, batch_size=_BATCH)
        Progress.objects.bulk_create(self.progress, batch_size=_BATCH)
        NextStep.objects.bulk_create(self.next_steps, batch_size=_BATCH)
        ToSettle.objects.bulk_create(self.to_settle, batch_size=_BATCH)

    def actions_of(self, recommendation: Recommendation) -> list[Action]:
        """Its actions, in order."""
        return [action for action in self.actions if action.recommendation is recommendation]


def rows_of(content: PlanContent, plan: Plan, *, by: Officer, at: datetime, begins_on: date | None = None) -> PlanRows:
    """The rows of a plan's content. begins_on: the day on which every action began, where that is known."""
    rows = PlanRows(plan, by, at, begins_on)
    directory = Directory.load()
    rows.source = [SourceLine(plan=plan, number=ln.number, text=ln.text, place=ln.place) for ln in content.source]
    for each in content.standards:
        standard = Standard(
            plan=plan,
            number=each.number,
            title=each.title.text,
            title_lines=list(each.title.lines),
            headings=packed(each.headings),
        )
        rows.standards.append(standard)
        for order, rec in enumerate(each.recommendations, start=1):
            _add_recommendation(rows, directory, standard, order, rec)
    return rows


def _add_recommendation(
    rows: PlanRows, directory: Directory, standard: Standard, order: int, rec: RecommendationContent
) -> None:
    recommendation = Recommendation(
        standard=standard,
        number=rec.number,
        order=order,
        title=rec.title.text,
        title_lines=list(rec.title.lines),
        criterion=rec.criterion.text if rec.criterion else "",
        criterion_lines=list(rec.criterion.lines) if rec.criterion else None,
        monitoring=packed(rec.monitoring),
        rating=packed(rec.rating),
    )
    rows.recommendations.append(recommendation)
    for place, action in enumerate(rec.actions, start=1):
        _add_action(rows, directory, recommendation, place, action)
    _add_leads(rows, directory, recommendation, None, rec.leads, [])
    rows.timescales += [
        Timescale(
            recommendation=recommendation,
            order=place,
            words=timescale.words.text,
            lines=list(timescale.words.lines),
            starts=timescale.starts,
            due=timescale.due,
        )
        for place, timescale in enumerate(rec.timescales, start=1)
    ]
    rows.progress += [Progress(**remark) for remark in _remarks(rows, recommendation, rec.progress)]
    rows.next_steps += [NextStep(**remark) for remark in _remarks(rows, recommendation, rec.next_steps)]
    rows.to_settle += [
        ToSettle(recommendation=recommendation, order=place, message=message)
        for place, message in enumerate(rec.to_settle, start=1)
    ]


def _add_action(
    rows: PlanRows, directory: Directory, recommendation: Recommendation, order: int, content: ActionContent
) -> None:
    timescale = content.timescale
    starts, due = (timescale.starts, timescale.due) if timescale else (None, None)
    action = Action(
        recommendation=recommendation,
        order=order,
        text=content.text.text,
        text_lines=list(content.text.lines),
        stands_for=list(content.stands_for),
        leads_stand_for=list(content.leads_stand_for),
        timescale=timescale.words.text if timescale else "",
        timescale_lines=list(timescale.words.lines) if timescale else None,
        starts=starts,
        first_due=due,
        due=due,
        # A plan that reports progress was in force before the day it reports on: an action due earlier was owed then.
        since_on=min(day for day in (rows.plan.as_at, starts, due) if day),
        known_at=rows.at,
        begins_on=rows.begins_on or starts,
    )
    rows.actions.append(action)
    rows.events.append(
        ActionEvent(
            action=action,
            kind=ActionEvent.Kind.ADDED,
            occurred_at=start_of(action.since_on),
            recorded_at=rows.at,
            by=rows.by,
            after={"due": iso(due), "timescale": action.timescale},
        )
    )
    parties = _add_leads(rows, directory, recommendation, action, content.leads, content.leads_stand_for)
    action.owner = directory.owner(parties)
    action.team = action.owner.team if action.owner else None


def _add_leads(
    rows: PlanRows,
    directory: Directory,
    recommendation: Recommendation,
    action: Action | None,
    leads: list[Words],
    stand_for: list[str],
) -> list[LeadParty]:
    """The leads of an action or, with none, of the recommendation. “As above” names the parties that it stands for."""
    made: list[LeadParty] = []
    for order, words in enumerate(leads, start=1):
        lead = Lead(
            recommendation=recommendation,
            action=action,
            order=order,
            words=words.text,
            lines=list(words.lines),
            stands_for=stand_for if not parse_lead(words.text).parties else [],
            from_at=start_of(rows.plan.as_at),
        )
        rows.leads.append(lead)
        made += directory.parties(lead)
    rows.parties += made
    return made


def _remarks(rows: PlanRows, recommendation: Recommendation, many: list[Words]) -> Iterator[dict[str, Any]]:
    for order, words in enumerate(many, start=1):
        yield {
            "recommendation": recommendation,
            "reporting_date": rows.plan.as_at,
            "order": order,
            "text": words.text,
            "lines": list(words.lines),
            "recorded_at": rows.at,
            "by": rows.by,
        }
