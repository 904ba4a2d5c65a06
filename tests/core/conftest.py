from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from django.db import transaction
from django.test.utils import override_settings

from goldenthread.core import anchors, trail
from goldenthread.core.models import TrailEntry


class Hand:
    """Somebody who writes to the trail."""

    def __init__(self, name: str = "asha") -> None:
        self.name = name

    def get_username(self) -> str:
        return self.name


@pytest.fixture
def anchored(tmp_path: Path) -> Iterator[Path]:
    """The trail is anchored in a file of this test's own."""
    file = tmp_path / "trail.anchors"
    with override_settings(TRAIL_ANCHORS=file):
        anchors._last.clear()
        yield file
        anchors._last.clear()


@pytest.fixture
def told(transactional_db: None) -> Callable[[int], list[TrailEntry]]:
    """Writes so many entries that are committed, some of them several to a transaction."""

    def write(number: int) -> list[TrailEntry]:
        made: list[TrailEntry] = []
        while len(made) < number:
            with transaction.atomic():
                for _ in range(min(1 + len(made) % 3, number - len(made))):
                    nth = len(made)
                    made.append(
                        trail.write(
                            "read referral" if nth % 2 else "list referrals",
                            f"referrals.referral:{nth}" if nth % 2 else "referrals.referral:list",
                            by=Hand("asha" if nth % 3 else "ben"),
                            changed={"route": ("phone", "letter")} if nth % 5 == 0 else None,
                            **({} if nth % 2 else {"found": [nth, nth + 1]}),
                        )
                    )
        return made

    return write
