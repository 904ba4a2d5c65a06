"""Officers are named by typing, one a line: at a council of six hundred as at one of six."""

import re

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child, Restriction
from goldenthread.core.models import Draft
from goldenthread.oversight.named_officers import officers_called
from goldenthread.oversight.restrictions import restrict
from goldenthread.people.models import Officer
from tests.conftest import Cast

ROLES = ["worker", "senior-practitioner", "team-manager", "head-of-service", "director"]


def _wrong(*lines: str) -> list[str]:
    with pytest.raises(ValidationError) as raised:
        officers_called(lines, ROLES)
    return [str(message) for message in raised.value.messages]


def test_by_name_or_user_name_in_any_case_and_each_once(cast: Cast) -> None:
    lines = ["asha verma", "GRACE", "Dev  Lindqvist (dev)", "asha"]
    assert officers_called(lines, ROLES) == [cast.worker, cast.head, cast.manager]


def test_who_is_not_found_or_is_several_is_said_line_by_line(cast: Cast) -> None:
    for username in ("asha.two", "asha.three"):
        Officer.objects.create_officer(username, name="Asha Verma", role="worker", team=cast.west)
    told = _wrong("Asha Verma", "Grace", "Gracie Tillotson", "kit", "nobody at all")
    assert len(told) == 4
    assert "“Asha Verma” is the name of 3 officers: write the user name" in told[0]
    assert "asha.two (Family support west)" in told[0]
    assert "“Gracie Tillotson”: nobody of that name may open records. Did you mean Grace Tillotson (grace)?" in told[1]
    assert told[2] == "“kit”: nobody of that name may open records"  # an administrator never opens one
    assert told[3] == "“nobody at all”: nobody of that name may open records"
    Officer.objects.filter(username="asha").update(is_active=False)
    assert "“asha”: nobody" in _wrong("asha")[0]


def test_what_was_typed_stays_and_the_page_does_not_grow_with_the_council(
    cast: Cast, case_file: CaseFile, child: Child, client: Client
) -> None:
    client.force_login(cast.head)
    page = reverse("file-restrict", args=[case_file.pk])
    Officer.objects.bulk_create(
        Officer(username=f"officer-{number}", name=f"Officer Number {number}", role="worker") for number in range(600)
    )
    shown = client.get(page).content.decode()
    assert "Officer Number 7" not in shown
    assert "Grace Tillotson (grace)\nAsha Verma (asha)" in shown
    typed = {
        "child": str(child.pk), "level": "restricted", "reason": "A colleague's family",
        "named": "grace\nasha\nOfficer Numbr 7\nefua", "contact": "grace",
    }  # fmt: skip
    refused = client.post(page, typed).content.decode()
    assert "“Officer Numbr 7”: nobody of that name may open records" in refused
    assert "grace\nasha\nOfficer Numbr 7\nefua</textarea>" in refused.replace("\r", "")
    assert "A colleague&#x27;s family" in refused
    assert not Restriction.objects.exists()
    assert Draft.objects.filter(officer="grace").exists()
    client.post(page, typed | {"named": "grace\nasha\nOfficer Number 7\nefua", "contact": "Grace Tillotson"})
    made = Restriction.objects.get()
    assert {one.username for one in made.named.all()} == {"grace", "asha", "officer-7", "efua"}
    assert made.contact == cast.head


def test_a_review_shows_the_list_to_be_changed(cast: Cast, case_file: CaseFile, child: Child, client: Client) -> None:
    made = restrict(
        child=child, level="restricted", reason="A colleague's family", named=[cast.worker, cast.head],
        contact=cast.head, by=cast.head,
    )  # fmt: skip
    client.force_login(cast.head)
    page = reverse("restriction-review", args=[made.pk])
    shown = client.get(page).content.decode()
    box = re.search(r"<textarea[^>]*>\s*(.*?)</textarea>", shown, re.DOTALL)
    assert box is not None
    assert box[1].splitlines() == ["Asha Verma (asha)", "Grace Tillotson (grace)"]
    given = {"finding": "The colleague is still with us", "named": box[1] + "\nhiro", "contact": "hiro"}
    client.post(page, given)
    made.refresh_from_db()
    assert (made.named.count(), made.contact) == (3, cast.director)
