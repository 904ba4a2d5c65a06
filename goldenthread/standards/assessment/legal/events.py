"""What of legal advice is told in the chronology of a case file: that it was asked for and given, and never what was advised.

Advice is privileged, and a chronology is printed, sent to a conference and to court.
"""

from goldenthread.cases.events import Source, by_file, page, tells
from goldenthread.standards.assessment.legal.models import AdviceAnswer, AdviceRequest

NOT_SHOWN = "What was asked and advised is read on its own page."


def _asked(row: AdviceRequest) -> tuple[str, tuple[str, ...]]:
    return f"Legal advice was asked for: {row.reference}", (NOT_SHOWN,)


def _given(row: AdviceAnswer) -> tuple[str, tuple[str, ...]]:
    return f"Legal advice was given: {row.request.reference}", (NOT_SHOWN,)


tells(AdviceRequest, said=_asked, on=by_file(), when="asked_at", url=page("advice"), source=Source.LEGAL)
tells(
    AdviceAnswer, said=_given, on=by_file("request__case_file"), url=page("advice", "request_id"), source=Source.LEGAL,
    with_=("request",),
)  # fmt: skip
