"""A referral's page, and the pages of what is done on it."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.contrib import messages
from django.db import models, transaction
from django.db.models import Exists, OuterRef
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods

from goldenthread.cases.beside import links_beside
from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_record
from goldenthread.core.clock import now
from goldenthread.core.drafts import drop_draft, fill, form_key
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.fields import MomentField
from goldenthread.core.models import Draft
from goldenthread.core.templatetags.words import moment as moment_in_words
from goldenthread.core.versions import hold, refuse_if_stale, shown
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.owed_on import Duty, owed_on
from goldenthread.obligations.settling import settled_at
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.standards.referrals.choices import WRITTEN_WAYS, Route, in_words
from goldenthread.standards.referrals.deeds import BY_KEY, SETTLED_BY, Deed, initial
from goldenthread.standards.referrals.forms import Checked, new_token
from goldenthread.standards.referrals.models import Amendment, Decision, OnwardReferral, Referral, UnmetNeed
from goldenthread.standards.referrals.taking import needs_from
from goldenthread.standards.referrals.timeline import timeline, unmet_now, with_everything
from goldenthread.standards.referrals.unmet_need import answer_unmet_need
from goldenthread.standards.referrals.views.needs import needs_page

View = Callable[..., HttpResponse]


def opened(officer: Officer, pk: int) -> Referral:
    """The referral, with a trail entry of its being read. Raises Http404 where the officer may not open it.

    another_closed: whether another file of one of its children was ever closed, which later rooms ask more about.
    """
    closed = CaseFile.objects.filter(children__referrals=OuterRef("pk"), closed_at__isnull=False)
    asked = Referral.objects.annotate(another_closed=Exists(closed.exclude(pk=OuterRef("case_file"))))
    return opened_record(officer, with_everything(asked), pk, "read referral")


def _subject_words(key: str, referral: Referral) -> str:
    kind, _, number = key.partition("-")
    rows: list[Any] = list(referral.onward_referrals.all() if kind == "onward" else referral.decisions.all())
    row = next((row for row in rows if str(row.pk) == number), None)
    if isinstance(row, OnwardReferral):
        return f"to {row.agency.name}"
    return f"at the decision “{row.get_what_display().lower()}”" if isinstance(row, Decision) else ""


def _settled_at(obligation: Obligation, referral: Referral, officer: Officer) -> tuple[str, str]:
    """The page on which something owed is settled, and its button; nothing where this officer may not."""
    number = obligation.key.partition("-")[2]
    if obligation.requirement == "referrals.unmet-need-recorded":
        may = officer.may(Permission.RECORD_REFERRALS)
        return (reverse("referral-unmet", args=[referral.pk, number]), "Record unmet need") if may else ("", "")
    if elsewhere := settled_at(obligation.requirement):
        may = officer.may(elsewhere.permission)
        return (reverse(elsewhere.url_name, args=[referral.pk]), elsewhere.button) if may else ("", "")
    deed = SETTLED_BY.get(obligation.requirement)
    if deed is None or not officer.may(deed.permission):
        return "", ""
    return reverse(deed.url_name, args=[referral.pk, *([number] if deed.target else [])]), deed.title


def _seen_at(obligation: Obligation, referral: Referral, officer: Officer) -> str:
    """Where a later room shows what settled it; nothing where this officer may not."""
    elsewhere = settled_at(obligation.requirement)
    may = elsewhere is not None and elsewhere.shows and officer.may(elsewhere.permission)
    return reverse(elsewhere.url_name, args=[referral.pk]) if elsewhere and may else ""


def duties(referral: Referral, officer: Officer) -> tuple[list[Duty], list[Duty]]:
    """What is owed on the referral, soonest due first; and what is settled or excused."""
    return owed_on(
        referral,
        officer,
        settle=lambda row: _settled_at(row, referral, officer),
        about=lambda row: _subject_words(row.key, referral),
        ways=lambda row: WRITTEN_WAYS if row.requirement == "referrals.written-confirmation" else (),
        seen=lambda row: _seen_at(row, referral, officer),
        later=True,
    )


@require_GET
@transaction.atomic
def show(request: HttpRequest, pk: int) -> HttpResponse:
    """Everything about one referral."""
    officer = officer_of(request)
    referral = opened(officer, pk)
    owed, settled = duties(referral, officer)
    may = officer.may(Permission.RECORD_REFERRALS)
    more = [BY_KEY[key] for key in ("onward", "decide", "assign", "offence") if officer.may(BY_KEY[key].permission)]
    chase = any(d.ways for d in owed)
    buttons = {duty.button for duty in owed}
    more = [deed for deed in more if deed.title not in buttons]
    if (seen := referral.seen_as_offence()) and BY_KEY["police"].title not in buttons:
        more.insert(0, BY_KEY["police"])
    context = {
        "referral": referral,
        "owed": owed,
        "settled": settled,
        "entries": timeline(referral),
        "unmet": unmet_now(referral),
        "may_record": may,
        "may_read_trail": officer.may(Permission.READ_TRAIL),
        "more": [*more, *([BY_KEY["chase"]] if chase else [])] if may else [],
        "seen_as_offence": seen,
        "amendments": [(AMENDED[a.field], _was(a), a) for a in referral.amendments.all()],
        "came": in_words(referral.route),
        "token": new_token(),
        "beside": links_beside(referral, officer),
    }
    return render(request, "referrals/referral.html", context)


AMENDED = {
    "received_at": "When it was received",
    "route": "How it reached us",
    "concern": "The concern",
    "referrer_name": "The name of the person",
    "referrer_contact": "How to reach them",
}


def _was(amendment: Amendment) -> str:
    """What it said before, in words."""
    if amendment.field == "received_at":
        return moment_in_words(datetime.fromisoformat(amendment.was))
    return str(dict(Route.choices).get(amendment.was, amendment.was)) if amendment.field == "route" else amendment.was


def _received_now(posted: QueryDict) -> QueryDict:
    """What was posted; with the time now in its boxes, where one press said that the writing has just come."""
    if posted.get("when") != "now":
        return posted
    posted = posted.copy()
    for box, value in zip(("day", "month", "year", "time"), MomentField.boxes.decompress(now()), strict=True):
        posted[f"received_at_{box}"] = str(value)
    return posted


def _target(deed: Deed, referral: Referral, pk: int | None) -> models.Model | None:
    if deed.target is None:
        return None
    found: models.Model
    if deed.target is OnwardReferral:
        found = get_object_or_404(OnwardReferral, pk=pk, referral=referral)
    else:
        found = get_object_or_404(UnmetNeed, pk=pk, answer__decision__referral=referral)
    return found


def _about(target: models.Model | None) -> str:
    if isinstance(target, OnwardReferral):
        return f"Referred to {target.agency.name}: {target.purpose}"
    return f"Needed: {target.needed}" if isinstance(target, UnmetNeed) else ""


def deed_view(key: str) -> View:
    """The page of one deed."""
    deed = BY_KEY[key]

    @require_http_methods(["GET", "POST"])
    @transaction.atomic
    def page(request: HttpRequest, pk: int, target: int | None = None) -> HttpResponse:
        officer = officer_of(request)
        hold(request, Referral, pk)
        referral = opened(officer, pk)
        on = _target(deed, referral, target)
        token = request.POST.get("token", "")[:32] or new_token()
        options: dict[str, Any] = {"reached": officer.team_ids_reached()} if deed.key == "assign" else {}
        form = deed.form(_received_now(request.POST) or None, initial=initial(deed, referral, officer), **options)
        if isinstance(form, Checked):
            form.began = referral.received_at
        stands = deed.standing(referral) if deed.standing else None
        if stands:
            refuse_if_stale(request, form, stands)
        if request.method == "POST" and form.is_valid():
            try:
                deed.verb(referral, on, officer, token, form.cleaned_data)
            except NotAllowed:
                raise Http404 from None
            except Refused as refusal:
                form.add_error(None, str(refusal))
            else:
                drop_draft(officer, form_key(request))
                messages.success(request, deed.done)
                if request.GET.get("from") == "chasers":
                    return redirect("referral-chasers")
                still = Referral.objects.visible_to(officer).filter(pk=pk).exists()
                return redirect(referral) if still else redirect("referrals")
        drafted = fill(form, officer, form_key(request))
        context = {
            "deed": deed, "form": form, "referral": referral, "about": _about(on), "token": token, "drafted": drafted,
            **(shown(request, stands) if stands else {}),
        }  # fmt: skip
        return render(request, "referrals/deed.html", context)

    return page


@require_http_methods(["GET", "POST"])
@transaction.atomic
def unmet(request: HttpRequest, pk: int, target: int) -> HttpResponse:
    """Unmet need at one decision."""
    officer = officer_of(request)
    referral = opened(officer, pk)
    decision = get_object_or_404(Decision, pk=target, referral=referral)
    key = f"unmet:{decision.pk}"
    kept = Draft.objects.filter(officer=officer.get_username(), form=key).first()
    words: dict[str, list[str]] = dict(kept.data) if kept else {}

    def save() -> None:
        Draft.objects.update_or_create(
            officer=officer.get_username(), form=key, defaults={"data": words, "saved_at": now()}
        )

    def done(answer: str) -> HttpResponse:
        answer_unmet_need(
            decision=decision,
            needs=needs_from(words) if answer == "needs" else [],
            occurred_at=now(),
            by=officer,
            correction_reason="More was found to be unmet after this was answered",
            token=request.POST.get("token", "")[:32] or None,
        )
        drop_draft(officer, key)
        messages.success(request, "Unmet need is recorded.")
        return redirect(referral)

    return needs_page(
        request,
        words=words,
        save=save,
        done=done,
        context={"back": referral.get_absolute_url(), "caption": f"Referral {referral.reference}"},
    )
