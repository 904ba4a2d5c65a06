"""The search of children measured at one size, in a process and a database of its own. Prints what it found as JSON."""

import argparse
import json
import os
import sys
from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import cycle
from pathlib import Path
from time import perf_counter
from typing import Any

from bench.finding_people import KINDS, People, Said
from bench.timing import side_by_side

BORN = {"name alone": "no", "name and day of birth": "yes", "name and a day that is a little off": "off"}


def main() -> None:
    """Set up a database of this size, measure, and print."""
    arguments = argparse.ArgumentParser()
    arguments.add_argument("size", type=int)
    arguments.add_argument("data", type=Path)
    arguments.add_argument("--times", type=int, default=60)
    arguments.add_argument("--asked", type=int, default=300)
    given = arguments.parse_args()
    os.environ["DJANGO_SETTINGS_MODULE"] = "bench.settings"
    import django

    django.setup()
    from django.db import connection

    from goldenthread.core.database.making import bring_up_to_date

    bring_up_to_date()
    people = People(given.data, given.size)
    from django.db.backends.sqlite3.base import Database

    found: dict[str, Any] = {"children": given.size, "database": connection.vendor, "sqlite": Database.sqlite_version}
    found |= _fill(people)
    found |= _timed(people, given.times)
    found["recall"] = _recall(people, given.asked) if given.asked else {}
    json.dump(found, sys.stdout)


def _fill(people: People) -> dict[str, Any]:
    """Write them all, and make the index."""
    from goldenthread.cases.finding.keeping import rebuild
    from goldenthread.cases.models import Address, Child, OtherName
    from goldenthread.core.database.looking_over import look_over
    from goldenthread.people.models import Officer

    by, at = Officer.objects.create_officer("bench", name="Bench", role="worker"), datetime(2026, 1, 1, tzinfo=UTC)
    children, others, addresses = [], [], []
    for pk, person in enumerate(people.all, 1):
        search = f"{person.given} {person.family}".casefold()
        children.append(
            Child(
                pk=pk,
                given_names=person.given,
                family_name=person.family,
                date_of_birth=person.born,
                search_name=search,
            )
        )
        for given, family in person.others:
            others.append(
                OtherName(
                    child_id=pk, kind="known-as", given_names=given, family_name=family, recorded_at=at, by=by,
                    search_name=f"{given} {family}".casefold(),
                )
            )  # fmt: skip
        addresses.append(
            Address(
                child_id=pk, lines=person.lines, postcode=person.postcode, since=date(2020, 1, 1), recorded_at=at, by=by
            )
        )
    for rows in (children, others, addresses):
        type(rows[0])._default_manager.bulk_create(rows, batch_size=2000)  # type: ignore[attr-defined]
    began = perf_counter()
    keys = rebuild()
    indexed_in = perf_counter() - began
    look_over()
    return {"other_names": len(others), "keys": keys, "indexed_in": indexed_in}


def _timed(people: People, times: int) -> dict[str, Any]:
    """One search, in turn with one indexed equality look-up, in turn with the search that there was and the trigrams."""
    from bench.finding_peers import Trigrams, before
    from goldenthread.cases.finding.search import find
    from goldenthread.cases.models import Child

    asked = [said for kind in KINDS[:4] for said in people.ask(kind, 12, born="yes")]
    questions, names, more = cycle(asked), cycle(people.all), cycle(asked)
    trigrams = Trigrams(people)

    def look_up() -> object:
        person = next(names)
        return list(Child.objects.filter(search_name=f"{person.given} {person.family}".casefold())[:20])

    def named(said: Said) -> str:
        return f"{said.given} {said.family}"

    quick = side_by_side(
        {"search": lambda: find(_question(next(questions))), "look_up": look_up}, times=times, warm_up=5
    )
    slow = side_by_side(
        {
            "before": lambda: before(named(said := next(more)), said.born),
            "trigrams": lambda: trigrams.find(named(said := next(more)), said.born),
        },
        times=max(5, times // 6), warm_up=1,
    )  # fmt: skip
    return {"seconds": quick | slow}


def _question(said: Said) -> Any:
    from goldenthread.cases.finding.search import Question

    return Question(names=((said.given, said.family),), born=said.born, lines=said.lines, postcode=said.postcode)


def _recall(people: People, number: int) -> dict[str, dict[str, list[float]]]:
    """The share of questions whose child is among the first five: by our search, by trigrams, and by the search before."""
    from django.db import connection

    from bench.finding_peers import Trigrams, before
    from goldenthread.cases.finding.search import find

    trigrams = Trigrams(people)
    ways: dict[str, Callable[[Said], list[int]]] = {
        "ours": lambda said: [match.child.pk - 1 for match in find(_question(said), limit=5)],
        "trigrams": lambda said: trigrams.find(f"{said.given} {said.family}", said.born),
        "before": lambda said: [pk - 1 for pk in before(f"{said.given} {said.family}", said.born)],
    }
    if connection.vendor == "postgresql":  # the same people and questions: the others are measured once
        ways = {"ours": ways["ours"]}
    fewer = {"ours": number, "trigrams": number, "before": max(20, number // 5)}
    found: dict[str, dict[str, list[float]]] = {}
    for words, born in BORN.items():
        for kind in KINDS:
            asked = people.ask(kind, number, born=born)
            found.setdefault(words, {})[kind] = [_share(ways[way], asked[: fewer[way]]) for way in ways]
    asked = people.relatives(number)
    found["day of birth and address"] = {
        "another first name, a relative's surname": [_share(ways[way], asked[: fewer[way]]) for way in ways]
    }
    return found


def _share(way: Callable[[Said], list[int]], asked: list[Said]) -> float:
    return sum(said.meant in way(said) for said in asked) / len(asked)


if __name__ == "__main__":
    main()
