"""The pages of interpreters: who may open them, what they show, and the figures behind them."""

from collections.abc import Callable
from datetime import date, datetime, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.models import CaseFile
from goldenthread.core.models import TrailEntry
from goldenthread.oversight.restrictions import restrict
from goldenthread.people.models import Officer
from goldenthread.reports.registry import build
from goldenthread.standards.assessment.interpreting import actions, figures
from goldenthread.standards.assessment.interpreting.models import InterpreterRequest
from tests.conftest import Cast
from tests.standards.assessment.interpreting.conftest import Ask
from tests.standards.referrals.conftest import Hands


def as_(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer)
    return client


def text(client: Client, name: str, *args: object, query: str = "") -> str:
    answer = client.get(reverse(name, args=args) + query)
    assert answer.status_code == 200, answer.status_code
    return " ".join(answer.content.decode().split())


def boxes(name: str, at: datetime) -> dict[str, str]:
    return {f"{name}_day": f"{at.day}", f"{name}_month": f"{at.month}", f"{name}_year": f"{at.year}", f"{name}_time": f"{at:%H:%M}"}  # fmt: skip


def test_an_interpreter_is_asked_for_from_the_case_file(
    cast: Cast, case_file: CaseFile, hands: Hands, needed_at: datetime
) -> None:
    client = as_(cast.worker)
    page = text(client, "case-file", case_file.pk)
    assert "Ask for an interpreter" in page
    assert "No interpreter was asked for" in page
    answer = client.post(reverse("file-interpreter", args=[case_file.pk]), {
        "for_whom": "parent", "language": "somali", "mode": "in-person", "purpose": "visit", "about": "An hour at home",
        **boxes("needed_at", needed_at), **boxes("asked_at", hands.now),
    })  # fmt: skip
    made = InterpreterRequest.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == made.get_absolute_url()
    page = text(client, "case-file", case_file.pk)
    assert f"Interpreter {made.reference}: Somali" in page
    assert "Needed" in page


def test_a_request_shows_what_is_owed_and_what_happened(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    client = as_(cast.worker)
    page = text(client, "interpreter", asked.pk)
    assert "Record what a provider answered" in page
    assert "Juno Aldergate" in page
    hands.now = needed_at + timedelta(hours=1)
    client = as_(cast.worker)  # the session had ended by then
    client.post(reverse("interpreter-attendance", args=[asked.pk]), {
        "outcome": "late", **boxes("came_at", needed_at + timedelta(minutes=20)),
    })  # fmt: skip
    client.post(reverse("interpreter-stand-in", args=[asked.pk]), {
        "who": "child", "why": "Until the interpreter came", **boxes("occurred_at", needed_at),
    })  # fmt: skip
    page = text(client, "interpreter", asked.pk)
    assert "came late, 20 minutes after the time" in page
    assert "A child was used as the interpreter" in page
    assert "Ask the family whether they understood" in page
    assert "A child interpreted" in text(client, "case-file", asked.case_file_id)
    entry = TrailEntry.objects.filter(deed="read interpreter request").last()
    assert entry
    assert entry.subject == f"interpreting.interpreterrequest:{asked.pk}"


def test_that_nobody_came_is_recorded_once_and_what_is_owed_says_what_would_settle_it(
    asked: InterpreterRequest, cast: Cast, hands: Hands, needed_at: datetime
) -> None:
    hands.now = needed_at + timedelta(hours=1)
    client = as_(cast.worker)
    assert "Record whether the interpreter came" in text(client, "interpreter", asked.pk)
    client.post(reverse("interpreter-attendance", args=[asked.pk]), {
        "outcome": "absent", "words": "The visit was put off to another day",
    })  # fmt: skip
    assert asked.attendances.count() == 1
    page = text(client, "interpreter", asked.pk)
    assert "Record that an interpreter came after all" in page
    assert "Record whether the interpreter came" not in page


def test_what_is_missing_is_said_and_stays_in_the_form(asked: InterpreterRequest, cast: Cast, hands: Hands) -> None:
    page = as_(cast.worker).post(
        reverse("interpreter-reply", args=[asked.pk]),
        {"answer": "cannot", "words": "", **boxes("occurred_at", hands.now)},
    )
    assert "Choose the provider, or write its name" in page.content.decode()
    page = as_(cast.worker).post(
        reverse("interpreter-reply", args=[asked.pk]),
        {"answer": "cannot", "provider": "Signs & Co", "words": "", **boxes("occurred_at", hands.now)},
    )
    assert "Write what they said" in page.content.decode()
    assert "Signs &amp; Co" in page.content.decode()


def test_a_fact_is_corrected_and_taken_back_on_its_page(asked: InterpreterRequest, cast: Cast, hands: Hands) -> None:
    reply = actions.record_reply(
        request=asked, provider="Wex", answer="confirmed", occurred_at=hands.now, by=cast.worker
    )
    client = as_(cast.worker)
    url = reverse("interpreter-correct", args=[asked.pk, "providerreply", reply.pk])
    client.post(url, {"answer": "asked", "reason": "They only took it down", **boxes("occurred_at", hands.now)})
    page = text(client, "interpreter", asked.pk)
    assert "Corrected: They only took it down" in page
    assert "<s>Wex: confirmed an interpreter</s>" in page
    client.post(url, {"withdrawn": "on", "answer": "asked", "reason": "It was another family's", **boxes("occurred_at", hands.now)})  # fmt: skip
    assert "Taken back: Wex" in text(client, "interpreter", asked.pk)
    other = reverse("interpreter-correct", args=[asked.pk, "decision", reply.pk])
    assert client.get(other).status_code == 404


def test_hidden_and_missing_look_the_same(asked: InterpreterRequest, cast: Cast) -> None:
    names = (
        "interpreter",
        "interpreter-reply",
        "interpreter-attendance",
        "interpreter-cancel",
        "interpreter-understood",
    )
    for officer in (cast.stranger, cast.member, cast.administrator):
        client = as_(officer)
        for name in names:
            assert client.get(reverse(name, args=[asked.pk])).status_code == 404
            assert client.get(reverse(name, args=[987654])).status_code == 404
        assert client.get(reverse("file-interpreter", args=[asked.case_file_id])).status_code == 404


@pytest.fixture
def year(ask: Ask, cast: Cast, hands: Hands) -> Callable[[], None]:
    """Twelve in Somali, of which eight came in time, one late, and three not at all; two for signing."""

    def make() -> None:
        at = hands.now
        for number in range(14):
            hands.now = at + timedelta(hours=number)
            needed = hands.now + timedelta(days=3)
            made = ask(language="somali" if number < 12 else "bsl", needed_at=needed)
            if number < 9:
                actions.record_reply(
                    request=made, provider="Wex", answer="confirmed", occurred_at=hands.now + timedelta(minutes=0),
                    by=cast.worker,
                )  # fmt: skip
            hands.now = needed + timedelta(hours=1)
            if number < 8:
                actions.record_attendance(request=made, outcome="came", by=cast.worker)
            elif number == 8:
                actions.record_attendance(
                    request=made, outcome="late", came_at=needed + timedelta(minutes=9), by=cast.worker
                )
            elif number == 9:
                actions.record_stand_in(
                    request=made, who="child", why="Nobody came", occurred_at=needed, by=cast.worker
                )
        hands.now = at + timedelta(days=9)

    return make


def test_the_figures_count_by_language_and_by_provider(year: Callable[[], None], cast: Cast, hands: Hands) -> None:
    year()
    found = figures.requests_needed(date(2003, 10, 1), date(2003, 10, 10), as_at=hands.now)
    somali, bsl = figures.lines(found, lambda one: one.language)
    assert (somali.requests, somali.in_time, somali.late, somali.none, somali.stood_in, somali.by_child) == (
        12,
        8,
        1,
        3,
        1,
        1,
    )
    assert (bsl.requests, bsl.came, bsl.median) == (2, 0, None)
    wex, nobody = figures.by_provider(found)
    assert (wex.name, wex.requests, nobody.name, nobody.requests) == ("Wex", 9, figures.NOBODY, 5)
    early = figures.requests_needed(date(2003, 10, 1), date(2003, 10, 10), as_at=hands.now, known_at=found[-1].request.recorded_at)  # fmt: skip
    assert [one.came for one in early] == [False], "the rest was not known yet"


def test_the_figures_page_leads_to_the_requests_for_who_may_open_them(
    year: Callable[[], None], cast: Cast, hands: Hands
) -> None:
    year()
    page = text(as_(cast.manager), "interpreters")
    assert "8</strong> came in time" in page
    assert "1 of them a child" in page
    assert "first=2002-11&amp;last=2003-10&amp;language=somali" in page
    assert 'href="/interpreters/requests' not in text(as_(cast.member), "interpreters")
    listed = text(as_(cast.manager), "interpreter-requests", query="?language=somali&what=none")
    assert "3 that you may open" in listed
    assert "1 that you may open" in text(as_(cast.manager), "interpreter-requests", query="?what=child")
    assert "0 that you may open" in text(as_(cast.stranger), "interpreter-requests")
    assert "5 that you may open" in text(as_(cast.manager), "interpreter-requests", query="?provider=nobody")
    assert "12 that you may open" in text(as_(cast.manager), "interpreter-requests", query="?language=somali")
    entry = TrailEntry.objects.filter(deed="list interpreter requests").last()
    assert entry
    assert len(entry.detail["found"]) == 12


def test_a_child_whose_records_are_closed_is_in_no_count(
    asked: InterpreterRequest, cast: Cast, hands: Hands, case_file: CaseFile
) -> None:
    hands.on(days=3)
    restrict(
        child=case_file.children.get(), level="restricted", reason="A colleague's family",
        named=[cast.worker, cast.head], contact=cast.head, by=cast.head,
    )  # fmt: skip
    assert "<strong>0</strong> needed" in text(as_(cast.manager), "interpreters")
    assert "<strong>1</strong> needed" in text(as_(cast.head), "interpreters")


def test_queries_do_not_grow_with_the_requests(ask: Ask, cast: Cast, hands: Hands) -> None:
    def count(name: str) -> int:
        client = as_(cast.manager)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(reverse(name)).status_code == 200
        return len(asked)

    ask(needed_at=hands.now)
    hands.on(hours=1)
    one = {name: count(name) for name in ("interpreters", "interpreter-requests")}
    for _ in range(4):
        ask(needed_at=hands.now)
    hands.on(hours=1)
    assert {name: count(name) for name in one} == one


def test_the_report_hides_small_numbers_and_takes_a_time(year: Callable[[], None], cast: Cast, hands: Hands) -> None:
    year()
    report = build("interpreters", date(2003, 10, 10), first=date(2003, 10, 1), by=cast.member)
    words = "\n".join(report.words())
    assert "Interpreters, 1 October 2003 to 10 October 2003" in words
    assert "Other languages" in words
    assert "fewer than 5" in words
    assert "British Sign" not in words, "two requests stand with the others"
    assert "14" not in words, "14 less 12 is 2"
    usual = build("interpreters", date(2003, 10, 10), by=cast.member)
    assert "1 August 2003 to 10 October 2003" in "\n".join(usual.words())
