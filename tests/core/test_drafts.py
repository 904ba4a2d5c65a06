"""Drafts keep what was typed, for one officer and one form."""

from datetime import timedelta

import pytest
from django import forms
from django.http import QueryDict

from goldenthread.core import clock, drafts
from goldenthread.core.fields import DayField
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
