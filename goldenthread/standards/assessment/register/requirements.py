"""What good practice demands here (2.4): every referral is checked, and what is not sure is answered by a manager."""

from collections.abc import Iterator

from goldenthread.cases.facts import standing
from goldenthread.obligations.requirement import Owed, Requirement
from goldenthread.standards.assessment.register.choices import Answer
from goldenthread.standards.referrals.models import Referral


def _checked(referral: Referral) -> Owed:
    decided = [check.decided for check in referral.register_checks.all()]
    first = min((one.moment for one in decided if one), default=None)
    return Owed(since=referral.received, done=first)


def _settled(referral: Referral) -> Iterator[Owed]:
    for check in referral.register_checks.all():
        if (decided := check.decided) is None:
            continue
        unsure = {row.shown_id for row in decided.fact.answers.all() if row.answer == Answer.UNSURE}
        for asked in check.asked.all():
            for shown in asked.shown.all():
                if shown.pk in unsure:
                    answers = standing(shown.settled.all())
                    yield Owed(
                        since=decided.moment, done=answers[0].moment if answers else None, key=f"shown-{shown.pk}"
                    )


REGISTER_CHECK = Requirement(
    key="assessment.register-check",
    serves="2.4",
    title="The child protection register is checked for every referral",
    why="A child already known to be at risk must be recognised at the first call.",
    timescale="register-check",
    subject=Referral,
    owed=_checked,
    with_related=("case_file__holdings", "register_checks__decisions"),
)
REGISTER_CHECK_SETTLED = Requirement(
    key="assessment.register-check-settled",
    serves="2.4",
    title="A manager answers where a check of the register was not sure",
    why="“Perhaps” helps nobody who has to decide tonight whether a child is safe.",
    timescale="register-check-settled",
    subject=Referral,
    owed=_settled,
    with_related=(
        "case_file__holdings",
        "register_checks__decisions__answers",
        "register_checks__asked__shown__settled",
    ),
)
REQUIREMENTS: tuple[Requirement, ...] = (REGISTER_CHECK, REGISTER_CHECK_SETTLED)
