"""The pages of supervision: who sees what, and what they do."""

from datetime import datetime, timedelta

from django.test import Client
from pytest_django import DjangoAssertNumQueries

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.clock import LONDON
from goldenthread.core.models import TrailEntry
from goldenthread.people.models import Officer
from goldenthread.standards.allocation.supervising import agreed
from goldenthread.standards.allocation.supervising.choices import Question
from goldenthread.standards.allocation.supervising.figures import Due, due
from goldenthread.standards.allocation.supervising.models import (
    CaseSupervision,
    SupervisionAction,
    SupervisionPair,
    SupervisionSession,
)
from tests.conftest import Cast
from tests.standards.allocation.supervising.conftest import Discuss
from tests.standards.referrals.conftest import Hands, Take


def page(client: Client, officer: Officer, path: str) -> str:
    client.force_login(officer)
    answer = client.get(path)
    assert answer.status_code == 200, path
    return answer.content.decode()


def typed(at: datetime, name: str = "occurred_at") -> dict[str, str]:
    local = at.astimezone(LONDON)
    return {
        f"{name}_day": str(local.day), f"{name}_month": str(local.month), f"{name}_year": str(local.year),
        f"{name}_time": f"{local:%H:%M}",
    }  # fmt: skip


ANSWERED = dict.fromkeys(map(str, Question.values), "yes") | {"risk": "no"}


def test_everything_is_done_on_its_pages(file: CaseFile, cast: Cast, client: Client, hands: Hands) -> None:
    shown = page(client, cast.manager, "/supervision/")
    assert "Nobody is recorded as their supervisor" in shown
    given = {"worker": cast.worker.pk, "supervisor": cast.manager.pk, **typed(hands.now, "since_at")}
    own = client.post("/supervision/new/", given)["Location"]
    hands.on(days=7)
    client.force_login(cast.manager)
    missed = {"held": "no", "why_missed": "", **typed(hands.now)}
    assert "Write why it did not take place" in client.post(f"{own}session/", missed).content.decode()
    assert client.post(f"{own}session/", {"held": "yes", **typed(hands.now)})["Location"] == own
    session = SupervisionSession.objects.get()
    shown = page(client, cast.manager, own)
    assert "Juno Aldergate" in shown
    assert f"/files/{file.pk}/supervision/?session={session.pk}" in shown
    path = f"/files/{file.pk}/supervision/"
    assert "The session of" in page(client, cast.manager, f"{path}?session={session.pk}")
    said = {
        "session": session.pk,
        "discussed": "Her bruises",
        "decisions": "See her alone",
        **ANSWERED,
        **typed(hands.now),
    }
    assert client.post(path, said | {"plan": "no"}).status_code == 200
    place = client.post(path, said)["Location"]
    talked = CaseSupervision.objects.get()
    assert (talked.session, place) == (session, talked.get_absolute_url())
    due_on = {"due_day": "20", "due_month": "10", "due_year": "2003"}
    client.post(f"{place}agree/", {"what": "Ring the nurse", "officer": cast.worker.pk, **due_on})
    action = SupervisionAction.objects.get()
    moved = {"officer": cast.colleague.pk, "words": "She is away", **due_on | {"due_day": "22"}}
    client.post(f"/agreed/{action.pk}/move/", moved)
    assert "Ring the nurse" not in page(client, cast.worker, "/supervision/")
    assert "Ring the nurse" in page(client, cast.colleague, "/supervision/")
    client.post(f"/agreed/{action.pk}/done/", {"words": "The nurse saw her", **typed(hands.now)})
    assert "The nurse saw her" in page(client, cast.worker, place)
    client.force_login(cast.manager)
    mended = {"discussed": "Her bruises", "decisions": "See her at school", "reason": "At school", **typed(hands.now)}
    assert client.post(f"{place}correct/", mended)["Location"] == place
    assert "See her at school" in page(client, cast.worker, place)
    shown = page(client, cast.worker, f"/files/{file.pk}/")
    assert "With Asha Verma, recorded by Dev Lindqvist" in shown
    client.force_login(cast.manager)
    client.post(f"{own}correct/{session.pk}/", {"reason": "Next one fixed", **typed(hands.now), **typed(hands.now + timedelta(days=9), "next_at")})  # fmt: skip
    assert SupervisionSession.objects.count() == 2
    assert client.post(f"{own}end/", typed(hands.now, "until_at"))["Location"] == own


def test_a_worker_sees_their_own_supervision_and_nobody_else_of_the_team(
    pair: SupervisionPair, file: CaseFile, cast: Cast, client: Client
) -> None:
    own = pair.get_absolute_url()
    assert "Juno Aldergate" in page(client, cast.worker, own)
    assert "With Dev Lindqvist" in page(client, cast.worker, "/supervision/")
    entry = TrailEntry.objects.filter(subject=f"supervising.supervisionpair:{pair.pk}", deed="see list").get()
    assert entry.detail["records"] == [f"cases.casefile:{file.pk}"]
    for other in (cast.colleague, cast.senior, cast.stranger, cast.quality):
        client.force_login(other)
        assert client.get(own).status_code == 404
        assert client.get(f"{own}session/").status_code == 404
    client.force_login(cast.worker)
    assert client.get(f"{own}session/").status_code == 404
    assert "Asha Verma" in page(client, cast.group_manager, "/supervision/")


def test_what_is_said_of_a_child_opens_like_the_childs_file(
    pair: SupervisionPair, discuss: Discuss, cast: Cast, client: Client, hands: Hands
) -> None:
    said = discuss()
    action = agreed.agree_action(
        supervision=said, what="Ring the nurse", officer=cast.worker, due=hands.now.date(), by=cast.manager
    )
    for path in (said.get_absolute_url(), f"/agreed/{action.pk}/done/"):
        client.force_login(cast.stranger)
        assert client.get(path).status_code == 404
    shown = page(client, cast.worker, said.get_absolute_url())
    assert "Add what somebody is to do" not in shown
    assert f"/agreed/{action.pk}/done/" in shown
    assert f"/agreed/{action.pk}/move/" not in shown


def test_the_board_counts_workers_cases_and_actions_that_are_overdue_once(
    pair: SupervisionPair, discuss: Discuss, cast: Cast, hands: Hands
) -> None:
    agreed.agree_action(
        supervision=discuss(), what="Ring the nurse", officer=cast.worker, due=hands.now.date(), by=cast.manager
    )
    began = hands.now
    hands.on(days=100)
    assert due(None, hands.now) == {cast.east.pk: Due(workers=1, cases=1, actions=1)}
    assert due([cast.west.pk], hands.now) == {}
    file = CaseFile.objects.get()
    assert due(None, hands.now, without=[file.pk]) == {cast.east.pk: Due(workers=1)}
    assert due(None, began + timedelta(days=30)) == {cast.east.pk: Due(workers=1, cases=0, actions=1)}
    discuss()
    assert due(None, hands.now)[cast.east.pk].cases == 0


def test_the_pages_ask_no_more_of_more_cases(
    pair: SupervisionPair,
    take: Take,
    cast: Cast,
    client: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(3):
        take(children=[Child.objects.create(given_names=f"Child {number}", family_name="Fenwick")])
    client.force_login(cast.manager)
    for path in (pair.get_absolute_url(), "/supervision/"):
        client.get(path)
        with django_assert_max_num_queries(20):
            client.get(path)
