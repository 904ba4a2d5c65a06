"""Charts: nothing that a strict policy refuses, a name for who cannot see them, and the same picture again."""

from datetime import date
from xml.etree import ElementTree

from goldenthread.reports import charts
from tests.reports.made_up import MONTHS


def test_a_run_chart_is_safe_named_and_the_same_again() -> None:
    chart = charts.run_chart_of(MONTHS, title="Police <advised> & told")
    charts._drawn.clear()
    assert charts.run_chart_of(MONTHS, title="Police <advised> & told") == chart
    for forbidden in (" style=", "<script", "<style", "javascript:", "http://www.w3.org/1999/xhtml"):
        assert forbidden not in chart.svg
    root = ElementTree.fromstring(chart.svg)  # noqa: S314
    assert root.get("role") == "img"
    title, about = root[0], root[1]
    assert title.text == "Police <advised> & told"
    assert about.text == chart.alt
    assert root.get("aria-labelledby") == f"{title.get('id')} {about.get('id')}"
    assert "January 2002 (12 of 20) to July 2003 (22 of 24)" in chart.alt
    assert "Marked points show a signal of change" in chart.alt
    assert charts.png_of(chart.svg).startswith(b"\x89PNG")


def test_points_of_a_signal_have_a_shape_of_their_own() -> None:
    flat = [(date(2003, month, 1), 10 + month % 2, 20) for month in range(1, 9)]
    assert charts.MARK in charts.run_chart_of(MONTHS, title="x").svg
    assert charts.MARK not in charts.run_chart_of(flat, title="x").svg


def test_months_without_anything_to_judge_are_gaps_and_not_noughts() -> None:
    assert charts.values([(date(2003, 1, 1), 0, 0), (date(2003, 2, 1), 0, 4)]) == [None, 0.0]
    assert "nothing to show" in charts.run_chart_of([(date(2003, 1, 1), 0, 0)], title="x").alt
    assert "nothing to show" in charts.run_chart_of([], title="x").alt


def test_the_table_beside_a_chart_has_every_month() -> None:
    table = charts.numbers(MONTHS, caption="Police advised")
    assert len(table.groups) == len(MONTHS)
    assert [cell.content[0] for cell in table.groups[0][0]] == ["January 2002", "12", "20", "60%"]
    assert table.groups[2][0][3].content == ("none to judge",)


def test_a_small_trend_can_be_heard_and_breaks_where_nothing_was_judged() -> None:
    svg = charts.small_trend_svg(MONTHS, name='Police "advised"')
    root = ElementTree.fromstring(svg)  # noqa: S314
    assert root.get("aria-label") == 'Police "advised": from 60% to 92%, by month'
    line = root.find("path")
    assert line is not None
    assert line.get("d", "").count("M") == 2
    assert " style=" not in svg
    assert charts.small_trend_svg(MONTHS[:1], name="x") == ""
