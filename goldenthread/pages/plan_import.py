"""A plan from a file: read away from this process, shown with what the reader made of it, corrected, confirmed.

What was read and not yet confirmed is a draft of the officer's. Nothing of the plan is stored before it is confirmed.
"""

import json
import tempfile
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from goldenthread.core import drafts
from goldenthread.core.errors import BadInput, Refused
from goldenthread.core.keys import VERSION
from goldenthread.core.models import Draft
from goldenthread.core.versions import CHANGED, Standing, hold, is_stale, refuse_if_stale, shown, version_of
from goldenthread.exchange.comparison import compare
from goldenthread.exchange.guard import FORMATS, LARGEST, shown_name
from goldenthread.exchange.readers import read_plan_safely
from goldenthread.exchange.transport import pack, unpack
from goldenthread.pages.plan_corrections import Choice, correct, fields, find, pieces
from goldenthread.pages.plan_forms import CONFIRM_NEW, ConfirmForm, UploadForm
from goldenthread.pages.plan_preview import preview_of
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.plan.content import PlanContent
from goldenthread.plan.models import Plan
from goldenthread.plan.storing import confirm_import, content_of, likely_previous

DRAFT = "plan-import"


@dataclass(slots=True)
class Read:
    """A plan that was read and waits to be confirmed."""

    content: PlanContent
    file_name: str
    digest: str
    standing: Standing


def waiting(officer: Officer) -> Read | None:
    """The plan that this officer has read and not yet confirmed. A draft of another shape counts as none: drafts are kept
    for any form, under any name."""
    kept = drafts.load_draft(officer, DRAFT)
    if not kept:
        return None
    try:
        return Read(
            unpack(json.loads(kept["content"][0])),
            kept["file_name"][0],
            kept["digest"][0],
            Standing(version_of(kept["content"])),
        )
    except (ValueError, LookupError, TypeError):
        return None


def _hold(request: HttpRequest, officer: Officer) -> None:
    """Where something is posted: let no other window change what was read until the transaction ends."""
    if draft := Draft.objects.filter(officer=officer.get_username(), form=DRAFT).first():
        hold(request, Draft, draft.pk)


def _keep(officer: Officer, read: Read) -> None:
    text = json.dumps(pack(read.content), ensure_ascii=False)
    drafts.save_draft(officer, DRAFT, {"content": [text], "file_name": [read.file_name], "digest": [read.digest]})


def _read(upload: "UploadedFile[bytes]", as_at: date | None) -> Read:
    """Read an upload in a limited process of its own, under its own name. Raises BadInput."""
    name = shown_name(upload.name or "plan")
    if (upload.size or 0) > LARGEST:
        raise BadInput(
            f"{name}: the file has {(upload.size or 0) / 1_048_576:.0f} MB; a plan may have at most {LARGEST // 1_048_576} MB."
        )
    digest = sha256()
    with tempfile.TemporaryDirectory() as folder:
        ending = Path(name).suffix.lower()
        if ending not in FORMATS:
            raise BadInput(f"{name}: this kind of file cannot be read. Give the plan as .docx, .xlsx or .txt.")
        path = Path(folder) / f"uploaded-plan{ending}"
        with path.open("wb") as file:
            for chunk in upload.chunks():
                digest.update(chunk)
                file.write(chunk)
        return Read(read_plan_safely(path, as_at, name=name), name, digest.hexdigest(), Standing(""))


@require_http_methods(["GET", "POST"])
def upload(request: HttpRequest) -> HttpResponse:
    """Choose the file."""
    officer = officer_of(request)
    form = UploadForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        try:
            read = _read(form.cleaned_data["file"], form.cleaned_data["as_at"])
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            _keep(officer, read)
            return redirect("plan-import-preview")
    context = {"form": form, "waiting": waiting(officer)}
    return render(request, "pages/plan/import.html", context)


@require_http_methods(["GET", "POST"])
def preview(request: HttpRequest) -> HttpResponse:
    """What was read: all of it, for a person to correct and confirm."""
    officer = officer_of(request)
    _hold(request, officer)
    read = waiting(officer)
    if read is None:
        messages.warning(request, "No plan is waiting to be confirmed. Choose its file.")
        return redirect("plan-import")
    content = read.content
    held = list(Plan.objects.current())
    likely = likely_previous(content)
    first = {"title": content.title, "as_at": content.as_at, "follows": str(likely.pk) if likely else CONFIRM_NEW}
    form = ConfirmForm(request.POST if request.method == "POST" else None, initial=first, held=held)
    key = drafts.form_key(request)
    refuse_if_stale(request, form, read.standing)
    drafts.fill(form, officer, key)
    if request.method == "POST" and form.is_valid():
        content.title = form.cleaned_data["title"]
        previous = next((plan for plan in held if str(plan.pk) == form.cleaned_data["follows"]), None)
        try:
            plan = confirm_import(
                content=content,
                file_name=read.file_name,
                digest=read.digest,
                as_at=form.cleaned_data["as_at"],
                previous=previous,
                by=officer,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            drafts.drop_draft(officer, DRAFT)
            drafts.drop_draft(officer, key)
            messages.success(request, f"“{plan.title}” is imported: {len(content.source)} lines, none lost.")
            return redirect(plan)
    changes = compare(content_of(likely), content) if likely else None
    context: dict[str, object] = {
        "form": form,
        "read": read,
        "preview": preview_of(content),
        "likely": likely,
        "changes": changes,
    }
    context |= shown(request, read.standing)
    return render(request, "pages/plan/preview.html", context)


@require_http_methods(["GET", "POST"])
def correct_lines(request: HttpRequest, number: str) -> HttpResponse:
    """The lines of one recommendation, each with the field that it was put in."""
    officer = officer_of(request)
    _hold(request, officer)
    read = waiting(officer)
    rec = find(read.content, number) if read else None
    if read is None or rec is None:
        raise Http404
    lines, names = pieces(read.content, rec), fields(read.content, rec)
    error = ""
    chosen = {piece.key: Choice(piece.field, piece.joined) for piece in lines}
    if request.method == "POST":
        chosen = {
            piece.key: Choice(
                request.POST.get(f"field-{piece.key}", piece.field), f"joined-{piece.key}" in request.POST
            )
            for piece in lines
        }
        try:
            if is_stale(request, read.standing):
                raise BadInput(CHANGED)
            correct(read.content, number, chosen)
        except BadInput as refused:
            error = str(refused)
        else:
            _keep(officer, read)
            messages.success(request, f"Recommendation {number} is corrected.")
            return redirect("plan-import-preview")
    rows = [(piece, chosen[piece.key]) for piece in lines]
    numbers = [other.number for other in read.content.recommendations()]
    context: dict[str, object] = {"rec": rec, "rows": rows, "names": names, "error": error, "numbers": numbers}
    context[VERSION] = read.standing.version
    return render(request, "pages/plan/correct.html", context)


@require_POST
def discard(request: HttpRequest) -> HttpResponse:
    """Forget what was read."""
    drafts.drop_draft(officer_of(request), DRAFT)
    messages.success(request, "The plan was not imported. Nothing was stored.")
    return redirect("plans")
