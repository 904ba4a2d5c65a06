"""One verb, one page: a form that keeps what was typed, says what is wrong, and goes back with a word when it is done."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.core import drafts
from goldenthread.core.errors import Refused
from goldenthread.core.versions import Standing, refuse_if_stale, shown
from goldenthread.people.access import officer_of


@dataclass(slots=True)
class VerbPage:
    """What such a page says. act: carries the verb out with the form's cleaned data, and returns what was done, in
    words. standing: what it changes, as it stands, where somebody else may change it meanwhile. back: where the person came
    from, and goes again afterwards; about: what it is about, above the form. links: where else to go, address and words;
    closed: there is nothing (more) to send, and no form; what was sent all the same is shown, to be copied."""

    heading: str
    button: str
    act: Callable[[dict[str, Any]], str]
    back: str
    back_to: str
    about: list[tuple[str, str]] = field(default_factory=list)
    lead: str = ""
    warning: str = ""
    links: list[tuple[str, str]] = field(default_factory=list)
    closed: bool = False
    template: str = "pages/verb.html"
    standing: Standing | None = None


def doing(verb: Callable[..., Any], said: str, **known: Any) -> Callable[[dict[str, Any]], str]:
    """An act that calls a verb with what is known already and with what was typed, and says what was done."""

    def act(given: dict[str, Any]) -> str:
        verb(**known, **given)
        return said

    return act


def show_new(
    request: HttpRequest,
    make: Callable[..., forms.Form],
    *,
    verb: Callable[..., Any],
    said: Callable[[Any], str],
    **page: Any,
) -> HttpResponse:
    """The page on which a record begins: it goes on to the record. verb: makes it of what was typed; said: what was done, in
    words, given what was made; page: what else the page says, as `VerbPage` has it."""

    def act(given: dict[str, Any]) -> str:
        made = verb(**given)
        new.back = made.get_absolute_url()
        return said(made)

    new = VerbPage(act=act, **page)
    return show(request, new, make)


def show(request: HttpRequest, page: VerbPage, make: Callable[..., forms.Form]) -> HttpResponse:
    """Show the form, or carry out the verb. A refusal is the form's own error: what was typed stays."""
    officer = officer_of(request)
    key = drafts.form_key(request)
    if request.method == "POST":
        form = make(request.POST)
        if page.standing:
            refuse_if_stale(request, form, page.standing)
        if form.is_valid():
            try:
                done = page.act(form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                drafts.drop_draft(officer, key)
                messages.success(request, done)
                return redirect(page.back)
    else:
        form = make(None)
        drafts.fill(form, officer, key)
    stands = shown(request, page.standing) if page.standing else {}
    return render(request, page.template, {"page": page, "form": form, **stands})
