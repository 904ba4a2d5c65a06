"""Plain Django forms come out in the house's markup, with what a screen reader needs."""

import re

from django import forms
from django.template.loader import render_to_string

from goldenthread.core.fields import DayField


class _Form(forms.Form):
    purpose = forms.CharField(
        label="Purpose", help_text="What the <agency> is asked to do", max_length=20, widget=forms.Textarea
    )
    told = forms.ChoiceField(
        label="Were the police told?", choices=[("yes", "Yes"), ("no", "No")], widget=forms.RadioSelect
    )
    received = DayField(label="Date received")
    agency = forms.ChoiceField(label="Agency", choices=[("", "Choose"), ("h", "Health")])
    agreed = forms.BooleanField(label="The parents know")
    letter = forms.FileField(label="Letter")
    note = forms.CharField(label="Note", required=False)


def test_every_id_that_is_pointed_at_is_there() -> None:
    page = str(_Form({"purpose": "x" * 30}))
    ids = set(re.findall(r' id="([^"]+)"', page))
    pointed = {name for found in re.findall(r'aria-describedby="([^"]+)"', page) for name in found.split()}
    labelled = set(re.findall(r' for="([^"]+)"', page))
    assert pointed
    assert pointed <= ids
    assert labelled <= ids
    summary = render_to_string("core/error_summary.html", {"form": _Form({})})
    leads = set(re.findall(r'href="#([^"]+)"', summary))
    assert leads == {"id_purpose", "id_told_0", "id_received_0", "id_agency", "id_agreed", "id_letter"}
    assert leads <= ids


def test_errors_say_what_to_do() -> None:
    summary = render_to_string("core/error_summary.html", {"form": _Form({})})
    for said in (
        "Enter purpose",
        "Answer “Were the police told?”",
        "Enter date received",
        "Choose agency",
        "Tick “The parents know”",
        "Choose letter",
    ):
        assert said in summary
    assert "This field is required" not in summary


def test_the_browser_does_not_cut_what_is_typed() -> None:
    page = str(_Form())
    assert " maxlength=" not in page
    assert " required" not in page
    assert 'data-maxlength="20"' in page


def test_hints_are_escaped_and_what_may_be_left_out_says_so() -> None:
    page = str(_Form())
    assert "What the &lt;agency&gt; is asked to do" in page
    assert "Note (optional)" in page
    assert "Purpose (optional)" not in page


def test_radios_stand_in_a_fieldset_with_a_legend_and_keep_their_answer() -> None:
    page = str(_Form({"told": "no"}))
    assert re.search(r"<fieldset[^>]*>\s*<legend[^>]*>Were the police told\?</legend>", page)
    assert re.search(r'<input type="radio" name="told" value="no"[^>]* checked', page)
    assert "style=" not in page
