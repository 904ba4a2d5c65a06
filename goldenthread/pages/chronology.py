"""A case file's chronology as a file to print: for whoever may read the chronology, and on the trail as a print."""

from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from goldenthread.cases.models import CaseFile
from goldenthread.cases.opening import opened_file
from goldenthread.core.clock import now
from goldenthread.people.access import officer_of
from goldenthread.reports import formats
from goldenthread.reports.chronology import chronology_document as document_of
from goldenthread.standards.allocation.chronology.forms import FilterForm
from goldenthread.standards.allocation.chronology.reading import asked_for, chronology_of, people_around, reviews_of
from goldenthread.standards.allocation.chronology.views.reading import FORMATS


@require_safe
@transaction.atomic
def chronology_document(request: HttpRequest, pk: int, kind: str) -> HttpResponse:
    """The chronology, narrowed as its page is, in one format. The file's name names the case file and nobody."""
    officer = officer_of(request)
    found = CaseFile.objects.visible_to(officer).filter(pk=pk).first()
    if found is None or kind not in FORMATS:
        raise Http404
    children, people = list(found.children.all()), people_around(found)
    form = FilterForm(request.GET, children=children, people=people)
    form.is_valid()
    reviews = reviews_of(found)
    events = chronology_of(found).narrowed(asked_for(form.cleaned_data, reviews))
    narrowed = form.in_words()
    shown = [subject for event in events for subject in event.subjects]
    found = opened_file(officer, pk, "print chronology", format=kind, whole=not narrowed, records=shown)
    document = document_of(
        found, children=children, people=dict(people), events=events, reviews=reviews, narrowed=narrowed, at=now(),
        by=officer.name,
    )  # fmt: skip
    response = HttpResponse(formats.render(document, kind), content_type=formats.CONTENT_TYPES[kind])
    response["Content-Disposition"] = content_disposition_header(True, formats.file_name(document.title, kind))
    return response
