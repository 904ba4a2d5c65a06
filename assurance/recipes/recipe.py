"""What a recipe is."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from assurance.scene import Scene

WORDS = "〈words〉"
"""Stands in a field for words of the harness's own."""
Fields = dict[str, str | list[str]]


@dataclass(frozen=True, slots=True)
class Typed:
    """What one form is about and what is typed into it. arguments: of its address; second: what whoever comes second types
    otherwise, where the same again would say nothing new."""

    arguments: tuple[Any, ...]
    fields: Fields = field(default_factory=dict)
    second: Fields = field(default_factory=dict)

    def said(self, words: str, *, second: bool = False) -> Fields:
        """The fields with these words in them."""
        fields = self.fields | self.second if second else self.fields
        return {
            name: value.replace(WORDS, words) if isinstance(value, str) else value for name, value in fields.items()
        }

    @property
    def has_words(self) -> bool:
        """Whether there is a box for words in it."""
        return any(isinstance(value, str) and WORDS in value for value in self.fields.values())


def typed(*arguments: Any, **fields: Any) -> Typed:
    """A form about this, with this typed into it: numbers and records' keys as a page would send them."""
    plain = {name: [str(each) for each in v] if isinstance(v, list) else str(v) for name, v in fields.items()}
    return Typed(arguments, plain)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Recipe:
    """One page's. who: sends it; make: makes what it is about; other: edits the same at the same time.

    once: its answer is a page that shows a secret once, or ends the sender's session: the second sender is told something
    else, and only the effect is looked at. again: whether who came second may send it again and be heard (not where the
    first one's doing leaves nothing to do). meanwhile: what the first one does instead of sending the same form, where that
    would leave no form for the second. shows: what the second one's page says of the first one's doing, where that is neither
    the first one's words nor their name. single: it can be done but once in a council, so that the harnesses over a server,
    which keep what they did, leave it out."""

    who: str
    make: "Callable[[Scene], Typed]"
    other: str = "head"
    once: bool = False
    again: bool = True
    shows: str = ""
    single: bool = False
    meanwhile: "Callable[[Scene], None] | None" = None


Recipes = dict[str, Recipe]
