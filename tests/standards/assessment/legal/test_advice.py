"""Asking for legal advice, what was advised, and the hour in which it is owed."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from goldenthread.cases.models import Involvement
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.models import TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.standards.assessment.legal.actions import ask_for_advice, record_advice
from goldenthread.standards.assessment.legal.corrections import correct_advice, withdraw_advice
from goldenthread.standards.assessment.legal.models import AdviceAnswer, AdviceRequest, Solicitor
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.standards.assessment.legal.conftest import at
from tests.standards.referrals.conftest import Hands

ADVICE = "An emergency order can be asked for tonight, on what the ward saw"


@pytest.fixture
def asked(referral: Referral, cast: Cast, hands: Hands) -> AdviceRequest:
    return ask_for_advice(
        case_file=referral.case_file, question="May the ward keep the child until morning?", urgency="now",
        asked_at=hands.now, by=cast.worker,
    )  # fmt: skip


def answer(asked: AdviceRequest, solicitor: Solicitor, cast: Cast, hands: Hands, **other: Any) -> AdviceAnswer:
    given: dict[str, Any] = {
        "request": asked, "solicitor": solicitor, "advice": ADVICE, "outcome": "advised", "occurred_at": hands.now,
        "by": cast.worker,
    }  # fmt: skip
    return record_advice(**(given | other))


def owed() -> Obligation:
    return Obligation.objects.get(requirement="assessment.legal-answered")


def test_an_answer_is_owed_within_the_hour_by_whoever_holds_the_file(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands
) -> None:
    row = owed()
    assert (row.owner, row.since_at, row.due_at) == (cast.worker, asked.asked_at, asked.asked_at + timedelta(hours=1))
    assert not asked.out_of_hours
    hands.on(minutes=40)
    answer(asked, solicitors[0], cast, hands)
    assert owed().done_at == hands.now
    entry = TrailEntry.objects.order_by("pk").last()
    assert entry is not None
    assert "order" not in str(entry.detail), "the trail keeps no words"


def test_an_answer_that_is_recorded_later_counts_from_when_it_was_given(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands
) -> None:
    given = asked.asked_at + timedelta(minutes=20)
    hands.on(hours=30)
    answer(asked, solicitors[0], cast, hands, occurred_at=given)
    assert (owed().done_at, owed().done_known_at) == (given, hands.now)


@pytest.mark.parametrize(
    "other", [{"advice": "n/a"}, {"outcome": "won"}, {"occurred_at": at(1, month=9)}, {"occurred_at": at(1, year=2010)}]
)
def test_an_answer_that_says_nothing_or_cannot_be_is_refused(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands, other: dict[str, Any]
) -> None:
    with pytest.raises(Refused):
        answer(asked, solicitors[0], cast, hands, **other)


def test_only_those_who_may_write_to_the_file_ask_and_answer(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands
) -> None:
    for officer in (cast.stranger, cast.quality, cast.member, cast.administrator):
        with pytest.raises(NotAllowed):
            answer(asked, solicitors[0], cast, hands, by=officer)
        with pytest.raises(NotAllowed):
            ask_for_advice(
                case_file=asked.case_file, question="And the brother?", urgency="now", asked_at=hands.now, by=officer
            )
    assert AdviceRequest.objects.count() == 1


def test_a_request_says_something_and_lies_after_the_file_was_opened(
    referral: Referral, cast: Cast, hands: Hands
) -> None:
    for given in (
        {"question": "tbc"},
        {"urgency": "soon"},
        {"asked_at": at(1, month=9)},
        {"asked_at": at(1, year=2010)},
    ):
        with pytest.raises(Refused):
            ask_for_advice(
                **(
                    {
                        "case_file": referral.case_file, "question": "May we see the child alone?", "urgency": "today",
                        "asked_at": hands.now, "by": cast.worker,
                    }
                    | given
                )  # type: ignore[arg-type]
            )  # fmt: skip


def test_twice_the_same_form_is_once(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands
) -> None:
    assert answer(asked, solicitors[0], cast, hands, token="a") == answer(asked, solicitors[0], cast, hands, token="a")
    assert AdviceAnswer.objects.count() == 1


def test_an_answer_is_corrected_and_taken_back_with_both_rows_kept(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands
) -> None:
    hands.on(minutes=50)
    first = answer(asked, solicitors[0], cast, hands)
    when = first.occurred_at
    hands.on(days=1)
    second = correct_advice(
        answer=first, changes={"advice": "Ask the court by ten", "outcome": "proceedings"}, reason="Misheard", by=cast.worker
    )  # fmt: skip
    assert (owed().done_at, owed().done_known_at) == (when, first.recorded_at), "its time is as it was"
    with pytest.raises(Refused, match="corrected already"):
        correct_advice(answer=first, changes={"advice": "Something else"}, reason="Misheard", by=cast.worker)
    with pytest.raises(Refused, match="Nothing would change"):
        correct_advice(answer=second, changes={"outcome": "proceedings"}, reason="Misheard", by=cast.worker)
    withdraw_advice(answer=second, reason="It was about another family", by=cast.worker)
    assert owed().done_at is None
    assert AdviceAnswer.objects.count() == 3


def page(client: Client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def test_privileged_advice_is_shown_to_those_who_write_to_the_file_only(
    asked: AdviceRequest, solicitors: list[Solicitor], cast: Cast, hands: Hands, client: Client
) -> None:
    made = answer(asked, solicitors[0], cast, hands)
    Involvement.objects.create(
        case_file=asked.case_file, officer=cast.quality, kind="auditor", reason="Sampled", since_at=hands.now,
        until_at=hands.now + timedelta(days=9), recorded_at=hands.now, by=cast.manager,
    )  # fmt: skip
    client.force_login(cast.worker)
    assert ADVICE in page(client, asked.get_absolute_url())
    assert "Not answered yet" not in page(client, f"/files/{asked.case_file_id}/")
    client.force_login(cast.quality)
    seen = page(client, asked.get_absolute_url())
    assert ADVICE not in seen
    assert "shown only to those who may write" in seen
    assert client.get(f"{asked.get_absolute_url()}correct/{made.pk}/").status_code == 404
    correct_advice(answer=made, changes={"privileged": False}, reason="It was general", by=cast.worker)
    assert ADVICE in page(client, asked.get_absolute_url())


def test_the_pages_ask_answer_and_correct(
    referral: Referral, solicitors: list[Solicitor], cast: Cast, hands: Hands, client: Client
) -> None:
    when = {"day": "1", "month": "10", "year": "2003", "time": "10:00"}

    def boxes(name: str) -> dict[str, str]:
        return {f"{name}_{part}": value for part, value in when.items()}

    client.force_login(cast.worker)
    path = f"/files/{referral.case_file_id}/legal-advice/"
    assert "Enter what do you need" in page_after(client, path, {}) or client.post(path, {}).status_code == 200
    done = client.post(path, {"question": "May we see the child alone?", "urgency": "today", **boxes("asked_at")})
    made = AdviceRequest.objects.get()
    assert done["Location"] == made.get_absolute_url()
    for officer, may in ((cast.worker, "Record what was advised"), (cast.manager, "Excuse")):
        client.force_login(officer)
        asks, _, _ = page(client, made.get_absolute_url()).partition("What was advised")
        assert "speaks to a solicitor within the hour" in asks
        assert may in asks
    client.force_login(cast.worker)
    given = {"solicitor": solicitors[0].pk, "advice": ADVICE, "outcome": "advised", "privileged": "on"}
    client.post(f"{made.get_absolute_url()}answer/", given | boxes("occurred_at"))
    row = AdviceAnswer.objects.get()
    assert row.privileged
    said = given | boxes("occurred_at") | {"outcome": "meeting", "reason": "Heard again"}
    client.post(f"{made.get_absolute_url()}correct/{row.pk}/", said)
    assert AdviceAnswer.objects.get(supersedes=row).outcome == "meeting"
    shown = page(client, made.get_absolute_url())
    assert "What it said before" in shown
    assert "Nothing is owed on this now" in shown
    client.force_login(cast.stranger)
    for address in (path, made.get_absolute_url(), f"{made.get_absolute_url()}answer/"):
        assert client.get(address).status_code == 404


def page_after(client: Client, path: str, data: dict[str, str]) -> str:
    return client.post(path, data).content.decode()
