"""The writing forms that the harness sends, each with words of its own, so that its effect is found again."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

Facts = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Form:
    """One of them. who: “managers” or “heads”; path and fields: of the n-th council record, with these words; makes:
    the table that gets one row; edit: whether its page says a version."""

    name: str
    who: str
    path: Callable[[Facts, int], str]
    fields: Callable[[Facts, int, str], dict[str, str]]
    makes: str
    edit: bool = False


def boxes(name: str, day: date, time: str = "") -> dict[str, str]:
    """A day, or a day and a time, as it is typed."""
    typed = {f"{name}_day": str(day.day), f"{name}_month": str(day.month), f"{name}_year": str(day.year)}
    return typed | ({f"{name}_time": time} if time else {})


def _yesterday(name: str) -> dict[str, str]:
    return boxes(name, date.today() - timedelta(days=1), "10:00")  # noqa: DTZ011 (a day that has gone by, anywhere)


def _referral(page: str) -> Callable[[Facts, int], str]:
    return lambda facts, n: f"/referrals/{facts['referrals'][n % len(facts['referrals'])]}/{page}/"


def _recommendation(page: str) -> Callable[[Facts, int], str]:
    return lambda facts, n: (
        f"/plan/{facts['plan']}/{facts['recommendations'][n % len(facts['recommendations'])]}/{page}/"
    )


def _action(page: str) -> Callable[[Facts, int], str]:
    return lambda facts, n: f"/plan/action/{facts['actions'][n % len(facts['actions'])]}/{page}/"


def _amended(facts: Facts, n: int, words: str) -> dict[str, str]:
    typed = boxes("received_at", date.today() - timedelta(days=3), "09:00")  # noqa: DTZ011
    return typed | {
        "route": "phone", "referrer_name": "Rosa Whitcombe", "referrer_contact": "", "concern": words,
        "reason": "It was taken down in haste",
    }  # fmt: skip


def _reported(facts: Facts, n: int, words: str) -> dict[str, str]:
    return boxes("reporting_date", date.today()) | {"text": words}  # noqa: DTZ011


def _due(facts: Facts, n: int, words: str) -> dict[str, str]:
    day = date(2040, 1, 1) + timedelta(days=int(words.split()[1], 16) % 20_000)
    return boxes("due", day) | {"reason": words}


FORMS: dict[str, Form] = {
    form.name: form
    for form in (
        Form(
            "onward", "managers", _referral("onward"),
            lambda facts, n, words: {
                "agency_kind": "health", "agency_name": "Elmbridge Surgery", "purpose": words, **_yesterday("made_at"),
            },
            "referrals.onwardreferral",
        ),
        Form("chase", "managers", _referral("chase"), lambda facts, n, words: {"words": words}, "referrals.chaser"),
        Form(
            "acknowledge", "managers", _referral("acknowledge"),
            lambda facts, n, words: {"how": "phone", **_yesterday("occurred_at")}, "referrals.acknowledgement",
        ),
        Form(
            "confirm", "managers", _referral("confirm"),
            lambda facts, n, words: {"how": "letter", **_yesterday("received_at")}, "referrals.writtenconfirmation",
        ),
        Form(
            "decide", "managers", _referral("decide"),
            lambda facts, n, words: {"what": "assessment", "reason": words, **_yesterday("occurred_at")},
            "referrals.decision", edit=True,
        ),
        Form("amend", "managers", _referral("amend"), _amended, "referrals.amendment", edit=True),
        Form(
            "add an action", "heads", _recommendation("action"),
            lambda facts, n, words: {"text": words, "leads": "Grace Tillotson, Head of Service"}, "plan.action",
        ),
        Form("progress", "heads", _recommendation("progress"), _reported, "plan.progress", edit=True),
        Form("next step", "heads", _recommendation("next-step"), _reported, "plan.nextstep", edit=True),
        Form("due date", "heads", _action("due"), _due, "plan.actionevent", edit=True),
        Form(
            "reassign", "heads", _action("reassign"),
            lambda facts, n, words: {"leads": words, "reason": "A change of duties in the service"},
            "plan.actionevent", edit=True,
        ),
    )
}  # fmt: skip
