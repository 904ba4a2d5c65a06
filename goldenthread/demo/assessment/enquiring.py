"""What becomes of the section 47 enquiries of child protection: each is an assessment, and told like the others (2.2, 2.7).

What an enquiry's decisions come to follows from its outcome. A conference makes its own plan, so that none of these asks
for a plan for a child in need.
"""

from datetime import datetime, timedelta

from goldenthread.core.clock import day_of
from goldenthread.core.timescales import timescale
from goldenthread.demo.arrivals import File
from goldenthread.demo.assessment import enquiring_words as words
from goldenthread.demo.assessment.assessing import Bench
from goldenthread.demo.assessment.assessing_hands import Story
from goldenthread.demo.assessment.desk import AssessmentDesk
from goldenthread.standards.assessment.assessing.clocks import RULES
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.assessment.protection.models import EnquiryOutcome

_KEY = "assessment.signed-off-section-47"
_COMES_TO = {"conference": "services", "no-conference": "services", "not-substantiated": "no-further-action"}
_NEVER_SAID = "no-conference"
"""How an enquiry ends whose outcome nobody recorded before the file was closed."""
_LEAST = timedelta(minutes=40)


def practise(desk: AssessmentDesk) -> None:
    """Every enquiry that child protection began, in the order in which they were written."""
    desk.writer.flush()  # enquiries and their outcomes are asked of the database
    bench, files = Bench(desk), {file.pk: file for file in desk.files}
    found = EnquiryOutcome.objects.values_list("discussion__assessment", "outcome", "occurred_at")
    outcomes = {enquiry: (outcome, at) for enquiry, outcome, at in found}
    for enquiry in Assessment.objects.filter(kind="section-47").order_by("pk"):
        _tell(bench, files[enquiry.case_file_id], enquiry, *outcomes.get(enquiry.pk, ("", None)))


def _tell(bench: Bench, file: File, enquiry: Assessment, outcome: str, settled: datetime | None) -> None:
    """One enquiry, from its start, which its clock is counted from."""
    began, now = enquiry.started_at, bench.desk.now
    bench.say_who_is_disabled(enquiry, file)
    closes = file.closed_at or now + timedelta(days=4000)
    start = max(began, enquiry.recorded_at)
    if start >= closes - _LEAST:
        return
    rule = timescale(RULES["section-47"], day_of(began))
    assert rule is not None  # noqa: S101 (there has been one for as long as there were enquiries)
    told = outcome or _NEVER_SAID
    settled = min(settled, closes - _LEAST) if settled else None
    story = Story(
        file, enquiry, start, rule.due(began), min(now, closes), words.PARTS[told], _COMES_TO[told], settled
    )  # fmt: skip
    if not outcome and closes >= now:
        bench.leave_undone(story, _KEY, began, may_wait=False)
    else:
        bench.go_on(story, _KEY, file.held(began)[0], began, closes)
