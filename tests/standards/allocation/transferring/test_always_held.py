"""Whatever is done in whatever order: at every instant from its opening on, exactly one holding holds an open case, in a team;
and the case is with the sending team until the instant at which the transfer is done.

GOLDENTHREAD_RANDOM_VERBS sets how many verbs (200 unless told otherwise).
"""

import os
import random
from collections import Counter
from datetime import datetime, timedelta

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.standards.allocation.transferring.course import RELATED, course_of
from goldenthread.standards.allocation.transferring.figures import lasted, moving
from goldenthread.standards.allocation.transferring.models import Transfer
from tests.conftest import Cast
from tests.standards.allocation.transferring.office import TransferOffice
from tests.standards.referrals import conftest as room
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_random_verbs import SEED

hands = room.hands  # the fixture
ON_A_FILE = [f"transfers__{name}" for name in RELATED] + ["transfers__completions__holding"]
VERBS = int(os.environ.get("GOLDENTHREAD_RANDOM_VERBS", "200"))


def holders(held: list[Holding], at: datetime) -> list[Holding]:
    """The holdings that hold a file at an instant: each from its beginning until the next one begins. Written apart from what
    the product does."""
    ends = [*(one.since_at for one in held[1:]), None]
    return [one for one, end in zip(held, ends, strict=True) if one.since_at <= at and (end is None or at < end)]


def check_held(file: CaseFile, now: datetime) -> None:
    held = sorted(file.holdings.all(), key=lambda one: (one.since_at, one.pk))
    assert held[0].since_at <= file.opened_at
    instants = {file.opened_at, now, *(one.since_at for one in held)}
    instants |= {one.since_at - timedelta(microseconds=1) for one in held if one.since_at > file.opened_at}
    for at in instants:
        found = holders(held, at)
        assert len(found) == 1, (file, at)
        assert found[0].team_id
        assert file.holding_at(at) == found[0]
    assert (file.team_id, file.worker_id) == (held[-1].team_id, held[-1].worker_id)


def check_transfers(file: CaseFile) -> None:
    courses = [course_of(one) for one in file.transfers.all()]  # type: ignore[attr-defined]
    under_way = [one for one in courses if one.under_way]
    assert len(under_way) <= 1
    assert file.offered_to_id == (under_way[0].transfer.to_team_id if under_way else None)
    for one in under_way:
        assert file.team_id == one.transfer.from_team_id
    for one in courses:
        if one.done:
            holding = one.done.fact.holding
            assert (holding.team_id, holding.since_at) == (one.transfer.to_team_id, one.done.moment.occurred_at)


def test_at_no_instant_has_an_open_case_no_team(cast: Cast, hands: Hands) -> None:
    office = TransferOffice(cast, hands, random.Random(SEED))
    way = [office.ask_for_transfer, office.accept_it, office.hand_on, office.see_together, office.clear_obstacle]
    office.verbs = [*office.transfer_verbs, office.hand, *way * 3, *[office.complete_it] * 8]
    done: Counter[str] = Counter()
    for _ in range(VERBS):
        hands.on(minutes=office.chance.randrange(400))
        verb = office.take if done["take"] < 5 else office.chance.choice(office.verbs)
        try:
            verb()
        except Refused:
            continue
        done[verb.__name__] += 1
        for file in CaseFile.objects.order_by("pk").prefetch_related("holdings", *ON_A_FILE):
            check_held(file, hands.now)
            check_transfers(file)
    assert done["complete_it"], done
    assert ledger.verify() == []
    transfers = [course_of(one) for one in Transfer.objects.prefetch_related(*RELATED)]
    at = hands.now
    assert len(lasted(datetime(2003, 1, 1).date(), at.date())) == sum(one.done is not None for one in transfers)  # noqa: DTZ001
    ours = moving({cast.east.pk, cast.west.pk}, at)
    for team in (cast.east, cast.west):
        out = [one for one in transfers if one.under_way and one.transfer.from_team_id == team.pk]
        assert ours[team.pk].going_out == len(out)
        assert ours[team.pk].out_with_obstacles == sum(bool(one.in_the_way) for one in out)
