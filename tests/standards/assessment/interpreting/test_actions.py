"""The verbs on interpreters: what each writes, and what each refuses."""

from datetime import datetime, timedelta

import pytest

from goldenthread.cases.models import CaseFile
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.interpreting import actions
from goldenthread.standards.assessment.interpreting.course import answers, arrival, confirmation, interpreted
from goldenthread.standards.assessment.interpreting.models import (
    InterpreterProvider,
    InterpreterRequest,
    ProviderReply,
)
from tests.conftest import Cast
from tests.standards.assessment.interpreting.conftest import Ask
from tests.standards.referrals.conftest import Hands


def test_a_request_says_what_is_needed_and_the_trail_holds_no_words(asked: InterpreterRequest, cast: Cast) -> None:
    assert (asked.reference, asked.language_in_words) == (f"IN{asked.pk:06d}", "Somali")
    entry = TrailEntry.objects.get(deed="ask for interpreter")
    assert entry.officer == "asha"
    assert entry.why == "allocated worker"
    assert "hour" not in f"{entry.detail}"


@pytest.mark.parametrize(
    ("other", "says"),
    [
        ({"language": "other"}, "which language"),
        ({"language": "klingon"}, "Choose the language"),
        ({"about": "n/a"}, "says nothing"),
        ({"for_whom": ""}, "whom the interpreter is for"),
        ({"mode": "fax"}, "how the interpreting"),
        ({"purpose": ""}, "what it is for"),
    ],
)
def test_what_a_request_must_say(ask: Ask, other: dict[str, str], says: str) -> None:
    with pytest.raises(Refused, match=says):
        ask(**other)
    assert not InterpreterRequest.objects.exists()


def test_a_request_is_not_made_ahead_before_the_file_or_after_the_need(ask: Ask, hands: Hands) -> None:
    with pytest.raises(Refused, match="in the future"):
        ask(asked_at=hands.now + timedelta(hours=1))
    with pytest.raises(Refused, match="before the case file was opened"):
        ask(asked_at=hands.now - timedelta(days=1))
    with pytest.raises(Refused, match="needed before you asked"):
        ask(needed_at=hands.now - timedelta(minutes=5))


def test_only_who_may_write_to_the_file_asks(ask: Ask, cast: Cast) -> None:
    for by in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            ask(by=by)
    assert ask(by=cast.colleague).by == cast.colleague  # on duty for the team


def test_the_same_form_twice_is_one_request(ask: Ask) -> None:
    assert ask(token="t") == ask(token="t")
    assert InterpreterRequest.objects.count() == 1


def test_a_provider_has_one_spelling_and_each_reply_stands(asked: InterpreterRequest, cast: Cast, hands: Hands) -> None:
    for name in ("Wex Languages", " wex  languages "):
        actions.record_reply(request=asked, provider=name, answer="asked", occurred_at=hands.now, by=cast.worker)
    assert InterpreterProvider.objects.get().name == "Wex Languages"
    with pytest.raises(Refused, match="what they said"):
        actions.record_reply(request=asked, provider="Signs", answer="cannot", occurred_at=hands.now, by=cast.worker)
    with pytest.raises(Refused, match="name of the provider"):
        actions.record_reply(request=asked, provider="", answer="asked", occurred_at=hands.now, by=cast.worker)
    early = hands.now - timedelta(hours=1)
    with pytest.raises(Refused, match="before the interpreter was asked for"):
        actions.record_reply(request=asked, provider="Signs", answer="asked", occurred_at=early, by=cast.worker)
    assert ProviderReply.objects.count() == 2
    assert confirmation(asked) is None


def test_a_provider_that_cannot_after_all_takes_its_confirmation_with_it(
    asked: InterpreterRequest, cast: Cast, hands: Hands
) -> None:
    def reply(provider: str, answer: str) -> None:
        actions.record_reply(
            request=asked, provider=provider, answer=answer, words="Fallen ill", occurred_at=hands.on(hours=1),
            by=cast.worker,
        )  # fmt: skip

    reply("Wex", "confirmed")
    assert confirmation(asked)
    reply("Signs", "cannot")
    assert confirmation(asked), "another provider said so"
    reply("Wex", "cannot")
    assert confirmation(asked) is None
    reply("Signs", "confirmed")
    found = confirmation(asked)
    assert found
    assert found.fact.provider.name == "Signs"


def test_whether_the_interpreter_came_is_said_once_the_time_has_come(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    with pytest.raises(Refused, match="has not come yet"):
        actions.record_attendance(request=asked, outcome="came", by=cast.worker)
    hands.now = needed_at + timedelta(hours=2)
    with pytest.raises(Refused, match="Give the time"):
        actions.record_attendance(request=asked, outcome="late", by=cast.worker)
    with pytest.raises(Refused, match="after the time that was asked for"):
        actions.record_attendance(request=asked, outcome="late", came_at=needed_at, by=cast.worker)
    with pytest.raises(Refused, match="in the future"):
        actions.record_attendance(
            request=asked, outcome="late", came_at=hands.now + timedelta(minutes=1), by=cast.worker
        )
    with pytest.raises(Refused, match="done instead"):
        actions.record_attendance(request=asked, outcome="absent", by=cast.worker)
    actions.record_attendance(request=asked, outcome="absent", words="We went back on Monday", by=cast.worker)
    assert arrival(asked) is None
    late = actions.record_attendance(
        request=asked, outcome="late", came_at=needed_at + timedelta(minutes=25), by=cast.worker
    )
    assert late.late_by == timedelta(minutes=25)
    with pytest.raises(Refused, match="an interpreter came"):
        actions.record_attendance(request=asked, outcome="came", by=cast.worker)


def test_a_request_is_cancelled_before_its_time_and_takes_nothing_more(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    def cancel(at: datetime, why: str = "family", words: str = "The mother is in hospital") -> None:
        actions.cancel_interpreter(request=asked, why=why, words=words, occurred_at=at, by=cast.worker)

    with pytest.raises(Refused, match="what happened"):
        cancel(hands.now, words="")
    cancel(hands.now)
    with pytest.raises(Refused, match="cancelled already"):
        cancel(hands.now)
    with pytest.raises(Refused, match="take the cancellation back"):
        actions.record_reply(request=asked, provider="Wex", answer="asked", occurred_at=hands.now, by=cast.worker)
    hands.now = needed_at + timedelta(hours=1)
    fact = asked.cancellations.get()
    with pytest.raises(Refused, match="needed by then"):
        actions.correct(fact=fact, changes={"occurred_at": hands.now}, reason="It was later", by=cast.worker)
    actions.correct(fact=fact, changes=None, reason="It was another family's", by=cast.worker)
    actions.record_attendance(request=asked, outcome="came", by=cast.worker)
    with pytest.raises(Refused, match="who interpreted"):
        cancel(needed_at - timedelta(hours=1))


def test_a_child_who_interprets_is_flagged_and_does_not_count_as_an_interpreter(
    asked: InterpreterRequest, cast: Cast, hands: Hands
) -> None:
    with pytest.raises(Refused, match="why there was no interpreter"):
        actions.record_stand_in(request=asked, who="child", why="tbc", occurred_at=hands.now, by=cast.worker)
    stood = actions.record_stand_in(
        request=asked, who="child", why="Nobody came, and the mother wept", occurred_at=hands.now, by=cast.worker
    )
    assert stood.is_child
    assert arrival(asked) is None
    assert interpreted(asked)


def test_the_family_is_asked_after_something_was_interpreted(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    def say(answer: str, words: str = "", at: datetime | None = None) -> None:
        actions.record_understood(
            request=asked, answer=answer, words=words, occurred_at=at or hands.now, by=cast.worker
        )

    with pytest.raises(Refused, match="first who interpreted"):
        say("yes")
    hands.now = needed_at + timedelta(hours=3)
    actions.record_attendance(request=asked, outcome="came", by=cast.worker)
    with pytest.raises(Refused, match="before anything was interpreted"):
        say("yes", at=needed_at - timedelta(hours=1))
    with pytest.raises(Refused, match="did not understand"):
        say("partly")
    say("partly", "She spoke another dialect")
    assert [s.fact.answer for s in answers(asked)] == ["partly"]


def test_a_fact_is_corrected_beside_what_it_said(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    hands.now = needed_at + timedelta(hours=3)
    came = actions.record_attendance(
        request=asked, outcome="late", came_at=needed_at + timedelta(minutes=10), by=cast.worker
    )
    with pytest.raises(Refused, match="why it is corrected"):
        actions.correct(fact=came, changes={"outcome": "came"}, reason="", by=cast.worker)
    with pytest.raises(NotAllowed):
        actions.correct(fact=came, changes={"outcome": "came"}, reason="In time", by=cast.stranger)
    with pytest.raises(Refused, match="cannot be corrected"):
        actions.correct(fact=came, changes={"recorded_at": hands.now}, reason="In time", by=cast.worker)
    with pytest.raises(Refused, match="Nothing would change"):
        actions.correct(fact=came, changes={"outcome": "late"}, reason="In time", by=cast.worker)
    new = actions.correct(fact=came, changes={"outcome": "came"}, reason="In time, I misread", by=cast.worker)
    assert new.occurred_at == needed_at
    assert (new.supersedes, new.first_id) == (came, came.pk)
    with pytest.raises(Refused, match="corrected already"):
        actions.correct(fact=came, changes=None, reason="Again and again", by=cast.worker)
    assert asked.attendances.count() == 2


def test_nothing_is_written_to_anothers_file(asked: InterpreterRequest, cast: Cast, case_file: CaseFile) -> None:
    at = asked.asked_at
    for verb, given in (
        (actions.record_reply, {"provider": "Wex", "answer": "asked", "occurred_at": at}),
        (actions.record_attendance, {"outcome": "came"}),
        (actions.record_stand_in, {"who": "friend", "why": "Nobody came", "occurred_at": at}),
        (actions.record_understood, {"answer": "yes", "occurred_at": at}),
        (actions.cancel_interpreter, {"why": "family", "words": "They moved away", "occurred_at": at}),
    ):
        for by in (cast.stranger, cast.quality, cast.member):
            with pytest.raises(NotAllowed):
                verb(request=asked, by=by, **given)  # type: ignore[operator]
