"""The list of referrals, and searching it. Names are posted, never part of an address."""

import re
from collections import Counter
from datetime import date
from typing import Any

from django import forms
from django.db import transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from goldenthread.core import trail
from goldenthread.core.clock import end_of, now, start_of
from goldenthread.core.pages import page_of
from goldenthread.obligations.models import Obligation
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals import figures
from goldenthread.standards.referrals.choices import AgencyKind, Need, WhyUnmet
from goldenthread.standards.referrals.models import Referral, month_after
from goldenthread.standards.referrals.search import find_children, key_of_terms
from goldenthread.standards.referrals.taking import begun_by

_FOUND = 50
STATES = (
    ("undecided", "No decision yet"),
    ("overdue", "Something overdue"),
    ("nobody", "No worker named"),
    ("offence", "May be an offence"),
)
WRITING = (
    ("unwritten", "Not confirmed in writing"),
    ("confirmed", "Confirmed in writing"),
    ("in-writing", "Came in writing"),
    ("spoken", "Told by word of mouth"),
)


class FilterForm(forms.Form):
    """What the list is narrowed to. A figure's link sets the same."""

    mark_optional = False
    state = forms.ChoiceField(label="Which referrals", choices=[("", "All referrals"), *STATES], required=False)
    team = forms.ModelChoiceField(
        label="Team", queryset=Team.objects.all(), required=False, to_field_name="key", empty_label="All teams"
    )
    kind = forms.ChoiceField(label="From", choices=[("", "Everyone"), *AgencyKind.choices], required=False)
    agency = forms.IntegerField(required=False, widget=forms.HiddenInput)
    writing = forms.ChoiceField(choices=[("", ""), *WRITING], required=False, widget=forms.HiddenInput)
    need = forms.ChoiceField(choices=[("", ""), *Need.choices], required=False, widget=forms.HiddenInput)
    why = forms.ChoiceField(choices=[("", ""), *WhyUnmet.choices], required=False, widget=forms.HiddenInput)
    unit = forms.CharField(required=False, widget=forms.HiddenInput)
    answered = forms.ChoiceField(
        choices=[("", ""), ("yes", "Yes"), ("no", "No")], required=False, widget=forms.HiddenInput
    )
    start = forms.DateField(required=False, widget=forms.HiddenInput)
    end = forms.DateField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, officer: Officer, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        reached = officer.team_ids_reached()
        field = self.fields["team"]
        assert isinstance(field, forms.ModelChoiceField)  # noqa: S101 (for the type checker)
        if reached is not None:  # only the box is shorter: a figure's link may name any team
            teams = Team.objects.filter(pk__in=reached).values_list("key", "name")
            field.widget.choices = [("", "All teams"), *teams]


def _span(given: dict[str, Any]) -> tuple[date, date]:
    return given.get("start") or date(1990, 1, 1), given.get("end") or month_after(now().date())


def _in_state(rows: QuerySet[Referral], state: str) -> QuerySet[Referral]:
    # Asked of each referral: a list of those that owe would be gone through again for each case file.
    owed = Obligation.objects.filter(subject_type="referrals.referral", subject_id=OuterRef("pk"))
    if state == "undecided":
        return rows.filter(Exists(owed.open().filter(requirement="referrals.decision")))
    if state == "overdue":
        return rows.filter(Exists(owed.open().filter(due_at__lt=now())))
    if state == "nobody":
        return rows.filter(case_file__worker=None)
    if state == "offence":
        return rows.filter(Exists(owed.filter(requirement="referrals.police-advised")))
    return rows


def _behind_figures(rows: QuerySet[Referral], given: dict[str, Any]) -> QuerySet[Referral]:
    start, end = _span(given)
    teams = [given["team"].pk] if given.get("team") else None
    if given.get("need") or given.get("why"):
        needs = figures.needs_in(start, end, as_at=now(), team_ids=teams)
        wanted = {name: given[name] for name in ("need", "why", "unit") if given.get(name)}
        return rows.filter(pk__in=needs.filter(**wanted).values("answer__decision__referral"))
    if answered := given.get("answered"):
        decisions: QuerySet[Any] = figures.decisions_in(start, end, as_at=now(), team_ids=teams)
        return rows.filter(pk__in=decisions.filter(is_answered=answered == "yes").values("referral"))
    if given.get("writing") or given.get("agency"):
        behind = figures.agency_referrals(start, end, as_at=now())
        spoken = Q(route__in=("phone", "in-person"))
        narrowed = {
            "unwritten": spoken & Q(is_confirmed=False),
            "confirmed": spoken & Q(is_confirmed=True),
            "in-writing": ~spoken,
            "spoken": spoken,
        }.get(given.get("writing") or "", Q())
        rows = rows.filter(pk__in=behind.filter(narrowed).values("pk"))
        return rows.filter(agency=given["agency"]) if given.get("agency") else rows
    if given.get("start"):
        rows = rows.filter(received_at__gte=start_of(start))
    if given.get("end"):
        rows = rows.filter(received_at__lte=end_of(end))
    return rows.filter(case_file__team__in=teams) if teams else rows


def narrowed(officer: Officer, form: FilterForm) -> QuerySet[Referral]:
    """The referrals that this officer may open and the filter asks for, newest first."""
    form.is_valid()
    given = form.cleaned_data
    rows = _behind_figures(Referral.objects.visible_to(officer), given)
    if kind := given.get("kind"):
        rows = rows.filter(agency_kind=kind)
    return _in_state(rows, given.get("state") or "")


@require_GET
@transaction.atomic
def referrals(request: HttpRequest) -> HttpResponse:
    """The referrals that this officer may open, fifty to a page."""
    officer = officer_of(request)
    form = FilterForm(request.GET, officer=officer)
    page = page_of(request, _listed(narrowed(officer, form)))
    figure = any(form.cleaned_data.get(field.name) for field in form.hidden_fields())
    filtered = any(form.cleaned_data.get(field.name) for field in form.visible_fields())
    return _show(request, officer, page, form=form, from_figure=figure, filtered=filtered)


def _listed(rows: QuerySet[Referral]) -> QuerySet[Referral]:
    return rows.select_related("agency", "case_file__team", "case_file__worker").prefetch_related("children")


def _show(request: HttpRequest, officer: Officer, page: Any, deed: str = "list referrals", **more: Any) -> HttpResponse:
    rows = list(page)
    ids = [row.pk for row in rows]
    terms = {"terms": more["terms"], "words": trail.sealed(more["q"])} if more.get("terms") else {}
    if ids or terms:
        trail.write(deed, "referrals.referral:list", by=officer, why="relationship", found=ids, **terms)
    else:
        trail.nothing_shown()
    owed = Obligation.objects.open().filter(subject_type="referrals.referral", subject_id__in=ids)
    open_count: Counter[int] = Counter()
    late_count: Counter[int] = Counter()
    for pk, due_at in owed.values_list("subject_id", "due_at"):
        open_count[pk] += 1
        late_count[pk] += due_at is not None and due_at < now()
    context = {
        "page": page,
        "rows": [(row, open_count[row.pk], late_count[row.pk]) for row in rows],
        "may_record": officer.may(Permission.RECORD_REFERRALS),
        "begun": len(begun_by(officer)),
        **more,
    }
    return render(request, "referrals/list.html", context)


@require_POST
@transaction.atomic
def search(request: HttpRequest) -> HttpResponse:
    """Look for a referral by its reference or a child's name. The trail keeps which were found, and no name."""
    officer = officer_of(request)
    terms = request.POST.get("q", "").strip()[:200]
    if found := re.fullmatch(r"[Rr]?0*(\d{1,12})", terms):
        referral = Referral.objects.visible_to(officer).filter(pk=int(found[1])).first()
        if referral:
            return redirect(referral)
    if not terms:
        return redirect("referrals")
    children = [match.child.pk for match in find_children(terms, limit=200)]
    rows = list(_listed(Referral.objects.visible_to(officer).filter(children__in=children).distinct())[: _FOUND + 1])
    return _show(
        request, officer, page_of(request, rows[:_FOUND]), "search referrals", searched=True, q=terms,
        more=len(rows) > _FOUND, terms=key_of_terms(terms),
    )  # fmt: skip
