"""The child and the household: what is known, in every free word; two merges, of which one was taken back."""

from typing import Any

from assurance.rooms.blanks import WHEN, on
from assurance.rows import Hands, Pages, Row, World, each

POSTED = {
    "child-add": {"answer": "refused", **WHEN},
    "child-end": on("until", 1, 2, 2024),
    "child-find": {"name": "Zqzq"},
    "child-unmerge": {"reason": "Two children of one family"},
    "child-settle": {"belongs": "kept"},
    "referral-language": {"answer": "refused", **WHEN},
}
READING = {"read child", "read household", "read merge", "compare children", "search children"}


def fill(row: Row, hands: Hands) -> None:
    """What is known of the child; a record that was merged into the child's, and one that was, and is another child's."""
    from goldenthread.cases.models import Child
    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.household import actions
    from goldenthread.standards.assessment.household.merging import merge

    file, words = row.case_file, row.word("known")
    sister, double, cousin = (
        Child.objects.create(given_names=row.word(name), family_name=row.word("family"))
        for name in ("sister", "double", "cousin")
    )
    file.children.add(sister, double, cousin)
    told: dict[str, Any] = {"case_file": file, "child": row.child, "occurred_at": now(), "by": hands.by}
    needs = actions.record_communication(ways=["bsl"], helps=words, **told)
    spoke = actions.record_language(answer="told", first="other", first_other=words, interpreter="no", **told)
    actions.record_ethnicity(code="OOTH", described=words, **told)
    actions.record_disability(answer="yes", codes=["COMM"], described=words, **told)
    agency = actions.involve_agency(kind="school", name=words, what_for=words, worker=words, **told)
    actions.record_sibling(other=sister, relation="full", **told)
    _people(row, hands, told)
    merged = merge(kept=row.child, merged=double, why=words, by=hands.manager)
    row.made |= {
        "language": spoke.pk,
        "agency": agency.pk,
        "sister": sister.pk,
        "cousin": cousin.pk,
        "merge": merged.pk,
    }
    _taken_back(row, cousin, needs, hands)


def _taken_back(row: Row, other: Any, since: Any, hands: Hands) -> None:
    """A merge that was taken back, with something recorded in between that nobody has settled: written plainly."""
    from goldenthread.cases.models import Merge, MergedRow
    from goldenthread.core.clock import now

    words = row.word("known")
    made = Merge.objects.create(
        kept=row.child, merged=other, why=words, recorded_at=now(), by=hands.manager, undone_at=now(),
        undone_by=hands.manager, undone_why=words,
    )  # fmt: skip
    note = MergedRow.objects.create(
        merge=made, model=since._meta.label_lower, field="child", row=since.pk, what=MergedRow.What.SINCE
    )
    row.made |= {"taken-back": made.pk, "since": note.pk}


def _people(row: Row, hands: Hands, told: dict[str, Any]) -> None:
    """Somebody of the household who is a danger; another name of the child."""
    from goldenthread.cases.actions import record_other_name
    from goldenthread.standards.assessment.household import people

    words = row.word("known")
    person = people.record_person(
        case_file=row.case_file, children=[row.child], given_names=words, contact=words, relation="mother",
        responsibility="yes", lives_with=True, occurred_at=told["occurred_at"], by=hands.by,
    )  # fmt: skip
    people.flag_danger(person=person, to_whom=words, why=words, **told)
    record_other_name(case_file=row.case_file, child=row.child, kind="alias", given_names=words, by=hands.by)


def keys(row: Row) -> list[tuple[str, int]]:
    """The other children whose names are the record's words; the child's own key: see `oversight`."""
    return [("cases.child", row.made["sister"]), ("cases.child", row.made["cousin"])]


def addresses(world: World, row: Row, *, pdf: bool) -> Pages:
    """Their pages."""
    file, child, made = row.case_file.pk, row.child.pk, row.made
    return {
        "household": [[file]], **each(("child", "child-amend"), file, child),
        "child-add": [[file, child, kind] for kind in ("language", "person", "danger", "sibling")],
        "child-correct": [[file, child, "languageanswer", made["language"]]],
        "child-end": [[file, child, "agencyinvolved", made["agency"]]],
        "child-find": [[file, child, "sibling"]], "child-merge": [[file, child, made["sister"]]],
        "child-merged": [[file, made["merge"]], [file, made["taken-back"]]], "child-unmerge": [[file, made["merge"]]],
        "child-settle": [[file, made["taken-back"], made["since"]]], "referral-language": [[row.referral.pk]],
    }  # fmt: skip
