import pytest

from goldenthread.core.words import is_placeholder


@pytest.mark.parametrize("text", ["n/a", "N/A.", "see above", "As  Above", "xxx", "...", "-", "", "tbc", "aaaa", "??"])
def test_a_box_that_says_nothing_is_refused(text: str) -> None:
    assert is_placeholder(text)


@pytest.mark.parametrize("text", ["School nurse to weigh the baby", "Housing advice", "Speech therapy"])
def test_words_that_say_something_are_kept(text: str) -> None:
    assert not is_placeholder(text)
