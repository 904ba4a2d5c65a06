"""Reports on referrals: figures that members may read, with no small number in them or to be worked out."""

from datetime import date
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.clock import today
from goldenthread.core.errors import NotAllowed
from goldenthread.core.models import TrailEntry
from goldenthread.reports import referrals
from goldenthread.reports.formats import render
from goldenthread.reports.registry import build
from goldenthread.reports.small_numbers import is_hidden, is_small
from goldenthread.reports.tree import Document, Table
from goldenthread.standards.referrals.choices import Need, QuantityUnit, WhyUnmet
from goldenthread.standards.referrals.figures import AgencyRow, Capture, NeedRow
from tests.conftest import Cast

AS_AT = date(2025, 11, 30)
MONTH = date(2025, 11, 1)
NEEDS, REASONS = list(Need.values), list(WhyUnmet.values)


def need(
    kind: str, why: str, area: str, count: int, met: int = 0, hours: int | None = None, at: date = MONTH
) -> NeedRow:
    unit = QuantityUnit.values[0] if hours else ""
    return NeedRow(kind, why, unit, 1, area, area, at, count, Decimal(hours) if hours else None, met)


def agency(name: str, referrals_: int, spoken: int, confirmed: int) -> AgencyRow:
    return AgencyRow(1, name, "Health", referrals_, spoken, confirmed)


def text_of(document: Document) -> str:
    return "\n".join(document.words())


def rows(document: Document, caption: str) -> list[list[str]]:
    """The cells of one table, row by row."""
    (table,) = (b for b in document.blocks if isinstance(b, Table) and b.caption.startswith(caption))
    return [
        ["/".join(str(c) for c in cell.content if isinstance(c, str)) for cell in row]
        for group in table.groups
        for row in group
    ]


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> Any:
    """Puts figures in place of those from records."""

    def put(
        needs: list[NeedRow] | None = None,
        capture: list[Capture] | None = None,
        agencies: list[AgencyRow] | None = None,
    ) -> None:
        monkeypatch.setattr(referrals, "unmet_need", lambda *_: needs or [])
        monkeypatch.setattr(referrals, "capture_rate", lambda *_: capture or [])
        monkeypatch.setattr(referrals, "written_by_agency", lambda *_: agencies or [])

    return put


def test_unmet_need_by_need_area_and_month_with_its_capture_rate(figures: Any) -> None:
    figures(
        [
            need(NEEDS[0], REASONS[0], "Assessment", 12, met=6, hours=30),
            need(NEEDS[0], REASONS[1], "Support", 7),
            need(NEEDS[1], REASONS[0], "Support", 8, met=1),
            need(NEEDS[1], REASONS[0], "Support", 9, at=date(2025, 10, 1)),
        ],
        [Capture(1, "East", MONTH, 40, 30), Capture(2, "West", MONTH, 10, 5)],
    )
    report = referrals.unmet_need_report(AS_AT)
    assert report.title == "Unmet need in November 2025"
    words = text_of(report)
    assert "27" in words
    assert "35 of 50 decisions had the question answered (70%). 95% interval 56% to 81%" in words
    table = rows(report, "What was needed")
    unit = str(QuantityUnit.labels[0]).lower()
    assert [Need(NEEDS[0]).label, "Assessment", "12", f"30 {unit}", "6"] in table
    assert [Need(NEEDS[1]).label, "Support", "8", "", "not printed"] in table, "1 met would point at a child"
    months = rows(report, "Unmet need by month")
    assert len(months) == 12
    assert months[-1][:2] == ["November 2025", "27"]
    assert months[-2][:2] == ["October 2025", "9"]
    assert months[0] == ["December 2024", "0", "None to judge yet"]


def test_a_small_need_is_not_printed_and_neither_is_what_gives_it_away(figures: Any) -> None:
    figures([need(NEEDS[0], REASONS[0], "Assessment", 12), need(NEEDS[1], REASONS[0], "Support", 3, hours=7)])
    report = referrals.unmet_need_report(AS_AT)
    assert [Need(NEEDS[1]).label, "Support", "fewer than 5", "not printed", "not printed"] in rows(
        report, "What was needed"
    )
    assert "15" not in text_of(report), "15 less 12 is 3"
    assert "not printed: it would give a small number away" in text_of(report)


COUNTS = st.integers(0, 9)


@given(st.lists(COUNTS, min_size=1, max_size=4), st.lists(COUNTS, min_size=1, max_size=3), st.booleans())
def test_a_hidden_number_has_more_than_one_value_that_fits(one: list[int], rest: list[int], with_total: bool) -> None:
    other = [*rest, sum(one) - sum(rest)]
    if other[-1] < 0:
        return
    ways = (one, other)

    def guesses(counts: list[int]) -> list[list[int]]:
        return [list(g) for g in product(*(range(1, 5) if is_small(c) else [c] for c in counts))]

    fits = [
        (a, b)
        for a, b in product(guesses(one), guesses(other))
        if sum(a) == sum(b) and (not with_total or sum(a) == sum(one))
    ]
    known = [
        len({fit[way][place] for fit in fits}) == 1
        for way, counts in enumerate(ways)
        for place, count in enumerate(counts)
        if is_small(count)
    ]
    assert is_hidden(one, other, with_total=with_total) == (not any(known))


def test_nothing_recorded_is_said_and_not_counted_as_nought(figures: Any) -> None:
    figures()
    words = text_of(referrals.unmet_need_report(AS_AT))
    assert "No unmet need was recorded in this month." in words
    assert "None to judge yet" in words


def test_written_and_unwritten_by_agency(figures: Any) -> None:
    figures(
        agencies=[
            agency("Elm School", 60, 40, 25),
            agency("Ash Surgery", 20, 18, 9),
            agency("Oak Nursery", 3, 3, 1),
            agency("Fir Club", 4, 4, 2),
        ]
    )
    report = referrals.written_report(AS_AT)
    assert report.title == "Referrals confirmed in writing, September 2025 to November 2025"
    table = rows(report, "Referrals by agency")
    assert table[0] == [
        "Elm School",
        "60",
        "20 of 60 in writing from the start (33%)",
        "25 of 40 confirmed in writing since (62%). 95% interval 47% to 76%",
    ]
    assert table[1] == ["Ash Surgery", "20", "Fewer than 5 of 20 in writing from the start", "Too few to say"]
    assert table[2][:2] == ["Other agencies, each with fewer than 5 referrals", "7"]
    assert "Oak Nursery" not in text_of(report)
    assert "of 65 confirmed" not in text_of(report), "the sum would give the hidden ones away"


def test_the_sum_of_agencies_is_given_where_it_gives_nothing_away(figures: Any) -> None:
    figures(agencies=[agency("Elm School", 60, 40, 25), agency("Ash Surgery", 40, 30, 20)])
    assert "45 of 70 confirmed in writing since (64%)" in text_of(referrals.written_report(AS_AT))
    figures(agencies=[agency("Elm School", 160, 140, 70), agency("Ash Surgery", 20, 18, 9)])
    assert "About 50% were confirmed in writing since" in text_of(referrals.written_report(AS_AT))


@pytest.mark.parametrize("name", ["unmet-need", "written-referrals"])
def test_members_may_read_them_in_every_format(cast: Cast, name: str) -> None:
    report = build(name, AS_AT, by=cast.member)
    for kind in ("html", "docx", "pdf", "json"):
        assert render(report, kind)
    with pytest.raises(NotAllowed):
        build(name, AS_AT, by=cast.administrator)


@pytest.mark.parametrize("name", ["unmet-need", "written-referrals"])
def test_their_pages_and_files(cast: Cast, name: str) -> None:
    client, administrator = Client(), Client()
    client.force_login(cast.member)
    administrator.force_login(cast.administrator)
    address = reverse("report-named", args=[name, today().isoformat()])
    assert address in client.get(reverse("reports")).content.decode()
    page = client.get(address)
    assert page.status_code == 200
    assert b" style=" not in page.content
    file = client.get(address + "pdf/")
    assert file.content.startswith(b"%PDF")
    assert name.split("-")[0] in TrailEntry.objects.get(deed="download report").subject
    assert administrator.get(address).status_code == 404
    assert client.get(address + "exe/").status_code == 404
    assert client.get(reverse("report-named", args=["progress", today().isoformat()])).status_code == 404
    assert client.get(reverse("report-named", args=["profit", "2025-01-31"])).status_code == 404
