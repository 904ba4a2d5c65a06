"""Files on which nobody was named for some weeks, after a team took them over."""

from datetime import datetime
from random import Random

from goldenthread.demo.arrivals import File
from goldenthread.demo.diary import Diary
from goldenthread.demo.paths import Path

NOBODY_FREE = {"fs-north": Path(0.28, 0.10), "fs-south": Path(0.10, 0.42)}
"""The share of files that a family support team takes on with nobody free to be named."""


def as_it_went(file: File, diary: Diary) -> list[tuple[datetime, str, int | None]]:
    """Who held it; of every few files that a family support team took over, nobody was named for some weeks. (What was
    done meanwhile was done by whoever came to it then, on duty.)"""
    found: list[tuple[datetime, str, int | None]] = []
    chance = Random(f"{file.pk} nobody free")  # of its own: what it draws changes nothing for the others
    following = [since for since, _, _ in file.holdings[1:]] + [None]
    for (since, team, worker), until in zip(file.holdings, following, strict=True):
        day, _ = diary.place(since)
        if (
            team in NOBODY_FREE
            and found
            and chance.random() < NOBODY_FREE[team].share(day / diary.day_number(diary.today))
        ):
            found.append((since, team, None))
            later = diary.workday(day, 3 + int(chance.expovariate(1 / 18)))
            named = diary.at(later, 600 + chance.randrange(300))
            if until is None or named < until:
                found.append((named, team, worker))
        else:
            found.append((since, team, worker))
    return found
