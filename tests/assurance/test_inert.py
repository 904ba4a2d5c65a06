"""Words are only words: whatever is typed in any box, kept in any field, and shown on any page."""

import re
import unicodedata
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.db import models, transaction
from django.test import Client
from lxml import html as markup
from pytest_django import DjangoDbBlocker

from assurance import inert
from goldenthread.obligations import ledger
from goldenthread.people.models import Officer
from goldenthread.reports import html as report_html
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast, made_once, make_cast
from tests.pages import test_no_names_leak as every_page
from tests.pages.made_up_work import set_clock
from tests.pages.test_no_names_leak import addresses, body


@pytest.fixture(scope="module")
def council(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[tuple[Cast, Referral]]:
    """One council for all tests of this file: what each puts into it is taken out again."""
    with made_once(django_db_blocker), pytest.MonkeyPatch.context() as patch:
        cast = make_cast()
        yield cast, every_page.make_referral(cast, set_clock(patch))


@pytest.fixture
def cast(council: tuple[Cast, Referral], db: None) -> Cast:
    return council[0]


@pytest.fixture
def referral(council: tuple[Cast, Referral], db: None) -> Referral:
    return council[1]


@pytest.fixture(scope="module")
def refused() -> set[tuple[str, str]]:
    """Who was refused which page, whatever words stood there: with others it is not asked for again. (That no words open a
    page is the access matrix's to say.)"""
    return set()


OURS = {
    "core.trailentry": "the trail: keys and fingerprints, written by the system",
    "core.traillink": "the trail: seals",
    "core.trailsubject": "the trail: keys of records",
    "core.submission": "which form was sent: keys, an address of ours and our own message",
    "core.draft.tab": "a window's key",
    "people.homeaddress": "keyed fingerprints", "people.secondfactor": "a sealed secret", "people.passkey": "what the browser gave", "people.recoverycode": "a digest",
    "people.officer.oidc_subject": "a key of the council's own sign-in",
    "obligations.obligation": "the ledger: worked out from the records",
    "reports.publishedreport": "what was printed: its formats have tests of their own",
    "cases.childamendment.field": "a key", "cases.mergedrow": "keys", "cases.disability.codes": "keys",
    "cases.communication.ways": "keys",
    "core.draft.form": "a form's key", "core.draft.officer": "a username",
    "people.team.key": "a key", "people.officer.username": "a sign-in name", "people.officer.password": "a hash",
    "people.officer.email": "an address, which its form checks", "cases.casefile.reference": "a number of ours",
    "transferring.handoveritem": "keys of what was owed", "obligations.excuse.requirement": "a key", "obligations.excuse.subject_type": "a key",
    "obligations.excuse.key": "a key", "referrals.amendment.field": "a key", "reports.publishedreport.name": "a key",
    "closing.agencytotell.kind": "a key",
    "plan.recommendation.number": "digits and dots: part of its address, and read from a plan by its digits",
    "chronology.eventmark.kind": "a key",
    "plan.plan.digest": "a digest", "plan.requirementtie.requirement": "a key",
}  # fmt: skip
"""What holds no words of people: nothing can be typed into it. Every other text field is tried."""


def typed_into(field: "models.Field[Any, Any]") -> bool:
    named = f"{field.model._meta.label_lower}.{field.name}"
    return named not in OURS and field.model._meta.label_lower not in OURS and field.name != "token"


def one_row(model: type[models.Model]) -> None:
    """One row of a model that has none yet, filled in by its fields' kinds."""
    given: dict[str, Any] = {}
    for field in model._meta.concrete_fields:
        if field.primary_key or field.has_default() or field.null:
            continue
        if isinstance(field, models.ForeignKey):
            if not field.related_model._default_manager.exists():
                one_row(field.related_model)
            given[field.name] = field.related_model._default_manager.first()
        elif field.choices:
            given[field.name] = next(iter(field.choices))[0]
        elif isinstance(field, models.DateTimeField):
            given[field.name] = MOMENT + timedelta(hours=field.name == "ends_at")  # what ends does so after it began
        elif isinstance(field, models.DateField):
            given[field.name] = MOMENT.date()
        elif isinstance(field, models.BooleanField):
            given[field.name] = True
        elif isinstance(field, models.IntegerField):
            given[field.name] = 1
        elif isinstance(field, models.CharField | models.TextField):
            given[field.name] = "x"
    model._default_manager.create(**given)


def fill(words: str) -> set[str]:
    """Put the words into every text field of every row; a number first, where they must differ. Returns the fields."""
    filled = set()
    for field in filter(typed_into, inert.text_fields()):
        if not field.model._default_manager.exists():
            one_row(field.model)
        for row in field.model._default_manager.all():
            unique = field.unique or any(
                field.name in rule.fields for rule in field.model._meta.total_unique_constraints
            )
            said = f"{row.pk} {words}" if unique else words
            if field.max_length:
                said = said[: field.max_length]
            with transaction.atomic():
                field.model._default_manager.filter(pk=row.pk).update(**{field.name: said})
            filled.add(f"{field.model._meta.label_lower}.{field.name}")
    ledger.rebuild()
    return filled


MOMENT = datetime(2003, 10, 14, 10, 0, tzinfo=UTC)
# What a page makes of words is the same whichever database gave them back, unaltered (see the test of every field): those
# that a database itself might take otherwise, as a statement or in another order, are tried on both.
ONCE = pytest.mark.once
PAIRS = [
    pytest.param("markup", "", marks=ONCE), pytest.param("attribute", "", marks=ONCE), ("template", "sql"),
    ("bidi", "names"), pytest.param("typst", "xml", marks=ONCE), pytest.param("formula =", "", marks=ONCE),
]  # fmt: skip
FIRST = {"template": 0, "bidi": 1, "typst": 2, "formula =": 3}
"""Who looks first, by number: each of these kinds is tried on a page once, and so each role sees each page with one of them."""


@pytest.mark.parametrize("kind", inert.HOSTILE)
def test_every_field_gives_back_the_words_that_were_put_into_it(cast: Cast, referral: Referral, kind: str) -> None:
    for field in filter(typed_into, inert.text_fields()):
        rows = field.model._default_manager
        if not rows.exists():
            one_row(field.model)
        words = inert.HOSTILE[kind][: field.max_length]
        row = rows.order_by("pk").values_list("pk", flat=True)[0]
        rows.filter(pk=row).update(**{field.name: words})
        assert rows.filter(pk=row).values_list(field.name, flat=True)[0] == words, field
    ledger.rebuild()


@pytest.mark.parametrize(("kind", "other"), PAIRS)
def test_words_in_every_field_are_words_on_every_page(
    cast: Cast, referral: Referral, refused: set[tuple[str, str]], kind: str, other: str
) -> None:
    words = inert.HOSTILE[kind] + " " + inert.HOSTILE.get(other, "")
    everywhere = addresses(referral)
    filled = fill(words)
    assert filled == {
        f"{field.model._meta.label_lower}.{field.name}" for field in inert.text_fields() if typed_into(field)
    }
    opened = seen = 0
    shown = " ".join(words.split())[:30]
    # What is markup to every page is tried by all of them; the rest on each page by the first to whom it opens, and that is
    # another one for each kind.
    by_all, looked_at = kind not in FIRST, set[str]()
    first, officers = FIRST.get(kind, 0), (cast.worker, cast.manager, cast.quality, cast.head)
    for officer in officers[first:] + officers[:first]:
        client = Client()
        client.force_login(officer)
        for name, address in everywhere:
            if name in ("sign-out", "plan-import-discard") or (address in looked_at and not by_all):
                continue
            if (officer.username, address) in refused:
                continue
            answer = client.get(address)
            assert answer.status_code < 500, address
            if answer.status_code in (403, 404):
                refused.add((officer.username, address))
            if answer.status_code != 200:
                continue
            opened += 1
            looked_at.add(address)
            assert inert.faults_of_headers(dict(answer.items())) == [], address
            if answer["Content-Type"].startswith("text/html"):
                page = body(answer)
                kept = answer.get("Content-Disposition", "").startswith("attachment")
                assert inert.faults_of_page(page, sheet=report_html._style() if kept else None) == [], address
                seen += shown in " ".join(markup.document_fromstring(page).text_content().split())
    assert opened > 50
    assert seen > 10, "the words come back as they were"


@pytest.mark.once  # said by a middleware around every answer, whatever it was made of
def test_every_answer_of_every_address_has_the_strict_policy(cast: Cast, referral: Referral) -> None:
    """Also what is refused, not found, or not signed in for, by every method."""
    for officer in (None, cast.worker, cast.administrator):
        client = Client(raise_request_exception=False)
        if officer:
            client.force_login(officer)
        for name, address in [*addresses(referral), ("none", "/no-such-page/"), ("none", "/%00<script>/")]:
            if name in ("sign-out", "plan-import-discard"):
                continue
            for ask in (client.get, client.head, client.options, client.put):
                answer = ask(address)
                assert answer.status_code < 500, (address, answer.status_code)
                assert inert.faults_of_headers(dict(answer.items())) == [], (address, answer.status_code)


@pytest.mark.once  # a header is made of numbers and of what the code says, whichever database was asked
def test_no_line_of_a_header_comes_from_words(cast: Cast, referral: Referral) -> None:
    fill(inert.HOSTILE["header"])
    for officer in (cast.manager, cast.quality):
        client = Client()
        client.force_login(officer)
        for _, address in addresses(referral):
            answer = client.get(address) if "sign-out" not in address else client.get("/")
            for header, value in answer.items():
                assert not re.search(r"[\r\n]|Bcc|a=b", value), (address, header)


def test_the_names_of_people_come_back_however_their_accents_were_composed(cast: Cast, referral: Referral) -> None:
    for words in ("\u0174yn", "W\u0302yn", "\u0141uczy\u0144ska", "\u0645\u062d\u0645\u062f"):
        Officer.objects.filter(pk=cast.worker.pk).update(name=words)
        client = Client()
        client.force_login(cast.manager)
        page = unicodedata.normalize("NFC", body(client.get(f"/referrals/{referral.pk}/")))
        assert unicodedata.normalize("NFC", words) in page
