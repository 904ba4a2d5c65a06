"""Pictures of figures by month: a run chart for pages and documents, and a small trend for a list.

A run chart is drawn by Vega-Lite from a dictionary made here: an SVG without script or inline style.
The same figures give the same bytes. Beside every run chart stands `numbers`, the table of what it shows.
"""

import json
import re
from base64 import b64encode
from collections import OrderedDict
from collections.abc import Sequence
from datetime import date
from hashlib import sha256
from html import escape
from threading import Lock
from typing import Any

import vl_convert

from goldenthread.core.statistics import RunChart, run_chart
from goldenthread.core.templatetags.words import month as month_in_words
from goldenthread.reports.tree import Cell, Chart, Column, Table, clean_text

Months = Sequence[tuple[date, int, int]]  # month, how many in time, how many judged
FONT = "Liberation Sans"  # comes with the drawing library; as wide as Arial, which stands in for it on a page
INK, LINE, QUIET, MARK = "#0b0c0c", "#1d4e89", "#505a5f", "#b35900"
WIDTH, HEIGHT = 680, 220
KEPT = 256
_drawn: OrderedDict[str, str] = OrderedDict()
_lock = Lock()


def values(months: Months) -> list[float | None]:
    """The share in time of each month; None where nothing could be judged."""
    return [n / m if m else None for _, n, m in months]


def in_signal(found: RunChart) -> set[int]:
    """The places of the points that lie in a shift or a trend."""
    return {place for span in (*found.shifts, *found.trends) for place in range(span.first, span.last + 1)}


def alternative(months: Months) -> str:
    """What a run chart of these figures shows, in words."""
    shown = [(month, n, m) for month, n, m in months if m]
    if not shown:
        return "There is nothing to show: no month has anything that could be judged."
    found = run_chart(values(months))
    first, last = shown[0], shown[-1]
    middle = f"The median is {found.median:.0%}. " if found.median is not None else ""
    signal = "Marked points show a signal of change." if in_signal(found) else "No signal of change is marked."
    return (
        f"Share in time by month, from {month_in_words(first[0])} ({first[1]} of {first[2]}) "
        f"to {month_in_words(last[0])} ({last[1]} of {last[2]}). {middle}{signal}"
    )


def _specification(months: Months) -> dict[str, Any]:
    found = run_chart(values(months))
    marked = in_signal(found)
    rows = [
        {"month": month.isoformat(), "share": share, "judged": m, "signal": place in marked}
        for place, ((month, _, m), share) in enumerate(zip(months, values(months), strict=True))
    ]
    x = {"field": "month", "type": "temporal", "timeUnit": "utcyearmonth", "title": None}
    hidden = x | {"axis": None}
    y = {
        "field": "share",
        "type": "quantitative",
        "scale": {"domain": [0, 1]},
        "axis": {"format": ".0%", "title": "In time", "values": [0, 0.25, 0.5, 0.75, 1]},
    }
    layers: list[dict[str, Any]] = []
    if found.median is not None:
        layers.append(
            {
                "mark": {"type": "rule", "strokeDash": [6, 4], "color": QUIET},
                "data": {"values": [{"median": found.median}]},
                "encoding": {"y": y | {"field": "median"}},
            }
        )
    points = {"x": hidden, "y": y}
    layers += [
        {
            "mark": {"type": "line", "color": LINE, "strokeWidth": 2, "invalid": "break-paths-show-path-domains"},
            "encoding": points,
        },
        {
            "transform": [{"filter": "isValid(datum.share) && !datum.signal"}],
            "mark": {"type": "point", "filled": True, "color": LINE, "size": 40, "opacity": 1},
            "encoding": points,
        },
        {
            "transform": [{"filter": "isValid(datum.share) && datum.signal"}],
            "mark": {"type": "point", "shape": "diamond", "filled": True, "color": MARK, "size": 110, "opacity": 1},
            "encoding": points,
        },
    ]
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v5.json",
        "background": "white",
        "data": {"values": rows},
        "spacing": 4,
        "vconcat": [
            {"width": WIDTH, "height": HEIGHT, "layer": layers},
            {
                "width": WIDTH,
                "height": 16,
                "mark": {"type": "text", "color": INK, "fontSize": 11},
                "encoding": {
                    "x": x | {"axis": {"format": "%b %Y", "grid": False, "labelOverlap": True, "labelAngle": 0}},
                    "y": {"datum": "Judged", "type": "nominal", "axis": {"title": None, "ticks": False, "domain": False, "labelPadding": 14}},
                    "text": {"field": "judged"},
                },
            },
        ],
        "config": {
            "font": FONT,
            "view": {"stroke": None},
            "axis": {"labelColor": INK, "titleColor": INK, "labelFontSize": 12, "titleFontSize": 12, "gridColor": "#e3e6e8"},
        },
    }  # fmt: skip


def _named(svg: str, key: str, title: str, alt: str) -> str:
    """The drawing with its name and description for a screen reader, which then reads it as one picture."""
    head = f'<svg role="img" aria-labelledby="t{key} d{key}" font-family="{FONT}, Arial, sans-serif" '
    words = f'<title id="t{key}">{escape(title)}</title><desc id="d{key}">{escape(alt)}</desc>'
    svg = (
        re.sub(r'\s(?:role|aria-[a-z]+)="[^"]*"', "", svg)
        .replace(f'font-family="{FONT}"', "")
        .replace('class="marks"', 'class="run-chart"')
    )
    svg = re.sub(r'(id|clip-path|href)="(#|url\(#)?(clip\d+)', rf'\1="\2c{key}\3', svg)
    return re.sub(r"<svg ([^>]*)>", lambda found: head + found.group(1) + ">" + words, svg, count=1)


def run_chart_of(months: Months, *, title: str) -> Chart:
    """The run chart of figures by month: the share in time, the median, and points of a shift or trend as diamonds.

    Draws at most once for the same figures and title, while the process lives.
    """
    title, alt = clean_text(title), alternative(months)
    specification = json.dumps(_specification(months), sort_keys=True)
    key = sha256(f"{title}\n{alt}\n{specification}".encode()).hexdigest()[:16]
    with _lock:
        if drawn := _drawn.get(key):
            _drawn.move_to_end(key)
            return Chart(title, alt, drawn)
        svg = _named(vl_convert.vegalite_to_svg(specification), key, title, alt)
        _drawn[key] = svg
        while len(_drawn) > KEPT:
            _drawn.popitem(last=False)
    return Chart(title, alt, svg)


def png_of(svg: str) -> bytes:
    """A drawing as a PNG for Word, at three times its size so that it prints sharp."""
    png: bytes = vl_convert.svg_to_png(svg, scale=3)
    return png


def for_print(svg: str) -> str:
    """The drawing as an SVG that holds its own picture: the PDF typesetter has no font for a drawing's words."""
    size = re.search(r'width="[\d.]+" height="[\d.]+"', svg)
    picture = b64encode(png_of(svg)).decode("ascii")
    room = size.group() if size else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" {room}><image {room} href="data:image/png;base64,{picture}"/></svg>'
    )


def numbers(months: Months, *, caption: str) -> Table:
    """The table of what a run chart shows."""
    return Table(
        caption,
        (Column("Month", 2), Column("In time", 1, number=True), Column("Judged", 1, number=True), Column("Share", 1, number=True)),
        tuple(
            (
                (
                    Cell((month_in_words(month),), header=True),
                    Cell((str(n),), number=True),
                    Cell((str(m),), number=True),
                    Cell((f"{n / m:.0%}" if m else "none to judge",), number=True),
                ),
            )
            for month, n, m in months
        ),
    )  # fmt: skip


def small_trend_svg(months: Months, *, name: str) -> str:
    """A small line of the share in time by month, for a list; an empty text with fewer than two months to show.

    name: what it is the trend of; a screen reader hears it with the first and the last share.
    """
    width, height, edge = 120, 28, 3
    shares = values(months)
    shown = [(place, share) for place, share in enumerate(shares) if share is not None]
    if len(shown) < 2:
        return ""
    step = (width - 2 * edge) / (len(shares) - 1)

    def at(place: int, share: float) -> str:
        return f"{round(edge + place * step, 1):g} {round(edge + (1 - share) * (height - 2 * edge), 1):g}"

    pieces: list[list[str]] = [[]]
    for place, share in enumerate(shares):
        if share is None:
            pieces.append([])
        else:
            pieces[-1].append(at(place, share))
    line = "".join("M" + "L".join(piece) for piece in pieces if len(piece) > 1)
    x, y = at(*shown[-1]).split()
    heard = f"{clean_text(name)}: from {shown[0][1]:.0%} to {shown[-1][1]:.0%}, by month"
    # A plan's page holds one for each requirement: how it looks is said once, in the style sheet.
    return (
        f'<svg class="small-trend" role="img" aria-label="{escape(heard)}" width="{width}" height="{height}" '
        f'viewBox="0 0 {width} {height}"><path d="{line}"/><circle cx="{x}" cy="{y}" r="2.5"/></svg>'
    )
