"""The pages of two records of one child: finding the other, comparing, merging, taking back and settling."""

from dataclasses import dataclass, field
from typing import Any

from django.contrib import messages
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import Address, CaseFile, Child, Merge, MergedRow, OtherName
from goldenthread.cases.opening import children_as_keys, opened_file
from goldenthread.cases.sight import closed_children
from goldenthread.core import trail
from goldenthread.core.errors import Refused
from goldenthread.core.templatetags.words import day
from goldenthread.core.versions import hold
from goldenthread.people.access import officer_of
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission
from goldenthread.people.verb_page import VerbPage, show
from goldenthread.standards.assessment.household import standing
from goldenthread.standards.assessment.household.forms import FindForm, MergeForm, TakeMergeBackForm
from goldenthread.standards.assessment.household.hanging import counts, file_of, key_called
from goldenthread.standards.assessment.household.known import Known, known_of, words_of
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.assessment.household.unmerging import settle, take_merge_back
from goldenthread.standards.assessment.household.views.child import opened_child
from goldenthread.standards.referrals.search import find_children, key_of_terms

_PURPOSES = {
    "merge": ("Find the other record of this child", "Compare"),
    "sibling": ("Find a brother or sister", "Choose"),
}


@require_http_methods(["GET", "POST"])
@transaction.atomic
def find(request: HttpRequest, pk: int, child: int, purpose: str) -> HttpResponse:
    """Find another child among those whose record is open to the officer."""
    officer = officer_of(request)
    found, held = opened_child(officer, pk, child)
    if purpose not in _PURPOSES or (purpose == "merge" and not officer.may(Permission.MERGE_CHILDREN)):
        raise Http404
    form = FindForm(request.POST or None, initial={"name": held.name})
    rows: list[tuple[Child, str, str]] | None = None
    if request.method == "POST" and form.is_valid():
        rows = _found(officer, found, held, purpose, form.cleaned_data["name"])
    heading, choose = _PURPOSES[purpose]
    context = {"case_file": found, "child": held, "form": form, "rows": rows, "heading": heading, "choose": choose}
    return render(request, "household/find.html", context)


def _found(officer: Officer, case_file: CaseFile, held: Child, purpose: str, name: str) -> list[tuple[Child, str, str]]:
    restricted, known = closed_children(officer)
    matches = find_children(name, limit=60, without={*restricted, *known, held.pk})
    visible = CaseFile.objects.visible_to(officer)
    ids = [match.child.pk for match in matches]
    open_to = set(visible.filter(children__in=ids).values_list("children", flat=True))
    shown = [match for match in matches if match.child.pk in open_to][:20]
    trail.write(
        "search children", "cases.child:search", by=officer, why="comparing records",
        found=[match.child.pk for match in shown], terms=key_of_terms(name), words=trail.sealed(name),
    )  # fmt: skip

    def url(child: Child) -> str:
        if purpose == "merge":
            return reverse("child-merge", args=[case_file.pk, held.pk, child.pk])
        return reverse("child-add", args=[case_file.pk, held.pk, "sibling"]) + f"?other={child.pk}"

    return [(match.child, ", ".join(match.reasons), url(match.child)) for match in shown]


@dataclass(frozen=True, slots=True)
class Compared:
    """One line of two records side by side."""

    title: str
    one: str
    other: str

    @property
    def differs(self) -> bool:
        """Whether they say different things."""
        return self.one != self.other


def _first(entries: list[Any]) -> str:
    return "; ".join(entries[0].words) if entries and not entries[0].withdrawn else "not recorded"


def _address(known: Known) -> str:
    now = next((one for one in known.addresses if one.now), None)
    if now is None:
        return "not recorded"
    words = "Confidential" if now.address.confidential else f"{now.address.lines} {now.address.postcode}".strip()
    return f"{words}, since {day(now.address.since)}"


def _lines(known: Known, officer: Officer) -> dict[str, str]:
    child = known.child
    files = child.case_files.order_by("pk")
    shown = list(files.filter(pk__in=CaseFile.objects.visible_to(officer).values("pk")).select_related("team"))
    more = files.count() - len(shown)
    said = [f"{file.reference}, {file.team}{' (closed)' if file.closed_at else ''}" for file in shown]
    names = ", ".join(name.name for name in known.names)
    return {
        "Name": child.name,
        "Other names": names or "none",
        "Date of birth": (day(child.date_of_birth) or "not known")
        + (" (a guess)" if child.birth_date_is_estimate else ""),
        "Sex": child.get_sex_display(),
        "Ethnicity": _first(known.ethnicity),
        "Languages": _first(known.languages),
        "Disability": _first(known.disability),
        "Communication": _first(known.communication),
        "Address now": _address(known),
        "People around the child": ", ".join(one.name for one in known.people if not one.who.withdrawn) or "none",
        "Case files": "; ".join([*said, *([f"{more} not open to you"] if more else [])]),
    }


def _compared(one: Child, other: Child, officer: Officer) -> list[Compared]:
    left, right = (_lines(known_of(child, officer), officer) for child in (one, other))
    rows = [Compared(title, left[title], right[title]) for title in left]
    hanging = [{key.label: (key.title, number) for key, number in counts(child)} for child in (one, other)]
    told = {"cases.othername.child", "cases.casefile_children.child"}
    for label in sorted(set(hanging[0]) | set(hanging[1])):
        if label not in told:
            title = (hanging[0].get(label) or hanging[1][label])[0].capitalize()
            numbers = [str(of.get(label, ("", 0))[1]) for of in hanging]
            rows.append(Compared(title, *numbers))
    return rows


@dataclass(slots=True)
class _MergePage(VerbPage):
    """With the lines of the two records."""

    compared: list[Compared] = field(default_factory=list)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def merge_page(request: HttpRequest, pk: int, child: int, other: int) -> HttpResponse:
    """Two records side by side, and which of them stays."""
    officer = officer_of(request)
    for one in sorted((child, other)):
        hold(request, Child, one)
    if request.method == "POST" and (already := _one_already(child, other)):
        return _told_already(request, officer, pk, already)
    found, held = opened_child(officer, pk, child)
    visible = CaseFile.objects.visible_to(officer)
    second = get_object_or_404(Child.objects.filter(case_files__in=visible).exclude(pk=held.pk).distinct(), pk=other)
    trail.write("compare children", second, by=officer, why="relationship", with_child=held.pk)

    def act(given: dict[str, Any]) -> str:
        kept, gone = (held, second) if given["stays"] == str(held.pk) else (second, held)
        made = merge(kept=kept, merged=gone, why=given["why"], by=officer)
        there = CaseFile.objects.visible_to(officer).filter(pk=found.pk, children=kept).exists()
        page.back = reverse("child-merged", args=[found.pk, made.pk]) if there else reverse("home")
        return "The two records are one. Both histories are kept."

    page = _MergePage(
        heading="Are these two records of one child?",
        button="Make them one record",
        act=act,
        back=reverse("child", args=[pk, child]),
        back_to="What is known of the child",
        standing=standing.of_two(held, second),
        template="household/merge.html",
        warning="Nothing is deleted, and it can be taken back. Case files stay apart: nobody can open a file that they could not "
        "open before. A restriction or a declared conflict of either child counts for both from now on.",
    )

    page.compared = _compared(held, second, officer)
    return show(request, page, lambda data: _form(data, held, second))


def _form(data: Any, *two: Child) -> MergeForm:
    made = MergeForm(data)
    stays: Any = made.fields["stays"]
    stays.choices = [(str(one.pk), f"{one.name}, {_place(one)}") for one in two]
    return made


def _one_already(one: int, other: int) -> Merge | None:
    """The merge that made these two one record, while somebody had them side by side."""
    rows = Merge.objects.filter(undone_at=None, kept__in=[one, other], merged__in=[one, other])
    return rows.select_related("kept", "merged", "by").first()


def _told_already(request: HttpRequest, officer: Officer, pk: int, made: Merge) -> HttpResponse:
    """What whoever comes second is told: by whom and why the two are one, and what they typed themselves."""
    opened_child(officer, pk, made.kept.current().pk)

    def act(given: dict[str, Any]) -> str:
        raise Refused("These two records are one already.")

    page = VerbPage(
        heading="Are these two records of one child?",
        button="",
        act=act,
        back=made.url_on(pk),
        back_to="The merge",
        closed=True,
        standing=standing.of_merge(made),
    )
    return show(request, page, lambda data: _form(data, made.kept, made.merged))


def _place(child: Child) -> str:
    born = f"born {day(child.date_of_birth)}" if child.date_of_birth else "date of birth not known"
    return f"{born} (record {child.pk})"


def _opened_merge(officer: Officer, pk: int, number: int, deed: str) -> tuple[CaseFile, Merge]:
    """A merge, reached from a case file that one of its two children is on. Raises Http404."""
    rows = Merge.objects.select_related("kept", "merged", "by", "undone_by")
    made = get_object_or_404(rows, pk=number)
    keys = children_as_keys([made.kept_id, made.merged_id])
    found = opened_file(officer, pk, deed, records=keys, merge=number)
    if not found.children.filter(pk__in=[made.kept.current().pk, made.merged.current().pk]).exists():
        raise Http404
    # Once taken back, the page tells of two children: both must be open to whoever reads it.
    visible = CaseFile.objects.visible_to(officer)
    for child in {made.kept.current().pk, made.merged.current().pk}:
        if not visible.filter(children=child).exists():
            raise Http404
    return found, made


@dataclass(frozen=True, slots=True)
class ToSettle:
    """Something that came while the two were one: its row's note, what it is, where it is shown, how it was settled."""

    note: MergedRow
    title: str
    url: str


def _to_settle(made: Merge, officer: Officer) -> list[ToSettle]:
    found = []
    for note in made.rows.filter(what=MergedRow.What.SINCE).select_related("settled_by"):
        key = key_called(note.model, note.field)
        row = key.rows.filter(pk=note.row).first()
        if row is None:
            continue
        record = key.record(row)
        file = file_of(record)
        shown = file is None or CaseFile.objects.visible_to(officer).filter(pk=file.pk).exists()
        if not shown:
            found.append(
                ToSettle(note, f"{str(record._meta.verbose_name).capitalize()} on a file that is not open to you", "")
            )
            continue
        url = record.get_absolute_url() if hasattr(record, "get_absolute_url") else ""
        found.append(ToSettle(note, f"{str(record._meta.verbose_name).capitalize()}: {_said(record)}", str(url)))
    return found


def _said(record: Any) -> str:
    if isinstance(record, Address):
        return "confidential" if record.confidential else record.lines
    if isinstance(record, OtherName):
        return record.name
    return "; ".join(words_of(record)) if isinstance(record, Fact) else str(record)


@require_safe
@transaction.atomic
def merged(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    """A merge: what was merged, by whom and why; what it touched; whether it was taken back, and what is left to settle."""
    officer = officer_of(request)
    found, made = _opened_merge(officer, pk, merge, "read merge")
    touched: dict[str, int] = {}
    for note in made.rows.exclude(what__in=[MergedRow.What.SINCE, MergedRow.What.MADE]):
        title = key_called(note.model, note.field).title
        touched[title] = touched.get(title, 0) + 1
    context = {
        "case_file": found,
        "merge": made,
        "touched": sorted(touched.items()),
        "amendments": list(made.merged.amendments.select_related("by")),
        "settling": _to_settle(made, officer) if made.undone_at else [],
        "may_merge": officer.may(Permission.MERGE_CHILDREN),
        "kept_url": reverse("child", args=[found.pk, made.kept.current().pk])
        if found.children.filter(pk=made.kept.current().pk).exists()
        else "",
    }
    return render(request, "household/merged.html", context)


@require_http_methods(["GET", "POST"])
@transaction.atomic
def back(request: HttpRequest, pk: int, merge: int) -> HttpResponse:
    """Take a merge back."""
    officer = officer_of(request)
    _, made = _opened_merge(officer, pk, merge, "read merge")

    def act(given: dict[str, Any]) -> str:
        take_merge_back(merge=made, reason=given["reason"], by=officer)
        return "The merge is taken back. Settle what was recorded in between."

    page = VerbPage(
        heading="They are two children after all",
        button="Take the merge back",
        act=act,
        back=reverse("child-merged", args=[pk, merge]),
        back_to="The merge",
        about=[("The record that stayed", made.kept.name), ("The other record", made.merged.name)],
        lead="Each record has again what it had. What was recorded in between stays with the record that stayed, and you are "
        "asked of each to whom it belongs.",
        closed=made.undone_at is not None,
    )
    return show(request, page, TakeMergeBackForm)


@require_POST
@transaction.atomic
def settle_row(request: HttpRequest, pk: int, merge: int, row: int) -> HttpResponse:
    """To whom something belongs that was recorded in between."""
    officer = officer_of(request)
    _, made = _opened_merge(officer, pk, merge, "read merge")
    note = get_object_or_404(MergedRow, pk=row, merge=made)
    settle(row=note, belongs=request.POST.get("belongs", ""), by=officer)
    messages.success(request, "It is settled.")
    return redirect("child-merged", pk, merge)
