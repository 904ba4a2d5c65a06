"""When something about an assessment or a plan is allowed. Each rule raises Refused with what to do about it."""

import re
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import Child
from goldenthread.core.clock import day_of
from goldenthread.core.errors import Refused
from goldenthread.core.rules import check_choice, check_not_future, check_time, check_words
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.choices import (
    Outcome,
    PartKind,
    ReviewOutcome,
    State,
    Tool,
    Way,
    Whose,
)
from goldenthread.standards.assessment.assessing.clocks import kinds_on
from goldenthread.standards.assessment.assessing.models import Assessment, ChildInNeedPlan

__all__ = [
    "check_child",
    "check_choice",
    "check_kind",
    "check_not_future",
    "check_open",
    "check_others_work",
    "check_outcome",
    "check_review",
    "check_seen",
    "check_step",
    "check_time",
    "check_views",
    "check_whole",
    "check_words",
    "missing",
]

SPEAKS_FROM = 4
"""The age in years from which “too young” does not say enough."""
_MORE_WORDS = 5
# What says no more than that a child is young; what is left over must say something.
_AGE_ALONE = re.compile(
    r"\b(too|so|very|still|only|just|is|was|are|he|she|they|it|the|a|an|child|children|baby|toddler|infant|young|younger|"
    r"small|little|old|enough|not|due|because|of|to|at|this|that|his|her|their|in|for|age|aged|years?|months?|yrs?|"
    r"understand|understanding|speak|talk|say|give|express|ask|asked|be|being|can|cannot|could|any|views?|opinions?|wishes|"
    r"unable|and|on|account|as|no|or|did|do|does|have|has|had|n|t|s|one|two|three|four|five|six|seven|eight|nine|ten)\b|\d+"
)


def check_kind(kind: str, started_at: datetime) -> None:
    """The kinds of assessment are those of their time."""
    if kind not in kinds_on(day_of(started_at)):
        raise Refused("There was no assessment of this kind on the day that it started: choose another kind.")


def check_child(assessment: Assessment, child: Child) -> None:
    """A child of this assessment."""
    if child.pk not in {one.pk for one in assessment.children.all()}:
        raise Refused("Choose a child of this assessment.")


def check_open(assessment: Assessment) -> None:
    """Nothing of it is written while a manager has it, or once it is signed off."""
    if assessment.state == State.HANDED_IN:
        raise Refused("It is handed in. A manager signs it off, or returns it for more work.")
    if assessment.state == State.SIGNED_OFF:
        raise Refused("It is signed off. A manager can reopen it, with a reason.")


def check_outcome(part: str, outcome: str) -> None:
    """Decisions come to something, and nothing else does."""
    if part == PartKind.DECISIONS:
        check_choice(outcome, Outcome.choices, "what the decisions come to")
    elif outcome:
        raise Refused("Only the decisions say what is to happen: write this part without it.")


def check_seen(
    *, seen: bool, why_not_seen: str, alone: bool, why_not_alone: str, seen_by: str, way: str, language: str
) -> None:
    """Seen: by whom, how they understood each other, and alone or why not. Not seen: why."""
    if not seen:
        check_words(why_not_seen, "why the child has not been seen")
        return
    check_words(seen_by, "who saw the child")
    check_choice(way, Way.choices, "how the child and the worker understood each other")
    if way == Way.SPEECH and not language.strip():
        raise Refused("Write in which language.")
    if not alone:
        check_words(why_not_alone, "why the child was not seen alone")


def check_views(*, words: str, why_none: str, tool: str, child: Child, at: datetime) -> None:
    """The child's own words, or why there are none: one of the two. For a child of four or more, and for one whose age
    is not known, age alone is no reason."""
    if words.strip() and why_none.strip():
        raise Refused("Write the child's words, or why there are none: not both.")
    if tool:
        check_choice(tool, Tool.choices, "what helped")
    if words.strip():
        check_words(words, "the child's own words")
        return
    check_words(why_none, "the child's own words, or why there are none")
    age = child.age_on(day_of(at))
    if (age is None or age >= SPEAKS_FROM) and _says_only_age(why_none):
        raise Refused(
            "For a child of four or over, age alone is no reason. Say what you tried, and how this child shows what they "
            "want."
        )


def _says_only_age(why: str) -> bool:
    plain = why.casefold().replace("’", " ").replace("'", " ")
    about_age = bool(re.search(r"young|old enough|baby|infant|toddler|\bage\b", plain))
    return about_age and len(re.findall(r"[^\W\d_]{2,}", _AGE_ALONE.sub(" ", plain))) < _MORE_WORDS


def missing(assessment: Assessment) -> list[str]:
    """What it lacks to be signed off, in words; children by their number among its children, never by name."""
    lacks = []
    stands = {s.fact.part: s.fact for s in standing(assessment.parts.all())}
    for kind in PartKind:
        part = stands.get(kind)
        if part is None or not part.text.strip():
            lacks.append(f"the part “{kind.label}” is empty")
        elif not part.says_something:
            lacks.append(f"the part “{kind.label}” says nothing that someone else could act on")
    children = list(assessment.children.all())
    seen = {s.fact.child_id for s in standing(assessment.seen.all())}
    heard = {s.fact.child_id for s in standing(assessment.views.all())}
    for number, child in enumerate(children, start=1):
        which = f"child {number} of {len(children)}" if len(children) > 1 else "the child"
        if child.pk not in seen:
            lacks.append(f"nothing says whether {which} was seen, or why not")
        if child.pk not in heard:
            lacks.append(f"there are no views of {which}, and no reason why not")
    return lacks


def check_whole(assessment: Assessment) -> None:
    """All four parts say something, and every child is seen and heard, or it is said why not."""
    if lacks := missing(assessment):
        raise Refused(f"Before it can be handed in or signed off: {'; '.join(lacks)}.")


def check_others_work(assessment: Assessment, by: Officer) -> None:
    """Nobody signs off their own work: neither who handed it in, nor who wrote a part of it as it stands."""
    authors = {s.fact.by_id for s in standing(assessment.parts.all())}
    handed = standing(assessment.handings_in.all())
    if by.pk in authors | {s.fact.by_id for s in handed[-1:]}:
        raise Refused("You wrote a part of this, or handed it in: another manager signs it off or returns it.")


def check_step(*, need: str, what: str, whose: str, who: str, sign: str) -> None:
    """Each step says what for, what, who, and how the child will know."""
    check_words(need, "what the child needs")
    check_words(what, "what will be done")
    check_choice(whose, Whose.choices, "who does it")
    check_words(who, "the name of who does it")
    check_words(sign, "how the child will know that it has worked")


def check_review(plan: ChildInNeedPlan, *, who_came: str, changed: str, outcome: str, reason: str) -> None:
    """A plan that is signed off and goes on is reviewed; a review says who came, what changed and what follows."""
    if plan.signed is None:
        raise Refused("The plan is not signed off yet: a manager signs it off first.")
    if plan.ended is not None:
        raise Refused("The plan has ended.")
    check_words(who_came, "who came")
    check_words(changed, "what has changed for the child")
    check_choice(outcome, ReviewOutcome.choices, "what becomes of the plan")
    check_words(reason, "why")
