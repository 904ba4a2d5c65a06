"""What changed between two versions of a plan: added, changed, dropped, field by field, in the words of both."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal, TypeVar

from rapidfuzz import fuzz

from goldenthread.plan.content import ActionContent, PlanContent, RecommendationContent, StandardContent

What = Literal["added", "changed", "dropped"]
ALIKE = 70.0  # of 100: above it, two texts are two versions of one
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Change:
    """One difference. where: “Recommendation 1.2, action 1”; part: what it is about (“timescale”, “progress”, “action”…);
    old and new: the words before and after, empty where there were none."""

    what: What
    where: str
    part: str
    old: str = ""
    new: str = ""

    def __str__(self) -> str:
        if self.what == "added":
            return f"{self.where}: {self.part} added: “{self.new}”"
        if self.what == "dropped":
            return f"{self.where}: {self.part} dropped: “{self.old}”"
        return f"{self.where}: {self.part} changed from “{self.old}” to “{self.new}”"


@dataclass(frozen=True, slots=True)
class Comparison:
    """All differences between an earlier and a later version, in the order of the later one."""

    changes: tuple[Change, ...]

    @property
    def same(self) -> bool:
        """Nothing differs."""
        return not self.changes

    def of(self, what: What) -> list[Change]:
        """Only what was added, changed or dropped."""
        return [change for change in self.changes if change.what == what]

    def in_words(self) -> str:
        """One line a change, after a line that counts them."""
        if self.same:
            return "Nothing changed."
        counts = ", ".join(f"{len(self.of(what))} {what}" for what in ("added", "changed", "dropped"))
        return "\n".join([f"{counts}.", *map(str, self.changes)])


def compare(earlier: PlanContent, later: PlanContent) -> Comparison:
    """Compare two versions. Standards and recommendations are matched by number where their titles are alike, else by
    title; actions by their words."""
    changes: list[Change] = []
    _field(changes, "The plan", "title", earlier.title, later.title)
    _field(changes, "The plan", "as-at date", _day(earlier.as_at), _day(later.as_at))
    for old, new in _matched(earlier.standards, later.standards, _standard_alike):
        where = f"Standard {(new or old).number}"  # type: ignore[union-attr]
        if old and new:
            if old.number != new.number:
                changes.append(Change("changed", where, "number", str(old.number), str(new.number)))
            _field(changes, where, "title", old.title.text, new.title.text)
        elif new:
            changes.append(Change("added", where, "standard", new=new.title.text))
        elif old:
            changes.append(Change("dropped", where, "standard", old=old.title.text))
    # a recommendation may have moved to another standard
    for before, after in _matched(
        list(earlier.recommendations()), list(later.recommendations()), _recommendation_alike
    ):
        if before and after:
            _recommendation(changes, before, after)
        elif after:
            changes.append(Change("added", f"Recommendation {after.number}", "recommendation", new=after.title.text))
        elif before:
            changes.append(
                Change("dropped", f"Recommendation {before.number}", "recommendation", old=before.title.text)
            )
    return Comparison(tuple(changes))


def _recommendation(changes: list[Change], old: RecommendationContent, new: RecommendationContent) -> None:
    where = f"Recommendation {new.number}"
    if old.number != new.number:
        changes.append(Change("changed", where, "number", old.number, new.number))
    _field(changes, where, "title", old.title.text, new.title.text)
    _field(changes, where, "audit criterion", *(r.criterion.text if r.criterion else "" for r in (old, new)))
    for before, after in _matched(old.actions, new.actions, _action_alike):
        if before and after:
            place = f"{where}, action {new.actions.index(after) + 1}"
            _field(changes, place, "words", before.text.text, after.text.text)
            _field(changes, place, "timescale", _when(before), _when(after))
            _list(changes, place, "lead", [w.text for w in before.leads], [w.text for w in after.leads])
        elif after:
            changes.append(Change("added", where, "action", new=after.text.text))
        elif before:
            changes.append(Change("dropped", where, "action", old=before.text.text))
    for part, had, has in (
        ("lead", old.leads, new.leads),
        ("timescale", [t.words for t in old.timescales], [t.words for t in new.timescales]),
        ("progress", old.progress, new.progress),
        ("next step", old.next_steps, new.next_steps),
        ("monitoring arrangement", old.monitoring, new.monitoring),
        ("rating", old.rating, new.rating),
    ):
        _list(changes, where, part, [words.text for words in had], [words.text for words in has])


def _field(changes: list[Change], where: str, part: str, old: str, new: str) -> None:
    if old != new:
        changes.append(Change("changed" if old and new else "added" if new else "dropped", where, part, old, new))


def _list(changes: list[Change], where: str, part: str, old: list[str], new: list[str]) -> None:
    for before, after in _matched(old, new, fuzz.ratio):
        _field(changes, where, part, before or "", after or "")


def _matched(old: Sequence[T], new: Sequence[T], alike: Callable[[T, T], float]) -> list[tuple[T | None, T | None]]:
    """Pair off what is alike, the most alike first and each once; then in the order of the new, and last what was
    dropped."""
    scores = sorted(
        (
            (-score, abs(there - here), there, here)
            for there, one in enumerate(old)
            for here, other in enumerate(new)
            if (score := alike(one, other)) >= ALIKE
        ),
    )
    partner: dict[int, int] = {}
    used: set[int] = set()
    for _, _, there, here in scores:
        if here not in partner and there not in used:
            partner[here] = there
            used.add(there)
    pairs: list[tuple[T | None, T | None]] = [
        (old[partner[here]] if here in partner else None, item) for here, item in enumerate(new)
    ]
    return pairs + [(item, None) for there, item in enumerate(old) if there not in used]


def _standard_alike(old: StandardContent, new: StandardContent) -> float:
    """A standard with the same number is the same, unless another has its title."""
    return (
        fuzz.ratio(old.title.text, new.title.text)
        if old.number != new.number
        else max(ALIKE, fuzz.ratio(old.title.text, new.title.text))
    )


def _recommendation_alike(old: RecommendationContent, new: RecommendationContent) -> float:
    score = fuzz.ratio(old.title.text, new.title.text)
    if old.number == new.number:
        return score + 5 if score >= ALIKE else ALIKE if score >= ALIKE / 2 else score
    return score if score >= 85 else 0.0


def _action_alike(old: ActionContent, new: ActionContent) -> float:
    return fuzz.ratio(old.text.text, new.text.text)


def _when(action: ActionContent) -> str:
    return action.timescale.words.text if action.timescale else ""


def _day(day: object) -> str:
    return str(day) if day else ""
