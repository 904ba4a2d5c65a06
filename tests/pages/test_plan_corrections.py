"""Whatever a person corrects in the preview, no source line is lost, doubled or rewritten."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.core.errors import BadInput
from goldenthread.exchange.flattened import understand
from goldenthread.pages.plan_corrections import Choice, correct, fields, find, pieces
from goldenthread.plan.content import PlanContent, RecommendationContent
from tests.pages.made_up_plan import PLAN


def read() -> PlanContent:
    return understand(PLAN, "plan.txt", None)


def rec(content: PlanContent, number: str) -> RecommendationContent:
    found = find(content, number)
    assert found is not None
    return found


def key(content: PlanContent, number: str, start: str) -> str:
    """The key of the line of a recommendation that begins so."""
    return next(piece.key for piece in pieces(content, rec(content, number)) if piece.text.startswith(start))


def test_with_nothing_chosen_nothing_changes() -> None:
    content, untouched = read(), read()
    for recommendation in untouched.recommendations():
        correct(content, recommendation.number, {})
    assert content == untouched


def test_a_line_of_progress_becomes_a_next_step() -> None:
    content = read()
    moved = key(content, "1.1", "A form is")
    correct(content, "1.1", {moved: Choice("next")})
    assert "A form is in use." not in [words.text for words in rec(content, "1.1").progress]
    assert "A form is in use." in [words.text for words in rec(content, "1.1").next_steps]
    assert content.conservation().holds


def test_a_lead_that_ran_over_two_lines_is_one_lead() -> None:
    content = read()
    assert len(rec(content, "1.2").leads) == 2
    correct(
        content,
        "1.2",
        {
            key(content, "1.2", "Dev Lindqvist"): Choice("lead-1"),
            key(content, "1.2", "Safeguarding Group"): Choice("lead-1", joined=True),
        },
    )
    (action,) = rec(content, "1.2").actions[:1]
    assert [lead.text for lead in action.leads] == ["Dev Lindqvist, Team Manager with Safeguarding Group"]
    assert not rec(content, "1.2").leads
    assert content.conservation().holds


def test_a_paired_date_is_read_anew() -> None:
    content = read()
    correct(content, "1.2", {key(content, "1.2", "End Mar 04"): Choice("timescale-2")})
    timescale = rec(content, "1.2").actions[1].timescale
    assert timescale is not None
    assert timescale.due == date(2004, 3, 31)
    assert [timescale.words.text for timescale in rec(content, "1.2").timescales] == ["End Oct 03"]


def test_a_second_date_for_one_action_stays_for_a_person_to_settle() -> None:
    content = read()
    correct(content, "1.1", {key(content, "1.1", "End Mar 04"): Choice("timescale-1")})
    assert len(rec(content, "1.1").timescales) == 1
    assert any("timescale" in message for message in rec(content, "1.1").to_settle)


def test_a_line_moves_to_the_recommendation_beside_it() -> None:
    content = read()
    correct(content, "1.1", {key(content, "1.1", "A form is"): Choice("to-1.2")})
    assert "A form is in use." in [words.text for words in rec(content, "1.2").progress]
    assert content.conservation().holds


@pytest.mark.parametrize("choice", [Choice("progress"), Choice("to-1.2")])
def test_a_recommendation_keeps_a_line_as_itself(choice: Choice) -> None:
    content, untouched = read(), read()
    with pytest.raises(BadInput, match="the recommendation itself"):
        correct(content, "1.1", {key(content, "1.1", "1. To"): choice})
    assert content == untouched


def test_two_lines_cannot_both_be_the_recommendation() -> None:
    content, untouched = read(), read()
    with pytest.raises(BadInput, match="one text"):
        correct(content, "1.1", {key(content, "1.1", "A form is"): Choice("title")})
    assert content == untouched


def test_the_first_line_of_a_field_cannot_run_on() -> None:
    content, untouched = read(), read()
    with pytest.raises(BadInput, match="cannot run on"):
        correct(content, "1.1", {key(content, "1.1", "A form is"): Choice("monitoring", joined=True)})
    assert content == untouched


def test_an_unknown_field_or_recommendation_is_refused() -> None:
    content = read()
    with pytest.raises(BadInput, match="no field"):
        correct(content, "1.1", {key(content, "1.1", "A form is"): Choice("to-7.7")})
    with pytest.raises(BadInput, match=r"no recommendation 9\.9"):
        correct(content, "9.9", {})


@given(st.data())
def test_no_correction_loses_or_doubles_a_line(data: st.DataObject) -> None:
    content = read()
    for _ in range(data.draw(st.integers(1, 4))):
        number = data.draw(st.sampled_from([r.number for r in content.recommendations()]))
        recommendation = rec(content, number)
        names = [name for name, _ in fields(content, recommendation)]
        chosen = {
            piece.key: Choice(data.draw(st.sampled_from(names)), data.draw(st.booleans()))
            for piece in pieces(content, recommendation)
            if piece.field != "title" and data.draw(st.booleans())
        }
        before = repr(content)
        try:
            correct(content, number, chosen)
        except BadInput:
            assert repr(content) == before
        assert content.conservation().holds
