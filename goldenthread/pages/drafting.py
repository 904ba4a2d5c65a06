"""Keeping what is typed while it is typed."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from goldenthread.core import drafts
from goldenthread.core.keys import KEY
from goldenthread.people.access import officer_of

_NEWER = "Draft not saved: another window has newer words of this form. Send one of the two, or close it"


@require_POST
def draft(request: HttpRequest) -> HttpResponse:
    """Keep the posted fields as the officer's draft of the form that ?form= names. Answers 204; 400 for no name; 200
    and why, in words to show, where another window has kept newer words of the same form: those stay."""
    form = request.GET.get("form", "")
    if not form:
        return HttpResponse("which form?", status=400, content_type="text/plain")
    words, tab = drafts.words_of(request.POST), request.POST.get(KEY, "")
    kept = drafts.save_draft(officer_of(request), form, words, tab=tab)
    if not kept:
        return HttpResponse(_NEWER, content_type="text/plain; charset=utf-8")
    return HttpResponse(status=204)
