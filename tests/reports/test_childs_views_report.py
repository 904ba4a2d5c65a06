"""The report on how children were seen and heard: nothing small is printed, nor can it be worked out."""

from datetime import date
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.core.errors import NotAllowed
from goldenthread.reports import childs_views
from goldenthread.reports.formats import render
from goldenthread.reports.registry import build
from goldenthread.reports.small_numbers import is_small
from goldenthread.reports.tree import Document, Table
from goldenthread.standards.assessment.assessing.figures import Counts, HeardRow
from tests.conftest import Cast

AS_AT = date(2025, 11, 30)


def row(counts: Counts, *, disabled: bool = False, month: int = 11) -> HeardRow:
    return HeardRow(1, "East", "east", date(2025, month, 1), disabled, counts)


def words(document: Document) -> str:
    return "\n".join(document.words())


@pytest.fixture
def put(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts figures in place of those from records, and builds."""

    def made(*rows: HeardRow) -> Document:
        monkeypatch.setattr(childs_views, "heard", lambda *given: list(rows))
        return childs_views.childs_views_report(AS_AT)

    return made


def cells(document: Document, caption: str) -> list[list[str]]:
    (table,) = (b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption))
    return [["/".join(str(c) for c in cell.content if isinstance(c, str)) for cell in line] for group in table.groups for line in group]  # fmt: skip


def test_shares_of_all_and_of_disabled_children(put: Any) -> None:
    document = put(row(Counts(100, 90, 70, 80, 15)), row(Counts(40, 30, 20, 25, 10), disabled=True))
    lines = {line[0]: line[1:] for line in cells(document, "How children")}
    assert lines["Seen"] == ["120 of 140 seen (86%)", "30 of 40 seen (75%)"]
    assert lines["Own views on file"][1] == "25 of 40 with their own views on file (62%)"


def test_disabled_children_are_not_printed_where_the_rest_would_be_given_away(put: Any) -> None:
    document = put(row(Counts(100, 98, 70, 80, 15)), row(Counts(40, 30, 20, 25, 10), disabled=True))
    lines = {line[0]: line[1:] for line in cells(document, "How children")}
    assert lines["Seen"][1] == childs_views.APART_NOT_PRINTED
    assert "70%" not in lines["Seen"][1]


def test_whatever_is_printed_apart_has_nothing_small_on_any_side() -> None:
    for part, rest, other, other_rest in product(range(0, 14, 2), repeat=4):
        disabled, others = Counts(part + rest, part), Counts(other + other_rest, other)
        if childs_views.may_print_apart(disabled, others, lambda counts: counts.seen):
            assert not any(map(is_small, (part, rest, other, other_rest)))


def test_no_month_gives_a_small_number_away(put: Any) -> None:
    one = put(row(Counts(30, 30, 20, 20, 5)), row(Counts(20, 18, 10, 18, 0), month=10))
    assert "Not printed by month" in words(one)
    two = put(row(Counts(30, 30, 20, 28, 2)), row(Counts(20, 18, 10, 17, 0), month=10))
    assert [line[0] for line in cells(two, "Own views on file, by month")] == ["October 2025", "November 2025"]
    assert "28 of 30" not in words(two)


def test_it_says_when_there_is_nothing(put: Any) -> None:
    assert "No assessment began in this time" in words(put())


def test_it_is_drawn_in_every_format_and_opened_by_who_sees_figures(cast: Cast) -> None:
    document = build("childs-views", AS_AT, by=cast.member)
    for kind in ("html", "docx", "json"):
        assert render(document, kind)
    with pytest.raises(NotAllowed):
        build("childs-views", AS_AT, by=cast.administrator)
    client = Client()
    client.force_login(cast.member)
    assert client.get(reverse("report-named", args=["childs-views", "2025-11-30"])).status_code == 200
