"""Drafts keep what was typed, for one officer and one form."""

from datetime import timedelta

import pytest
from django import forms
from django.http import QueryDict
from django.test import Client

from goldenthread.core import clock, drafts
from goldenthread.core.fields import DayField
from goldenthread.core.keys import KEY, new_key
from goldenthread.core.models import Draft
from tests.conftest import Cast


class _Form(forms.Form):
    words = forms.CharField(initial="as it was")
    received = DayField()
    ticked = forms.BooleanField(required=False, initial=True)
    several = forms.MultipleChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.CheckboxSelectMultiple)


def test_a_draft_comes_back_as_it_was_typed(cast: Cast) -> None:
    posted = QueryDict(
        "csrfmiddlewaretoken=t&words=half+a+sen&received_day=31&received_month=nov&received_year=&several=b&password=no"
    )
    drafts.save_draft(cast.worker, "/referrals/new/", drafts.words_of(posted))
    form = _Form()
    assert drafts.fill(form, cast.worker, "/referrals/new/")
    page = str(form)
    for there in (
        'value="half a sen"',
        'value="31"',
        'value="nov"',
        'value="b" class="govuk-checkboxes__input" id="id_several_1" checked',
    ):
        assert there in page
    assert 'id="id_ticked" checked' not in page
    assert "no" not in drafts.load_draft(cast.worker, "/referrals/new/").get("password", [])  # type: ignore[union-attr]
    assert "csrfmiddlewaretoken" not in Draft.objects.get().data


def test_a_draft_is_its_officer_s_alone(cast: Cast) -> None:
    drafts.save_draft(cast.worker, "/x/", {"words": ["mine"]})
    assert drafts.load_draft(cast.colleague, "/x/") is None
    drafts.drop_draft(cast.colleague, "/x/")
    assert drafts.load_draft(cast.worker, "/x/") == {"words": ["mine"]}
    drafts.drop_draft(cast.worker, "/x/")
    assert drafts.load_draft(cast.worker, "/x/") is None


def test_a_form_that_was_sent_is_never_filled_over(cast: Cast) -> None:
    drafts.save_draft(cast.worker, "/x/", {"words": ["draft"]})
    form = _Form({"words": "sent"})
    assert not drafts.fill(form, cast.worker, "/x/")
    assert 'value="sent"' in str(form)


def test_drafts_do_not_last_for_ever(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    drafts.save_draft(cast.worker, "/x/", {"words": ["old"]})
    later = clock.now() + timedelta(days=15)
    monkeypatch.setattr(clock.timezone, "now", lambda: later)
    assert drafts.load_draft(cast.worker, "/x/") is None
    for number in range(60):
        drafts.save_draft(cast.worker, f"/{number}/", {"words": ["new"]})
    assert Draft.objects.filter(officer="asha").count() == 50


def test_long_paths_are_told_apart(cast: Cast) -> None:
    first, second = "/" + "a" * 90 + "/1/", "/" + "a" * 90 + "/2/"
    drafts.save_draft(cast.worker, first, {"words": ["one"]})
    drafts.save_draft(cast.worker, second, {"words": ["two"]})
    assert drafts.load_draft(cast.worker, first) == {"words": ["one"]}


def test_two_windows_never_write_over_each_other_s_newer_words(cast: Cast, client: Client) -> None:
    client.force_login(cast.worker)
    at = clock.now()

    def keep(words: str, tab: str, seconds: int) -> int:
        with clock.standing_at(at + timedelta(seconds=seconds)):
            return client.post("/draft/?form=/x/", {"words": words, KEY: tab}).status_code

    with clock.standing_at(at):
        first, second = new_key(), new_key()
    assert keep("from the first", first, 10) == 204
    assert keep("more from the first", first, 20) == 204
    assert keep("from the second, opened before", second, 30) == 200
    assert drafts.load_draft(cast.worker, "/x/") == {"words": ["more from the first"]}
    with clock.standing_at(at + timedelta(seconds=40)):
        third = new_key()
    assert keep("from one that showed those words", third, 50) == 204
    assert keep("from the first again", first, 60) == 200
    assert drafts.load_draft(cast.worker, "/x/") == {"words": ["from one that showed those words"]}


def test_what_the_page_itself_put_into_the_form_is_no_word(cast: Cast) -> None:
    posted = QueryDict("submission=k&version=v&csrfmiddlewaretoken=t&new_password=p&words=mine")
    assert drafts.words_of(posted) == {"words": ["mine"]}
