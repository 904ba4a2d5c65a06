"""Random officers at work on assessments: whatever they do, the ledger says what the records say."""

import os
import random
from collections import Counter
from collections.abc import Callable
from contextlib import suppress

from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations import ledger
from goldenthread.standards.assessment.assessing.models import Assessment
from tests.conftest import Cast
from tests.standards.assessment.assessing.office import AssessingOffice
from tests.standards.referrals import conftest as referrals_room
from tests.standards.referrals.conftest import Hands

hands = referrals_room.hands  # the fixture
VERBS = int(os.environ.get("GOLDENTHREAD_RANDOM_VERBS", "150"))
SEED = int(os.environ.get("GOLDENTHREAD_RANDOM_SEED", "1"))

BEGUN = 6


def _try(verb: Callable[[], object]) -> None:
    with suppress(Refused, NotAllowed):
        verb()


def test_whatever_officers_do_the_ledger_holds(cast: Cast, hands: Hands) -> None:
    office = AssessingOffice(cast, hands, random.Random(SEED))
    own = [verb for verb in office.verbs if verb.__func__.__qualname__.startswith("AssessingOffice")]  # type: ignore[attr-defined]
    done: Counter[str] = Counter()
    # What all the others go on with: some assessments, and what a first go at everything makes of them.
    while Assessment.objects.count() < BEGUN:
        _try(office.take)
        _try(office.begin_assessment)
    for verb in own:
        _try(verb)
    for number in range(VERBS):
        hands.on(minutes=office.chance.randrange(300))
        verb = office.chance.choice([*own, *own, office.take, office.decide, office.hand, office.amend])
        written = TrailEntry.objects.count()
        try:
            verb()
        except (Refused, NotAllowed):
            assert TrailEntry.objects.count() == written, f"{verb.__name__} was refused and left something behind"
        else:
            done[verb.__name__] += 1
        if number % 500 == 0:
            assert ledger.verify() == []
    assert ledger.verify() == []
    assert sum(done.values()) > VERBS / 5
    if VERBS >= 3000:
        assert set(done) >= {verb.__name__ for verb in own}
        print(f"\n{VERBS} verbs, {sum(done.values())} done: {dict(done)}")
