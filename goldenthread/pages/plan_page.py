"""A plan, laid out to be scanned: each recommendation with its actions, leads, dates, progress, figures and status.

However many recommendations a plan has, the number of queries is the same.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from django.db.models import Prefetch

from goldenthread.core.clock import today
from goldenthread.core.statistics import TOO_FEW
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.plan.evidence import Evidence
from goldenthread.plan.models import Action, Lead, LeadParty, Plan, Recommendation, Standard, Timescale
from goldenthread.plan.remark import Remark
from goldenthread.plan.status import TITLES, Status, statuses_of
from goldenthread.reports.charts import Months, small_trend_svg

TAGS = {"not-started": "grey", "on-track": "blue", "overdue": "red", "done": "green", "sustained": "turquoise"}
"""Status key → the colour of its tag."""

MINE = "me"


@dataclass(frozen=True, slots=True)
class EvidenceLine:
    """One requirement's figures, and its small trend (an empty text where there is too little to draw)."""

    evidence: Evidence
    trend: str


@dataclass(frozen=True, slots=True)
class ActionLine:
    """One action: its status, and who leads it in the plan's words."""

    action: Action
    status: Status
    leads: list[str]


@dataclass(slots=True)
class RecommendationCard:
    """One recommendation. reported: the latest reporting date with progress, and what was said then; likewise next."""

    rec: Recommendation
    status: Status
    actions: list[ActionLine]
    leads: list[str]
    timescales: list[Timescale]
    reported: tuple[date, list[str]] | None
    remaining: tuple[date, list[str]] | None
    evidence: list[EvidenceLine]
    to_settle: int
    parties: set[str]
    mine: bool

    @property
    def tag(self) -> str:
        """The colour of its status."""
        return TAGS[self.status.key]

    @property
    def open_dates(self) -> list[date | None]:
        """The due dates of its actions that are not done."""
        return [line.action.due for line in self.actions if line.status.key != "done"]


@dataclass(slots=True)
class PlanPage:
    """A plan's cards by standard; tallies: how many of each status, whatever is filtered."""

    plan: Plan
    standards: list[tuple[Standard, list[RecommendationCard]]]
    tallies: list[tuple[str, str, int]]
    parties: list[str]
    shown: int = 0
    total: int = 0


@dataclass(frozen=True, slots=True)
class Filter:
    """Which cards to show: each left empty shows all."""

    lead: str = ""
    standard: str = ""
    status: str = ""
    due: str = ""

    def keeps(self, card: RecommendationCard, standard: Standard, day: date) -> bool:
        """Whether a card is shown."""
        return (
            (not self.standard or self.standard == str(standard.number))
            and (not self.status or self.status == card.status.key)
            and (not self.lead or (card.mine if self.lead == MINE else self.lead in card.parties))
            and (not self.due or _falls(self.due, card.open_dates, day))
        )


def _falls(due: str, dates: Sequence[date | None], day: date) -> bool:
    if due == "none":
        return None in dates
    dated = [each for each in dates if each]
    if due == "overdue":
        return any(each < day for each in dated)
    return any(day <= each <= day + timedelta(days=int(due)) for each in dated)


def plan_page(plan: Plan, chosen: Filter, officer: Officer) -> PlanPage:
    """The page of a plan as at today."""
    day = today()
    statuses = statuses_of(plan, day)
    drawn = _Drawn(officer.may(Permission.READ_RECORDS))
    page = PlanPage(plan, [], [], [])
    counted: Counter[str] = Counter()
    everyone: set[str] = set()
    for standard in _loaded(plan):
        cards = []
        for rec in standard.recommendations.all():
            lines = [ActionLine(action, statuses.actions[action.pk], []) for action in rec.actions.all()]
            card = _card(rec, statuses.recommendations[rec.pk], lines, day, officer)
            counted[card.status.key] += 1
            everyone |= card.parties
            page.total += 1
            if chosen.keeps(card, standard, day):
                card.evidence = [drawn.line(each) for each in statuses.evidence.get(rec.pk, [])]
                cards.append(card)
        if cards:
            page.standards.append((standard, cards))
        page.shown += len(cards)
    page.tallies = [(key, title, counted[key]) for key, title in TITLES.items()]
    page.parties = sorted(everyone, key=str.casefold)
    return page


def _loaded(plan: Plan) -> Iterable[Standard]:
    parties = LeadParty.objects.select_related("post", "officer", "group")
    leads = Lead.objects.filter(until_at=None).order_by("order", "pk").prefetch_related(Prefetch("parties", parties))
    return plan.standards.prefetch_related(
        "recommendations__actions",
        Prefetch("recommendations__leads", leads),
        "recommendations__timescales",
        "recommendations__progress",
        "recommendations__next_steps",
        "recommendations__to_settle",
    )


def _card(
    rec: Recommendation, status: Status, lines: list[ActionLine], day: date, officer: Officer
) -> RecommendationCard:
    by_pk = {line.action.pk: line for line in lines}
    unpaired: list[str] = []
    parties: set[str] = set()
    mine = False
    for lead in rec.leads.all():
        line = by_pk.get(lead.action_id) if lead.action_id else None
        (line.leads if line else unpaired).append(lead.words)
        for party in lead.parties.all():
            parties.add(named(party))
            mine = mine or party.officer_id == officer.pk
    return RecommendationCard(
        rec=rec,
        status=status,
        actions=lines,
        leads=unpaired,
        timescales=[timescale for timescale in rec.timescales.all() if timescale.action_id is None],
        reported=latest(rec.progress.all(), day),
        remaining=latest(rec.next_steps.all(), day),
        evidence=[],
        to_settle=sum(item.settled_at is None for item in rec.to_settle.all()),
        parties=parties,
        mine=mine or any(line.action.owner_id == officer.pk for line in lines),
    )


def named(party: LeadParty) -> str:
    """A party as the filter names it: the officer, post or group that it was matched with, or its own words."""
    known = party.officer or party.group or (party.post if not party.name else None)
    return str(known) if known else party.name or party.post_title


def latest(remarks: Iterable[Remark], day: date) -> tuple[date, list[str]] | None:
    """The latest reporting date up to a day, and what was said then."""
    ordered = sorted((r for r in remarks if r.reporting_date <= day), key=lambda r: (r.reporting_date, r.order, r.pk))
    groups = [(on, [remark.text for remark in many]) for on, many in groupby(ordered, key=lambda r: r.reporting_date)]
    return groups[-1] if groups else None


def to_be_seen(months: Months, opens: bool) -> Months:
    """Figures by month for an officer: none at all for one who may open no child's record where any month has too few
    judged to say. A reader could tell which child is meant, and one month left out could be worked out from the total."""
    return months if opens or not any(0 < judged < TOO_FEW for *_, judged in months) else []


@dataclass(slots=True)
class _Drawn:
    """Trends drawn once, however many recommendations a requirement serves. opens: see `to_be_seen`."""

    opens: bool
    trends: dict[str, str] = field(default_factory=dict)

    def line(self, evidence: Evidence) -> EvidenceLine:
        if evidence.requirement not in self.trends:
            self.trends[evidence.requirement] = small_trend_svg(
                to_be_seen(evidence.months, self.opens), name=evidence.title
            )
        return EvidenceLine(evidence, self.trends[evidence.requirement])
