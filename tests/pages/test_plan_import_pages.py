"""A plan from a file: read, shown, corrected, confirmed; or refused with nothing stored."""

from collections.abc import Callable
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from goldenthread.core.models import Draft
from goldenthread.people.models import Officer
from goldenthread.plan.models import Plan, Progress, SourceLine
from tests.conftest import Cast
from tests.pages.made_up_plan import LATER, PLAN

Signed = Callable[[Officer], Client]


@pytest.fixture
def signed() -> Signed:
    """A client for an officer who has signed in."""

    def one(officer: Officer) -> Client:
        client = Client()
        client.force_login(officer)
        return client

    return one


def upload(client: Client, text: str | bytes = PLAN, name: str = "plan.txt", **fields: str) -> str:
    """Upload a file; the page that follows."""
    data = text.encode() if isinstance(text, str) else text
    answer = client.post(reverse("plan-import"), {"file": SimpleUploadedFile(name, data), **fields}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


CONFIRMED = {
    "title": "Improvement plan for Elmshire",
    "as_at_day": "31",
    "as_at_month": "10",
    "as_at_year": "2003",
    "follows": "new",
}


def confirm(client: Client, **fields: str) -> str:
    """Confirm what was read; the page that follows."""
    answer = client.post(reverse("plan-import-preview"), {**CONFIRMED, **fields}, follow=True)
    assert answer.status_code == 200
    return answer.content.decode()


def test_what_was_read_is_shown_whole_before_anything_is_stored(cast: Cast, signed: Signed) -> None:
    page = upload(signed(cast.quality))
    assert "40 of 40 lines are each in exactly one field" in page
    for line in PLAN.splitlines():
        words = line.strip().removeprefix("1. ").removeprefix("2. ").removeprefix("3. ")
        if words and words not in {
            "Actions Required",
            "Lead Officer(s)",
            "Timescale",
            "Progress October 2003",
            "Action from October 2003",
        }:
            assert words.removeprefix("Standard ").replace(" - Referrals", "").replace(" - Assessment", "") in page
    assert "2 lead lines for 3 actions" in page
    assert not Plan.objects.exists()


def test_confirmed_it_is_held_to_the_line(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    page = confirm(client)
    plan = Plan.objects.get()
    assert (plan.title, plan.as_at, plan.file_name) == ("Improvement plan for Elmshire", date(2003, 10, 31), "plan.txt")
    assert SourceLine.objects.count() == 40
    assert "40 lines, none lost" in page
    assert not Draft.objects.filter(form="plan-import").exists()


def test_a_line_is_corrected_before_it_is_stored(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    url = reverse("plan-import-correct", args=["1.1"])
    shown = client.get(url).content.decode()
    key = shown.split("A form is in use.")[0].rsplit('id="text-', 1)[1].split('"')[0]
    answer = client.post(url, {f"field-{key}": "next"}, follow=True)
    assert "Recommendation 1.1 is corrected" in answer.content.decode()
    confirm(client)
    assert not Progress.objects.filter(text="A form is in use.").exists()
    recommendation = Plan.objects.get().standards.get(number=1).recommendations.get(number="1.1")
    assert "A form is in use." in [step.text for step in recommendation.next_steps.all()]


def test_a_correction_that_cannot_be_keeps_what_was_chosen(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    url = reverse("plan-import-correct", args=["1.1"])
    shown = client.get(url).content.decode()
    key = shown.split("A form is in use.")[0].rsplit('id="text-', 1)[1].split('"')[0]
    answer = client.post(url, {f"field-{key}": "title"}).content.decode()
    assert "a recommendation has one text" in answer
    select = answer.split(f'name="field-{key}"')[1].split("</select>")[0]
    assert '<option value="title" selected>' in select
    assert client.get(reverse("plan-import-correct", args=["9.9"])).status_code == 404


def test_without_a_date_it_is_not_stored(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    page = upload(client, PLAN.replace(" - Progress as at 31 October 2003", ""))
    assert "does not say" in page
    page = confirm(client, as_at_day="", as_at_month="", as_at_year="")
    assert "There is a problem" in page
    assert "Improvement plan for Elmshire" in page
    assert not Plan.objects.exists()
    confirm(client)
    assert Plan.objects.get().as_at == date(2003, 10, 31)


def test_a_refusal_is_the_forms_own_error(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    confirm(client)
    upload(client)
    page = confirm(client)
    assert "There is a problem" in page
    assert "held already" in page
    assert Plan.objects.count() == 1


def test_a_later_version_shows_what_changed_and_keeps_both(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    confirm(client)
    first = Plan.objects.get()
    page = upload(client, LATER, name="january.txt")
    assert "This looks like a later version of" in page
    assert f'value="{first.pk}"' in page
    confirm(client, follows=str(first.pk), as_at_day="31", as_at_month="1", as_at_year="2004")
    later = Plan.objects.current().get()
    assert later.previous == first
    changed = client.get(reverse("plan-changes", args=[later.pk])).content.decode()
    assert "What changed from 31 October 2003 to 31 January 2004" in changed
    assert "Include a table in reports" in changed
    assert client.get(reverse("plan-changes", args=[first.pk])).status_code == 404
    assert "has been replaced" in client.get(first.get_absolute_url()).content.decode()
    assert "Earlier version, as at 31 October 2003" in client.get(later.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("name", "data", "says"),
    [
        ("empty.txt", b"", "is empty"),
        ("letter.txt", b"Dear colleague,\n\nThank you for your letter.\n", "letter.txt: no line reads like"),
        ("plan.pdf", b"%PDF-1.4", "cannot be read"),
        ("broken.docx", b"PK\x03\x04 and then nothing", "broken.docx"),
        ("latin.txt", "Standard 1 - Caf\xe9".encode("latin-1"), "latin.txt, line 1"),
        ("wide.txt", PLAN.encode("utf-16"), "UTF-16"),
    ],
)
def test_a_bad_file_is_named_and_leaves_nothing(cast: Cast, signed: Signed, name: str, data: bytes, says: str) -> None:
    page = upload(signed(cast.quality), data, name)
    assert "There is a problem" in page
    assert says in page
    assert not Plan.objects.exists()
    assert not Draft.objects.exists()


def test_the_officer_may_let_it_be(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    assert "was read and is not confirmed yet" in client.get(reverse("plan-import")).content.decode()
    client.post(reverse("plan-import-discard"))
    assert not Draft.objects.exists()
    assert not Plan.objects.exists()
    answer = client.get(reverse("plan-import-preview"))
    assert answer.status_code == 302
    assert answer["Location"] == reverse("plan-import")


def test_what_one_officer_read_another_does_not_see(cast: Cast, signed: Signed) -> None:
    upload(signed(cast.quality))
    assert signed(cast.head).get(reverse("plan-import-preview")).status_code == 302
    assert signed(cast.head).get(reverse("plan-import-correct", args=["1.1"])).status_code == 404


def test_only_who_keeps_the_plan_may_import(cast: Cast, signed: Signed) -> None:
    for officer in cast.all():
        expected = 200 if officer in (cast.head, cast.director, cast.quality) else 404
        assert signed(officer).get(reverse("plan-import")).status_code == expected, officer.role
        assert signed(officer).get(reverse("plan-adopt")).status_code == expected, officer.role


def test_a_draft_of_another_shape_counts_as_none(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    for content in ("not json", "[]", '{"title": "Plan"}', "7"):
        client.post(reverse("draft") + "?form=plan-import", {"content": content, "file_name": "x", "digest": "x"})
        assert client.get(reverse("plan-import-preview")).status_code == 302


def test_a_word_document_is_read_like_its_text(cast: Cast, signed: Signed) -> None:
    client = signed(cast.quality)
    upload(client)
    confirm(client)
    exported = client.get(reverse("plan-export", args=[Plan.objects.get().pk, "docx"])).content
    page = upload(client, exported, "plan.docx")
    assert "are each in exactly one field" in page
    assert "Nothing was added, changed or dropped" in page or "Beside the plan as at 31 October 2003" in page
