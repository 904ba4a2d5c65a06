"""What a chronology tells of supervision: what was decided of the case and why, and nothing of the supervision itself."""

from goldenthread.cases.events import Event, events_of
from goldenthread.cases.models import CaseFile
from goldenthread.core.clock import day_of
from goldenthread.standards.allocation.supervising import agreed, pairs
from goldenthread.standards.allocation.supervising.models import SupervisionPair
from tests.cases.whole_chronology import differences
from tests.conftest import Cast
from tests.standards.allocation.supervising.conftest import ANSWERS, Discuss
from tests.standards.referrals.conftest import Hands


def test_it_tells_what_was_decided_and_agreed_and_not_that_they_met(
    file: CaseFile, pair: SupervisionPair, discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    hands.on(hours=2)
    session = pairs.record_session(pair=pair, occurred_at=hands.now, by=cast.manager)
    pairs.record_session(
        pair=pair, occurred_at=hands.now, held=False, why_missed="Asha was ill all week", by=cast.manager
    )
    said = discuss(session=session, answers=ANSWERS | {"risk": ("yes", "He was seen in the street")})
    action = agreed.agree_action(
        supervision=said, what="See her alone", officer=cast.worker, due=day_of(hands.now), by=cast.manager
    )
    hands.on(hours=3)
    agreed.finish_action(action=action, words="At school, on Friday", occurred_at=hands.now, by=cast.worker)
    told: list[Event] = [one for one in events_of(file).events if one.label.startswith("supervising.")]
    assert [(one.what, one.words[:2], one.url) for one in told] == [
        ("The case was talked over in supervision", ("Decided: She is seen alone at school", "Talked about: Whether the bruises go on"), said.get_absolute_url()),
        (f"Agreed in supervision: {action}", ("See her alone", "Asha Verma, by 1 October 2003"), said.get_absolute_url()),
        (f"What was agreed in supervision was done: {action}", ("See her alone", "At school, on Friday"), said.get_absolute_url()),
    ]  # fmt: skip
    whole = " ".join(word for one in events_of(file).events for word in (one.what, *one.words))
    assert not {"ill", "session", "missed"} & set(whole.split())
    assert differences() == []
