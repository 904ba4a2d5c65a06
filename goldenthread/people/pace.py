"""How fast one officer may be shown records, so that nobody, and no program with their session, carries the register away.

Counted in the memory of each process that serves (there is one, as delivered): it asks nothing of the database. What an
officer types is never held back: only pages that show, search or hand out are.
"""

from collections import deque
from datetime import datetime, timedelta
from threading import Lock

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.people.models import Officer

MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
_HANDS_OUT = ("-file", "-export")  # how the names of pages end that answer with a file
_shown: dict[int, deque[datetime]] = {}
_told: dict[int, datetime] = {}
_lock = Lock()


def hands_out(page: str) -> bool:
    """Whether a page, by its URL's name, answers with a file."""
    return page.endswith(_HANDS_OUT)


def held_back(request: HttpRequest, officer: Officer) -> HttpResponse | None:
    """The page that says to wait, where the officer was shown more in the last minute, or hour, than anybody can read;
    None otherwise, and then this one is counted. The first one held back in a minute is on the trail."""
    if not settings.PAGES_A_MINUTE:
        return None
    at = now()
    with _lock:
        times = _shown.setdefault(officer.pk, deque())
        while times and times[0] <= at - HOUR:
            times.popleft()
        recent = sum(1 for time in times if time > at - MINUTE)
        over = "minute" if recent >= settings.PAGES_A_MINUTE else "hour" if len(times) >= settings.PAGES_AN_HOUR else ""
        if not over:
            times.append(at)
            return None
        fresh = _told.get(officer.pk, at - HOUR) <= at - MINUTE
        if fresh:
            _told[officer.pk] = at
    if fresh:
        trail.write("held back", officer, by=officer, why="refused", over=over, shown=len(times))
    most = settings.PAGES_A_MINUTE if over == "minute" else settings.PAGES_AN_HOUR
    response = render(request, "too_fast.html", {"most": most, "over": over}, status=429)
    response["Retry-After"] = "60" if over == "minute" else "600"
    return response


def forget() -> None:
    """Begin to count anew."""
    with _lock:
        _shown.clear()
        _told.clear()
