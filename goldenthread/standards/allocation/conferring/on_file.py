"""What a case file's page shows of meetings, and of children who are looked after."""

from typing import Any

from django.db.models import Case, Exists, F, OuterRef, Q, QuerySet, Subquery, When
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.clock import now
from goldenthread.core.templatetags.words import day, moment
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.conferring.choices import Move
from goldenthread.standards.allocation.conferring.models import (
    CareEnd,
    LookedAfter,
    Meeting,
    MeetingHeld,
    MeetingMove,
)
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion

_SHOWN = 6


def _that_stand(model: type[MeetingHeld] | type[MeetingMove], **which: str) -> QuerySet[Any]:
    rows: QuerySet[Any] = model._default_manager.filter(superseded_by=None, withdrawn=False, **which)
    return rows.filter(meeting=OuterRef("pk"))


def how_they_stand() -> Any:
    """Meetings, each with whether it `was_held`, `was_cancelled` or `was_put_off`, and the time that it is planned for now
    (`now_for`; None: it was put off, and there is none yet)."""
    last = _that_stand(MeetingMove).order_by("-occurred_at", "-pk").values("new_at")[:1]
    rows: Any = Meeting.objects.annotate(
        was_held=Exists(_that_stand(MeetingHeld)),
        was_cancelled=Exists(_that_stand(MeetingMove, what=Move.CANCELLED)),
        was_put_off=Exists(_that_stand(MeetingMove, what=Move.PUT_OFF)),
    )
    return rows.annotate(now_for=Case(When(was_put_off=True, then=Subquery(last)), default=F("planned_for")))


def tag_of(meeting: Any) -> tuple[str, str]:
    """How a meeting stands: a word and its colour."""
    if meeting.was_cancelled:
        return "Cancelled", "grey"
    if meeting.was_held:
        return "Held", "green"
    if meeting.now_for is None:
        return "Put off", "yellow"
    return ("To come", "blue") if meeting.now_for > now() else ("Not recorded as held", "red")


def beside_discussion(discussion: StrategyDiscussion, officer: Officer) -> list[tuple[str, str]]:
    """The meetings that follow a strategy discussion."""
    return [(f"{one.get_kind_display()} {one}", one.get_absolute_url()) for one in discussion.meetings.order_by("pk")]


def beside_plan(plan: ProtectionPlan, officer: Officer) -> list[tuple[str, str]]:
    """The last meetings about a child protection plan."""
    found = plan.meetings.order_by("-planned_for", "-pk")[:_SHOWN]
    return [(f"{one.get_kind_display()} {one}", one.get_absolute_url()) for one in found]


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """Meetings, latest first, and who is looked after: two queries."""
    rows: list[Row] = []
    cares = LookedAfter.objects.filter(case_file=case_file, superseded_by=None, withdrawn=False)
    ended = CareEnd.objects.filter(
        Q(care=OuterRef("root")) | Q(care=OuterRef("pk")), superseded_by=None, withdrawn=False
    )
    for care in cares.annotate(is_over=Exists(ended)).select_related("child").order_by("-occurred_at"):
        over = care.is_over
        rows.append(
            Row(
                f"Looked after: {care.child.name}",
                care.get_absolute_url(),
                f"Since {day(care.occurred_at)}, {care.get_basis_display().lower()}",
                "Ended" if over else "Looked after",
                "grey" if over else "blue",
            )
        )
    meetings = list(how_they_stand().filter(case_file=case_file)[: _SHOWN + 1])
    for one in meetings[:_SHOWN]:
        rows.append(
            Row(
                f"{one.get_kind_display()} {one}",
                one.get_absolute_url(),
                f"Planned for {moment(one.now_for)}" if one.now_for else "There is no new time yet",
                *tag_of(one),
            )
        )
    if not rows and not may_record:
        return None
    links = []
    if may_record:
        links = [
            ("Convene a meeting", reverse("file-meeting", args=[case_file.pk])),
            ("A child is looked after", reverse("file-care", args=[case_file.pk])),
        ]
    more = f"{reverse('meetings')}?file={case_file.pk}" if len(meetings) > _SHOWN else ""
    return Section("Meetings and reviews", rows, links, "No meeting was convened.", more)
