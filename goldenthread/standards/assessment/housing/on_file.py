"""What a case file's page shows of temporary accommodation."""

from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Row, Section
from goldenthread.core.clock import day_of, now, today
from goldenthread.core.templatetags.words import day
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.housing.course import days_in, ended, over_limit
from goldenthread.standards.assessment.housing.models import TemporaryMove


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """The moves, newest first: two queries."""
    found = list(TemporaryMove.objects.filter(case_file=case_file).prefetch_related("ends"))
    if not found and not may_record:
        return None
    links = [("Record that children were moved", reverse("file-temporary-move", args=[case_file.pk]))]
    return Section(
        "Temporary accommodation",
        [Row(f"{one.get_kind_display()} {one.reference}", one.get_absolute_url(), *_how(one)) for one in found],
        links if may_record else [],
        "No child of this file is known to have been moved to temporary accommodation.",
    )


def _how(one: TemporaryMove) -> tuple[str, str, str]:
    end, days = ended(one), days_in(one, today())
    since = (
        f"Since {day(one.moved_at)}"
        if end is None
        else f"From {day(one.moved_at)} to {day(day_of(end.moment.occurred_at))}"
    )
    about = f"{since}, {days} day{'' if days == 1 else 's'}"
    if over_limit(one, now()):
        return about, "Over six weeks in bed and breakfast", "red"
    return (about, "Lasting", "blue") if end is None else (about, "Ended", "grey")
