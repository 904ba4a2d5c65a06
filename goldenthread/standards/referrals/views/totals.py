"""The pages of figures: unmet need, what agencies confirmed in writing, chasers, and the monthly report."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from goldenthread.cases.sight import sight_of
from goldenthread.core import trail
from goldenthread.core.boxes import moment
from goldenthread.core.clock import end_of, now, today
from goldenthread.core.drafts import drop_draft, fill, form_key
from goldenthread.core.errors import Refused
from goldenthread.core.pages import page_of
from goldenthread.core.templatetags.words import day
from goldenthread.core.timescales import add_months
from goldenthread.obligations.models import Obligation
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import figures
from goldenthread.standards.referrals.choices import WRITTEN_WAYS, Need, Recipient, WhyUnmet
from goldenthread.standards.referrals.figures import Capture, NeedRow
from goldenthread.standards.referrals.forms import Checked, new_token
from goldenthread.standards.referrals.models import Chaser, Referral, ReportCycle, month_after
from goldenthread.standards.referrals.onward import draft_chaser
from goldenthread.standards.referrals.unmet_need import record_report_sent, start_report_cycle

_MONTHS = 24


class SpanForm(forms.Form):
    """Which months, which team."""

    mark_optional = False
    first = forms.ChoiceField(label="From", required=False)
    last = forms.ChoiceField(label="To", required=False)
    team = forms.ModelChoiceField(
        label="Team",
        queryset=Team.objects.filter(takes_referrals=True),
        required=False,
        to_field_name="key",
        empty_label="All teams",
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        this = today().replace(day=1)
        months = [add_months(this, -back) for back in range(_MONTHS)]
        for name in ("first", "last"):
            field = self.fields[name]
            assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
            field.choices = [(f"{m:%Y-%m}", f"{m:%B %Y}") for m in months]
        self.initial = {
            "first": f"{months[min(11, len(months) - 1)]:%Y-%m}",
            "last": f"{this:%Y-%m}",
            **(self.initial or {}),
        }

    def span(self) -> tuple[date, date, Team | None]:
        """The first and the last day, and the team; twelve months to date where nothing, or nonsense, is asked."""
        given = self.cleaned_data if self.is_valid() else {}
        first, last = (date.fromisoformat(f"{given.get(name) or self.initial[name]}-01") for name in ("first", "last"))
        first, last = min(first, last), max(first, last)
        return first, min(date.fromordinal(month_after(last).toordinal() - 1), today()), given.get("team")


def _span(request: HttpRequest) -> tuple[SpanForm, date, date, Team | None]:
    asked = SpanForm(request.GET if request.GET else None)
    first, last, team = asked.span()
    shown = SpanForm(initial={"first": f"{first:%Y-%m}", "last": f"{last:%Y-%m}", "team": team.key if team else None})
    return shown, first, last, team


@dataclass(frozen=True, slots=True)
class NeedLine:
    """One row of the table: a kind of need, by reason."""

    need: str
    label: str
    by_why: list[tuple[str, int]]
    total: int
    met: int
    quantities: str


def _lines(rows: list[NeedRow], whys: list[str]) -> list[NeedLine]:
    by_need: dict[str, list[NeedRow]] = defaultdict(list)
    for row in rows:
        by_need[row.need].append(row)
    lines = []
    for need, mine in by_need.items():
        units: dict[str, Any] = defaultdict(int)
        for row in mine:
            if row.unit and row.quantity is not None:
                units[row.unit_in_words] += row.quantity
        lines.append(
            NeedLine(
                need,
                str(Need(need).label),
                [(why, sum(row.count for row in mine if row.why == why)) for why in whys],
                sum(row.count for row in mine),
                sum(row.met for row in mine),
                ", ".join(f"{amount:,.10g} {unit}" for unit, amount in sorted(units.items())),
            )
        )
    return sorted(lines, key=lambda row: (-row.total, row.label))


def _grouped(rows: list[NeedRow], capture: list[Capture], key: str) -> list[dict[str, Any]]:
    """Needs and capture side by side, by month or by team."""
    found: dict[Any, dict[str, Any]] = {}
    for one in capture:
        name = getattr(one, key)
        line = found.setdefault(name, {"name": name, "decisions": 0, "answered": 0, "needs": 0, "met": 0})
        line["decisions"] += one.decisions
        line["answered"] += one.answered
    for row in rows:
        name = getattr(row, key)
        line = found.setdefault(name, {"name": name, "decisions": 0, "answered": 0, "needs": 0, "met": 0})
        line["needs"] += row.count
        line["met"] += row.met
    return [found[name] for name in sorted(found, reverse=key == "month")]


@require_GET
def unmet_need(request: HttpRequest) -> HttpResponse:
    """What children needed and did not get: by need, team and month, with how often the question was answered."""
    officer = officer_of(request)
    form, start, end, team = _span(request)
    ids = [team.pk] if team else None
    shut = sight_of(officer).shut
    rows = figures.unmet_need(start, end, as_at=now(), team_ids=ids, without=shut)
    capture = figures.capture_rate(start, end, as_at=now(), team_ids=ids, without=shut)
    whys = [why for why in WhyUnmet.values if any(row.why == why for row in rows)]
    months = _grouped(rows, capture, "month")
    for line in months:
        line["end"] = min(date.fromordinal(month_after(line["name"]).toordinal() - 1), end)
    keys = dict(Team.objects.values_list("name", "key"))
    teams = _grouped(rows, capture, "team")
    for line in teams:
        line["key"] = keys.get(line["name"], "")
    areas: dict[str, int] = defaultdict(int)
    for row in rows:
        areas[row.area or "No area"] += row.count
    cycle = ReportCycle.objects.select_related("officer").first()
    context = {
        "form": form, "start": start, "end": end, "team": team, "lines": _lines(rows, whys),
        "whys": [WhyUnmet(why).label for why in whys], "months": months, "teams": teams, "areas": sorted(areas.items()),
        "decisions": sum(c.decisions for c in capture), "answered": sum(c.answered for c in capture),
        "needs": sum(row.count for row in rows), "met": sum(row.met for row in rows), "as_at": now(),
        "may_open": officer.may(Permission.READ_RECORDS), "may_send": officer.may(Permission.SEND_REPORTS),
        "cycle": cycle, "reports": _reports_in_words(cycle) if cycle else [],
    }  # fmt: skip
    return render(request, "referrals/unmet_need.html", context)


def _reports(cycle: ReportCycle) -> list[tuple[date, list[tuple[str, Any]]]]:
    """Each month that has ended, with who has its report and since when: first what is not sent, then the newest; at most a year."""
    sent: dict[tuple[date, str], Any] = {}
    for row in cycle.sent.all():
        sent.setdefault((row.month, row.recipient), row.occurred_at)
    months = []
    month = cycle.started_on.replace(day=1)
    while end_of(date.fromordinal(month_after(month).toordinal() - 1)) < now():
        months.append((month, [(str(Recipient(r).label), sent.get((month, r))) for r in Recipient.values]))
        month = month_after(month)
    months.reverse()
    return sorted(months, key=lambda month: all(at for _, at in month[1]))[:12]


def _reports_in_words(cycle: ReportCycle) -> list[tuple[date, str, str]]:
    """The same, as month, who has it, and who has not."""
    shown = []
    for month, recipients in _reports(cycle):
        days: dict[str, list[str]] = defaultdict(list)
        for who, at in recipients:
            days[day(at)].append(who)
        missing = " and ".join(days.pop("", []))
        sent = "; ".join(f"{on}, to the {' and the '.join(whom).lower()}" for on, whom in days.items())
        shown.append((month, sent, missing))
    return shown


@require_GET
def written(request: HttpRequest) -> HttpResponse:
    """What agencies told us by word of mouth, and whether they confirmed it in writing."""
    officer = officer_of(request)
    form, start, end, team = _span(request)
    rows = figures.written_by_agency(
        start, end, as_at=now(), team_ids=[team.pk] if team else None, without=sight_of(officer).shut
    )
    context = {
        "form": form, "start": start, "end": end, "team": team, "page": page_of(request, rows), "as_at": now(),
        "total": {
            "referrals": sum(r.referrals for r in rows), "in_writing": sum(r.in_writing for r in rows),
            "spoken": sum(r.spoken for r in rows), "confirmed": sum(r.confirmed for r in rows),
            "unwritten": sum(r.unwritten for r in rows),
        },
        "may_open": officer.may(Permission.READ_RECORDS),
    }  # fmt: skip
    return render(request, "referrals/written.html", context)


def _owed_in_writing() -> QuerySet[Obligation]:
    return Obligation.objects.open().filter(
        subject_type="referrals.referral", requirement="referrals.written-confirmation"
    )


def _to_chase(officer: Officer) -> list[Referral]:
    """The referrals whose written confirmation is overdue and was not chased yet, longest overdue first."""
    overdue = _owed_in_writing().filter(due_at__lt=now(), subject_id=OuterRef("pk"))
    rows = Referral.objects.writable_by(officer).filter(Exists(overdue), chasers=None)
    return list(rows.select_related("agency").order_by("received_at")[:50])


@require_http_methods(["GET", "POST"])
@transaction.atomic
def chasers(request: HttpRequest) -> HttpResponse:
    """The chasers that were drafted, to copy and send; and those that are due, to draft all at once."""
    officer = officer_of(request)
    due = _to_chase(officer) if officer.may(Permission.RECORD_REFERRALS) else []
    if request.method == "POST":
        for referral in due:
            draft_chaser(referral=referral, by=officer)
        messages.success(request, f"{len(due)} chaser{'' if len(due) == 1 else 's'} drafted. Copy each to send it.")
        return redirect("referral-chasers")
    owed = _owed_in_writing().filter(subject_id=OuterRef("referral_id"))
    mine = Chaser.objects.filter(Exists(owed), referral__in=Referral.objects.visible_to(officer).values("pk"))
    page = page_of(request, mine.select_related("referral__agency", "by"))
    ids = sorted({chaser.referral_id for chaser in page})
    if ids:
        trail.write("list chasers", "referrals.referral:chasers", by=officer, why="relationship", found=ids)
    else:
        trail.nothing_shown()
    context = {
        "page": page, "rows": [(chaser, new_token()) for chaser in page], "due": due, "ways": WRITTEN_WAYS,
        "may_record": officer.may(Permission.RECORD_REFERRALS),
    }  # fmt: skip
    return render(request, "referrals/chasers.html", context)


class SentForm(Checked):
    """The monthly report went out."""

    month = forms.ChoiceField(label="Which month is it on?")
    recipients = forms.MultipleChoiceField(
        label="Who was it sent to?", choices=Recipient.choices, widget=forms.CheckboxSelectMultiple
    )
    sent_at = moment("When was it sent?")


@require_http_methods(["GET", "POST"])
@transaction.atomic
def report_sent(request: HttpRequest) -> HttpResponse:
    """Record that the report on a month was sent."""
    officer = officer_of(request)
    cycle = get_object_or_404(ReportCycle)
    months = [month for month, _ in _reports(cycle)]
    if not months:
        messages.info(request, "No month has ended yet since the report is owed.")
        return redirect("unmet-need")
    token = request.POST.get("token", "")[:32] or new_token()
    form = SentForm(
        request.POST or None, initial={"sent_at": now(), "month": f"{months[0]:%Y-%m}", "recipients": Recipient.values}
    )
    field = form.fields["month"]
    assert isinstance(field, forms.ChoiceField)  # noqa: S101 (for the type checker)
    field.choices = [(f"{month:%Y-%m}", f"{month:%B %Y}") for month in months]
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            record_report_sent(
                cycle=cycle,
                month=date.fromisoformat(f"{given['month']}-01"),
                recipients=given["recipients"],
                sent_at=given["sent_at"],
                by=officer,
                token=token,
            )
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            drop_draft(officer, form_key(request))
            messages.success(request, "The report is recorded as sent.")
            return redirect("unmet-need")
    fill(form, officer, form_key(request))
    return render(request, "referrals/report_sent.html", {"form": form, "token": token})


@require_POST
def report_start(request: HttpRequest) -> HttpResponse:
    """From this month on, the report is owed each month by whoever presses the button."""
    officer = officer_of(request)
    start_report_cycle(started_on=today().replace(day=1), officer=officer, by=officer)
    messages.success(request, "The report on unmet need is owed each month from now on.")
    return redirect("unmet-need")
