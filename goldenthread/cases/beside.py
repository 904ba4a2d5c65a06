"""What stands beside a record of one room: records of later rooms that belong to it, of which it knows nothing itself."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import models

from goldenthread.people.models import Officer

Links = Callable[[Any, Officer], list[tuple[str, str]]]
"""From a record, and who looks at it, to links, each its words and its address (none: it is only said). They name no child."""

_known: dict[str, list[Links]] = defaultdict(list)


def stand_beside(label: str, links: Links) -> None:
    """Say what stands beside records of a kind (“referrals.referral”); rooms do so once, when they are ready."""
    _known[label].append(links)


def links_beside(record: models.Model, officer: Officer) -> list[tuple[str, str]]:
    """All links to what stands beside a record, for an officer who may open it. What is on the same file they may open too;
    what is on another, each room asks itself."""
    return [link for links in _known.get(record._meta.label_lower, ()) for link in links(record, officer)]
