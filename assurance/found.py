"""What the access matrix found."""

from collections import Counter
from dataclasses import dataclass, field


@dataclass(slots=True)
class Matrix:
    """What was found. cells: requests made; asked: those in an officer's name; leaks: canaries that came back to somebody
    who may not see them; wrong: answers that the oracle does not expect; untold: disclosures that the trail does not tell
    of; unknown: pages that the oracle does not know."""

    cells: int = 0
    asked: int = 0
    disclosures: int = 0
    leaks: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    untold: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    seconds: float = 0.0

    @property
    def faults(self) -> int:
        """How much is wrong."""
        return len(self.leaks) + len(self.wrong) + len(self.untold) + len(self.unknown)

    def first(self) -> str:
        """The first of each, in words."""
        return "; ".join(f"{name}: {found[0]} (of {len(found)})" for name, found in (
            ("leak", self.leaks), ("wrong", self.wrong), ("untold", self.untold), ("unknown", self.unknown)
        ) if found)  # fmt: skip
