"""The administrator's pages: an account, and what is done to it."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core import drafts, trail
from goldenthread.core.errors import BadInput, Refused
from goldenthread.core.templatetags.words import moment
from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.people import access_review, accounts, second_factor
from goldenthread.people.access import officer_of
from goldenthread.people.access_as_at import rows_as_at
from goldenthread.people.account_history import changes_of
from goldenthread.people.forms import AccountForm, AsAtForm, HomeAddressForm, NewAccountForm, ReasonForm, ReviewForm
from goldenthread.people.home_address import forget_home_address, held_for, hold_home_address
from goldenthread.people.models import Officer
from goldenthread.people.own_views import HOME_ADDRESS
from goldenthread.people.step_up import stepped_up
from goldenthread.people.verb_page import VerbPage, doing, show


@require_safe
def account(request: HttpRequest, number: int) -> HttpResponse:
    """One account: whose, what for, how it is signed in to."""
    theirs = get_object_or_404(Officer, pk=number)
    context = {
        "account": theirs,
        "twice": second_factor.has_one(theirs),
        "own": theirs.pk == officer_of(request).pk,
        "home": held_for(theirs),
        "changes": changes_of(theirs),
    }
    return render(request, "people/account.html", context)


def _show(
    request: HttpRequest,
    page: VerbPage,
    make: Callable[..., forms.Form],
    act: Callable[[dict[str, Any]], tuple[Officer, str]],
) -> HttpResponse:
    """A verb that gives out a one-time password: shown in the answer itself, so that it is kept nowhere."""
    if request.method != "POST" or not (form := make(request.POST)).is_valid():
        return show(request, page, make)
    try:
        theirs, password = act(form.cleaned_data)
    except Refused as refused:
        form.add_error(None, str(refused))
        return render(request, page.template, {"page": page, "form": form})
    drafts.drop_draft(officer_of(request), drafts.form_key(request))
    return render(request, "people/one_time_password.html", {"account": theirs, "password": password})


def _none(cleaned: dict[str, Any]) -> str:
    raise Refused("Nothing was changed: try again")


@stepped_up
@require_http_methods(["GET", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """A joiner."""
    page = VerbPage("Open an account", "Open the account", _none, reverse("accounts"), "Accounts")
    return _show(
        request, page, NewAccountForm, lambda cleaned: accounts.open_account(**cleaned, by=officer_of(request))
    )


def _page(
    theirs: Officer, heading: str, button: str, act: Callable[[dict[str, Any]], str] = _none, **more: Any
) -> VerbPage:
    about = [("Name", theirs.name), ("User name", theirs.username)]
    return VerbPage(heading, button, act, reverse("account", args=[theirs.pk]), theirs.name, about, **more)


@stepped_up
@require_http_methods(["GET", "POST"])
@transaction.atomic
def change_account(request: HttpRequest, number: int) -> HttpResponse:
    """A mover."""
    hold(request, Officer, number)
    theirs = get_object_or_404(Officer, pk=number)
    act = doing(
        accounts.change_account,
        "The account is changed. It counts from their next page.",
        officer=theirs,
        by=officer_of(request),
    )
    present = {name: getattr(theirs, name) for name in ("name", "email", "role", "team", "area", "post")}
    says = tuple((str(AccountForm.base_fields[name].label), str(value or "None")) for name, value in present.items())
    return show(
        request,
        _page(theirs, "Change this account", "Save changes", act, standing=Standing(version_of(says), now=says)),
        lambda posted: AccountForm(posted, initial=present),
    )


@stepped_up
@require_http_methods(["GET", "POST"])
def close_account(request: HttpRequest, number: int) -> HttpResponse:
    """A leaver."""
    theirs = get_object_or_404(Officer, pk=number)
    act = doing(
        accounts.close_account,
        "The account is closed, and every session of it has ended.",
        officer=theirs,
        by=officer_of(request),
    )
    warning = "They are signed out at once, wherever they are."
    return show(request, _page(theirs, "Close this account", "Close the account", act, warning=warning), ReasonForm)


@stepped_up
@require_http_methods(["GET", "POST"])
def reopen_account(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody comes back."""
    theirs = get_object_or_404(Officer, pk=number)
    return _show(
        request,
        _page(theirs, "Open this account again", "Open the account"),
        ReasonForm,
        lambda cleaned: (theirs, accounts.reopen_account(officer=theirs, by=officer_of(request), **cleaned)),
    )


@stepped_up
@require_http_methods(["GET", "POST"])
def give_new_password(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody forgot theirs."""
    theirs = get_object_or_404(Officer, pk=number)
    warning = "Make sure who asks: call them back on a number that you know."
    return _show(
        request,
        _page(theirs, "Give a one-time password", "Give a one-time password", warning=warning),
        ReasonForm,
        lambda cleaned: (theirs, accounts.new_password(officer=theirs, by=officer_of(request), **cleaned)),
    )


@stepped_up
@require_http_methods(["GET", "POST"])
def reset_second_factor(request: HttpRequest, number: int) -> HttpResponse:
    """Somebody lost their phone and their recovery codes."""
    theirs = get_object_or_404(Officer, pk=number)
    act = doing(
        accounts.reset_second_factor,
        "The second factor is taken away, and every session of the account has ended.",
        officer=theirs,
        by=officer_of(request),
    )
    warning = "Make sure who asks: call them back on a number that you know."
    page = _page(theirs, "Take the second factor away", "Take it away", act, warning=warning)
    return show(request, page, ReasonForm)


@stepped_up
@require_http_methods(["GET", "POST"])
def home_address(request: HttpRequest, number: int) -> HttpResponse:
    """Where an officer lives, as the council's own records say. Nobody's own: that is on the own account's page."""
    theirs = get_object_or_404(Officer.objects.exclude(pk=officer_of(request).pk), pk=number)
    act = doing(hold_home_address, "A fingerprint of the address is held.", officer=theirs, by=officer_of(request))
    page = _page(theirs, "Where this officer lives", "Keep its fingerprint", act, lead=HOME_ADDRESS)
    return show(request, page, HomeAddressForm)


@stepped_up
@require_http_methods(["GET", "POST"])
def forget_home(request: HttpRequest, number: int) -> HttpResponse:
    """The fingerprint of an address is no longer held for the time from now on."""
    theirs = get_object_or_404(Officer.objects.exclude(pk=officer_of(request).pk), pk=number)
    act = doing(
        forget_home_address, "From now on no address is held for this officer.", officer=theirs, by=officer_of(request)
    )
    return show(request, _page(theirs, "Hold no address for this officer", "Hold none", act), forms.Form)


@require_safe
def review_access(request: HttpRequest) -> HttpResponse:
    """The accounts that one answers for, and what was last said of each; as they stand now, or stood at a day's end."""
    trail.nothing_shown()
    theirs = accounts.reviewed_by(officer_of(request))
    form = AsAtForm({"as-at": request.GET["as-at"]} if request.GET.get("as-at") else None)
    if form.is_bound and form.is_valid():
        try:
            return render(request, "people/access_as_at.html", {"form": form, "found": rows_as_at(theirs, form.day)})
        except BadInput as bad:
            form.add_error("as-at", str(bad))
    context = {"rows": access_review.rows(theirs), "me": officer_of(request), "form": form}
    return render(request, "people/access_review.html", context)


@require_http_methods(["GET", "POST"])
def review_account(request: HttpRequest, number: int) -> HttpResponse:
    """Say of one account that it is right, or what should change."""
    reviewer = officer_of(request)
    trail.nothing_shown()
    theirs = get_object_or_404(accounts.reviewed_by(reviewer).exclude(pk=reviewer.pk), pk=number)

    def act(cleaned: dict[str, Any]) -> str:
        accounts.review(officer=theirs, by=reviewer, **cleaned)
        return f"Your review of {theirs.name}'s account is recorded."

    about = [("Name", theirs.name), ("Role", theirs.role_data.title), ("Team", str(theirs.team or "None"))]
    about += [
        (moment(change.at), f"{change.what}, by {change.by}{f': {change.reason}' if change.reason else ''}")
        for change in changes_of(theirs)
    ]
    page = VerbPage("Review this account", "Record review", act, reverse("access-review"), "Access review", about)
    return show(request, page, ReviewForm)
