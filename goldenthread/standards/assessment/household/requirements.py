"""What good practice demands here: that the family's languages are asked at first contact (2.5)."""

from goldenthread.cases.facts import standing
from goldenthread.core.clock import Moment
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.referrals.models import Referral


def _language_asked(referral: Referral) -> Owed | None:
    """Owed where it was not answered for every child before the referral came; done when the last child's was."""
    answered: list[Moment | None] = []
    for child in referral.children.all():
        told = [s.moment for s in standing(child.languages.all()) if s.fact.settles]
        first = told[0] if told else None
        if first is None or first.occurred_at >= referral.received_at:
            answered.append(first)
    if not answered:
        return None
    moments = [moment for moment in answered if moment is not None]
    if len(moments) < len(answered):
        return Owed(since=referral.received)
    done = Moment(max(m.occurred_at for m in moments), max(m.recorded_at for m in moments))
    return Owed(since=referral.received, done=done)


LANGUAGE_ASKED = Requirement(
    key="assessment.language-asked",
    serves="2.5",
    title="The family is asked which languages they speak, and whether they need an interpreter",
    why="What is said in a language that somebody half understands is half heard, and a child must never have to interpret.",
    timescale="language-asked",
    subject=Referral,
    owed=_language_asked,
    with_related=("case_file__holdings", "children__languages"),
)

REQUIREMENTS: tuple[Requirement, ...] = (LANGUAGE_ASKED,)
