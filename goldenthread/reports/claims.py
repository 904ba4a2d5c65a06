"""Whether the words of a progress report claim more than the figures beside them show.

Kept conservative on purpose. It looks at one sentence at a time, for two kinds of claim: that something got better, and
that something is always done. It is silent about sentences that speak of what is still to come or is missing, and where
there are too few figures to say anything. It never says that a claim is wrong: only what the figures show.
"""

import re
from collections.abc import Sequence

from goldenthread.core.statistics import TOO_FEW
from goldenthread.plan.evidence import Evidence

_BETTER = re.compile(r"\b(improv\w+|increas\w+|better|reduc(ed|tion)\w*|strengthened)\b", re.IGNORECASE)
_ALWAYS = re.compile(
    r"\b(all (cases|files|referrals|staff|assessments)|always|every (case|file|referral)|fully|confirms?|confirmed|achieved)\b",
    re.IGNORECASE,
)
_NOT_YET = re.compile(
    r"\b(need(s|ed)? to|to be|will|would|should|must|not|no|to (confirm|ensure|improve|increase)|further|plan(s|ned)? to)\b",
    re.IGNORECASE,
)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?;:])\s+|\n")

NO_CHANGE = "The figures neither confirm nor deny a change: they show no signal of one."
NOT_ALL = "The figures neither confirm nor deny this as it is worded: they do not show it in every case."


def notes_on(texts: Sequence[str], evidence: Sequence[Evidence]) -> list[str]:
    """What to say beside these progress texts; nothing where they claim nothing, or the figures bear them out."""
    judged = [each for each in evidence if each.judged >= TOO_FEW]
    if not judged:
        return []
    sentences = [s for text in texts for s in _SENTENCE_ENDS.split(text) if not _NOT_YET.search(s)]
    notes = []
    if any(_BETTER.search(s) for s in sentences) and not any(_moved(each) for each in judged):
        notes.append(NO_CHANGE)
    if any(_ALWAYS.search(s) for s in sentences) and any(each.met < each.judged for each in judged):
        notes.append(NOT_ALL)
    return notes


def _moved(evidence: Evidence) -> bool:
    return bool(evidence.chart.shifts or evidence.chart.trends)
