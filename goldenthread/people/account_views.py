"""The administrator's pages about one account. Each change asks for a recent proof of who the administrator is."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_safe

from goldenthread.core.versions import Standing, hold, version_of
from goldenthread.people import actions
from goldenthread.people.access import officer_of
from goldenthread.people.account_forms import ChangeForm, CloseForm, OpenForm
from goldenthread.people.models import Officer
from goldenthread.people.step_up import stepped_up
from goldenthread.people.verb_page import VerbPage, show

_asks = require_http_methods(["GET", "POST"])


@require_safe
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account: what it is, and what can be done about it."""
    return render(request, "people/account.html", {"account": _account(pk)})


@_asks
@stepped_up
def open_account(request: HttpRequest) -> HttpResponse:
    """An account for somebody who joins."""
    return _with_password(
        request,
        lambda words: actions.open_account(**words, by=officer_of(request)),
        VerbPage("Open an account", "Open account", _nothing, reverse("accounts"), "Accounts"),
        OpenForm,
    )


@_asks
@stepped_up
@transaction.atomic
def change_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Name, role, team, area or post of somebody who moves."""
    hold(request, Officer, pk)
    found, by = _account(pk), officer_of(request)

    def act(words: dict[str, Any]) -> str:
        changed = actions.change_account(officer=found, by=by, **words)
        return f"The account of {words['name']} is changed." if changed else "Nothing was changed."

    def form(posted: Any) -> forms.Form:
        return ChangeForm(posted, initial={field: getattr(found, field) for field in ChangeForm.base_fields})

    page = VerbPage("Change an account", "Change account", act, _page(found), found.name, [("Account", found.username)])
    shown = [(field, getattr(found, field)) for field in ChangeForm.base_fields]
    says = tuple((str(ChangeForm.base_fields[field].label or field), str(value or "none")) for field, value in shown)
    page.standing = Standing(version_of([str(value) for _, value in shown]), now=says)
    return show(request, page, form)


@_asks
@stepped_up
def close_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account of somebody who leaves."""
    found, by = _account(pk), officer_of(request)

    def act(words: dict[str, Any]) -> str:
        actions.close_account(officer=found, by=by, **words)
        return f"The account of {found.name} is closed."

    page = VerbPage("Close an account", "Close account", act, _page(found), found.name, [("Account", found.username)])
    page.warning = "Whoever is signed in with it now is signed out at once. What they recorded stays."
    return show(request, page, CloseForm)


@_asks
@stepped_up
def reopen_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Open a closed account again."""
    found = _account(pk)
    page = VerbPage("Reopen an account", "Reopen account", _nothing, _page(found), found.name)
    page.about = [("Account", found.username), ("Role", found.role_data.title)]
    return _with_password(
        request, lambda _: (found, actions.reopen_account(officer=found, by=officer_of(request))), page, forms.Form
    )


@_asks
@stepped_up
def issue_password(request: HttpRequest, pk: int) -> HttpResponse:
    """A new password for somebody who cannot sign in."""
    found = _account(pk)
    page = VerbPage("Give a new password", "Give new password", _nothing, _page(found), found.name)
    page.about = [("Account", found.username)]
    page.warning = "Make sure that it is they who ask. Their present password stops working, and they are signed out."
    return _with_password(
        request, lambda _: (found, actions.issue_password(officer=found, by=officer_of(request))), page, forms.Form
    )


def _account(pk: int) -> Officer:
    return get_object_or_404(Officer.objects.select_related("team", "area", "post"), pk=pk)


def _page(officer: Officer) -> str:
    return reverse("account", args=[officer.pk])


def _nothing(_: dict[str, Any]) -> str:
    return ""


def _with_password(
    request: HttpRequest,
    act: Callable[[dict[str, Any]], tuple[Officer, str]],
    page: VerbPage,
    make: Callable[..., forms.Form],
) -> HttpResponse:
    """A verb that makes a password: shown in the answer itself, once, and kept nowhere."""
    made: list[tuple[Officer, str]] = []

    def noted(words: dict[str, Any]) -> str:
        made.append(act(words))
        return page.heading

    page.act = noted
    answer = show(request, page, make)
    if not made:
        return answer
    officer, password = made[0]
    return render(request, "people/password_once.html", {"account": officer, "password": password})
