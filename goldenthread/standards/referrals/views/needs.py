"""The page of unmet need: add one need after another, or say that nothing was unmet. Used at each decision point."""

import json
from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from goldenthread.core.drafts import Words, drop_draft, fill, form_key, words_of
from goldenthread.people.access import officer_of
from goldenthread.standards.referrals.choices import WhyUnmet
from goldenthread.standards.referrals.forms import NeedForm, new_token
from goldenthread.standards.referrals.taking import needs_from


def needs_page(
    request: HttpRequest,
    *,
    words: Words,
    save: Callable[[], None],
    done: Callable[[str], HttpResponse],
    context: dict[str, Any],
    may_leave: bool = False,
) -> HttpResponse:
    """Keeps the needs in `words` (under “unmet-items”) and calls `done` with “nothing”, “needs” or “later”."""
    officer, do = officer_of(request), request.POST.get("do", "")
    form = NeedForm(prefix="need")
    if request.method == "POST":
        typed = {n: v for n, v in words_of(request.POST).items() if n.startswith("need-")}
        if do in {"nothing", "later"}:
            words.pop("unmet-items", None)
            drop_draft(officer, form_key(request))
            return done(do)
        if do.startswith("remove:") and do[7:].isdigit():
            kept = words.get("unmet-items", [])
            words["unmet-items"] = [item for number, item in enumerate(kept) if number != int(do[7:])]
            save()
            return redirect(request.path)
        if do == "continue" and not typed and needs_from(words):
            return done("needs")
        form = NeedForm(request.POST, prefix="need")
        if form.is_valid():
            words["unmet-items"] = [*words.get("unmet-items", []), json.dumps(typed)]
            words["unmet-answer"] = ["needs"]
            save()
            drop_draft(officer, form_key(request))
            return done("needs") if do == "continue" else redirect(request.path)
    else:
        fill(form, officer, form_key(request))
    items = [(item, WhyUnmet(item.why).label) for item in needs_from(words)]
    return render(
        request,
        "referrals/needs.html",
        {**context, "form": form, "items": items, "may_leave": may_leave, "token": new_token()},
    )
