"""The trail's pages, for those who manage: who has seen a record, what an officer has seen, what to ask about, and
accounting for a random sample. Reading them is on the trail."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django import forms
from django.contrib import messages
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core import drafts, trail
from goldenthread.core.clock import today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import Account, TrailEntry
from goldenthread.core.pages import page_of
from goldenthread.pages.seen import Narrowed, SeenRow, deeds_in, line_for, read_about, read_by, rows_of
from goldenthread.pages.snooping import snooping_report
from goldenthread.people.access import officer_of
from goldenthread.people.accounting import account_for, accounts_for, draw_sample, line_of

_ISO = "%Y-%m-%d"
_DAY = forms.DateInput(format=_ISO, attrs={"type": "date"})


class NarrowForm(forms.Form):
    """What the list is narrowed to."""

    mark_optional = False
    first = forms.DateField(label="From", required=False, widget=_DAY, input_formats=[_ISO])
    last = forms.DateField(label="To", required=False, widget=_DAY, input_formats=[_ISO])
    deed = forms.CharField(label="What was done", required=False, max_length=80, widget=forms.Select)

    def narrowed(self) -> Narrowed:
        """What was asked; what makes no sense is left out, and said beside its box."""
        self.is_valid()
        given = self.cleaned_data
        return Narrowed(given.get("first"), given.get("last"), given.get("deed") or "")

    def offer(self, deeds: list[str]) -> None:
        """The deeds to choose from."""
        widget = self.fields["deed"].widget
        assert isinstance(widget, forms.Select)  # noqa: S101 (for the type checker)
        widget.choices = [("", "Everything"), *((deed, deed.capitalize()) for deed in deeds)]


def _note_named(request: HttpRequest, rows: Iterable[SeenRow]) -> None:
    """One entry on the trail with the records that the page names."""
    if records := sorted({key for row in rows for key in row.keys}):
        page = request.resolver_match.view_name if request.resolver_match else ""
        trail.write("see list", f"page:{page}", by=officer_of(request), why="line of management", records=records)


def _list(
    request: HttpRequest,
    form: NarrowForm,
    entries: QuerySet[TrailEntry],
    everything: QuerySet[TrailEntry],
    **words: Any,
) -> HttpResponse:
    page = page_of(request, entries)
    rows = rows_of(list(page), officer_of(request))
    _note_named(request, rows)
    form.offer(deeds_in(everything))
    return render(request, "pages/trail/list.html", {"page": page, "rows": rows, "form": form, **words})


@require_safe
@transaction.atomic
def index(request: HttpRequest) -> HttpResponse:
    """The officers of the reader's line, and the accounts that are asked for."""
    officer, words = officer_of(request), request.GET.get("q", "").strip()[:80]
    trail.nothing_shown()
    context = {
        "page": page_of(request, line_for(officer, words)),
        "q": words,
        "due": accounts_for(officer).filter(answered_at=None).count(),
    }
    return render(request, "pages/trail/index.html", context)


@require_safe
@transaction.atomic
def record(request: HttpRequest, subject_type: str, pk: int) -> HttpResponse:
    """Who has seen this: everything on the trail about the case file that a record is on."""
    officer, form = officer_of(request), NarrowForm(request.GET)
    key = f"{subject_type}:{pk}"
    try:
        everything = read_about(key, by=officer)
    except NotAllowed:
        raise Http404 from None
    back = reverse("referral", args=[pk]) if subject_type == "referrals.referral" else reverse("trail")
    return _list(
        request, form, form.narrowed().of(everything), everything, title="Who has seen this", about="", back=back
    )


@require_safe
@transaction.atomic
def officer_seen(request: HttpRequest, pk: int) -> HttpResponse:
    """What one officer has seen and done."""
    officer, form = officer_of(request), NarrowForm(request.GET)
    seen = get_object_or_404(line_of(officer), pk=pk)
    everything = read_by(seen.username, by=officer)
    about = f"{seen.name}, {seen.role_data.title}"
    return _list(
        request, form, form.narrowed().of(everything), everything,
        title="What this officer has seen", about=about, back=reverse("trail"),
    )  # fmt: skip


class PeriodForm(forms.Form):
    """From which day to which."""

    mark_optional = False
    first = forms.DateField(label="From", widget=_DAY, input_formats=[_ISO])
    last = forms.DateField(label="To", widget=_DAY, input_formats=[_ISO])

    def clean(self) -> dict[str, Any]:
        """The end is no earlier than the beginning."""
        given = super().clean() or {}
        if given.get("first") and given.get("last") and given["last"] < given["first"]:
            raise forms.ValidationError("The period ends before it begins")
        return given


@require_http_methods(["GET", "HEAD", "POST"])
@transaction.atomic
def snooping(request: HttpRequest) -> HttpResponse:
    """Accesses to ask about in a period; posting draws its random sample."""
    officer = officer_of(request)
    yesterday = today() - timedelta(days=1)
    asked = request.POST or request.GET
    began = {"first": yesterday - timedelta(days=27), "last": yesterday}
    form = PeriodForm(asked if "first" in asked else began)
    if not form.is_valid():
        trail.nothing_shown()
        return render(request, "pages/trail/snooping.html", {"form": form})
    first, last = form.cleaned_data["first"], form.cleaned_data["last"]
    if request.method == "POST":
        try:
            drawn = draw_sample(first=first, last=last, by=officer)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, f"{drawn} view{'' if drawn == 1 else 's'} drawn for managers to account for.")
        return redirect(f"{reverse('trail-snooping')}?first={first}&last={last}")
    found = snooping_report(first, last, by=officer)
    people = {one.username: one for one in line_of(officer)}
    sections = [(section, [(people[line.officer], line) for line in section.lines]) for section in found.sections]
    return render(request, "pages/trail/snooping.html", {"form": form, "found": found, "sections": sections})


class AccountForm(forms.Form):
    """Was a view needed for the work?"""

    needed = forms.ChoiceField(
        label="Was it needed for the officer's work?",
        choices=[("yes", "Yes"), ("no", "No, or I cannot tell")],
        widget=forms.RadioSelect(attrs={"class": "govuk-radios--inline"}),
    )
    answer = forms.CharField(
        label="Why do you think so?",
        help_text="What you asked, and what you were told. Name no child here",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


@require_safe
@transaction.atomic
def accounts(request: HttpRequest) -> HttpResponse:
    """The views drawn at random for which this manager accounts: those to answer first."""
    officer = officer_of(request)
    page = page_of(request, accounts_for(officer).order_by("answered_at", "pk"))
    entries = TrailEntry.objects.in_bulk([account.entry for account in page])
    shown = [account for account in page if account.entry in entries]
    if shown:
        trail.write(
            "read trail", "trail:accounts", by=officer, why="line of management", accounts=[a.pk for a in shown]
        )
    else:
        trail.nothing_shown()
    seen = rows_of([entries[account.entry] for account in shown], officer)
    _note_named(request, seen)
    rows: list[tuple[Account, SeenRow]] = list(zip(shown, seen, strict=True))
    return render(request, "pages/trail/accounts.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "POST"])
@transaction.atomic
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """Account for one view."""
    officer = officer_of(request)
    held = get_object_or_404(accounts_for(officer), pk=pk)
    entry = get_object_or_404(TrailEntry, pk=held.entry)
    trail.write("read trail", held, by=officer, why="line of management", entry=entry.pk)
    form, key = AccountForm(request.POST or None), drafts.form_key(request)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            account_for(account=held, needed=given["needed"] == "yes", answer=given["answer"], by=officer)
        except NotAllowed:
            raise Http404 from None
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.drop_draft(officer, key)
            messages.success(request, "You have accounted for it.")
            return redirect("trail-accounts")
    drafted = drafts.fill(form, officer, key)
    row = rows_of([entry], officer)[0]
    _note_named(request, [row])
    context = {"account": held, "row": row, "form": form, "drafted": drafted}
    return render(request, "pages/trail/account.html", context)
