"""One's own account: what is held of it, where one is signed in, and where one lives."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.core.errors import Refused
from goldenthread.people import second_factor
from goldenthread.people.access import officer_of
from goldenthread.people.forms import HomeAddressForm
from goldenthread.people.home_address import held_for, hold_home_address
from goldenthread.people.own_sessions import end_other_sessions, end_session, sessions_of
from goldenthread.people.step_up import stepped_up
from goldenthread.people.verb_page import VerbPage, doing, show

HOME_ADDRESS = (
    "Golden Thread asks a manager to look where an officer opens the record of a child who lives at the officer's own "
    "address. For that it keeps a fingerprint of the postcode and the number: nobody can read the address from it, and "
    "what you type here is not kept."
)


@require_safe
def own_account(request: HttpRequest) -> HttpResponse:
    """What is held of one's account, and what one may do about it."""
    officer = officer_of(request)
    context = {
        "twice": second_factor.has_one(officer),
        "home": held_for(officer),
        "sessions": sessions_of(request, officer),
    }
    return render(request, "people/own_account.html", context)


@require_http_methods(["GET", "POST"])
def own_home(request: HttpRequest) -> HttpResponse:
    """Say where one lives. What is held already is not shown: nobody can read it."""
    officer = officer_of(request)
    page = VerbPage(
        heading="Where you live",
        button="Keep its fingerprint",
        act=doing(hold_home_address, "A fingerprint of your address is held.", officer=officer, by=officer),
        back=reverse("own-account"),
        back_to="Your account",
        lead=HOME_ADDRESS,
    )
    return show(request, page, HomeAddressForm)


@require_POST
@stepped_up
@transaction.atomic
def own_session_end(request: HttpRequest) -> HttpResponse:
    """End one of one's own sessions, or all but this one."""
    officer, which = officer_of(request), request.POST.get("which", "")
    try:
        if which == "others":
            end_other_sessions(request, by=officer)
            messages.success(request, "Every other session of yours has ended.")
        else:
            end_session(request, which, by=officer)
            messages.success(request, "That session has ended.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("own-account")
