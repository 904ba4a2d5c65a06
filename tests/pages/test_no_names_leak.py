"""A canary: a child with a name like no other. It may stand in the body of a page of records, shown to those who may open
them, and nowhere else: no title, address, header, trail entry or log, and nothing that anybody else can open."""

import json
import logging
import re
from datetime import date

import pytest
from django.http import HttpResponseBase
from django.test import Client
from django.urls import NoReverseMatch, URLPattern, URLResolver, get_resolver, reverse

from goldenthread.cases.models import Child
from goldenthread.config.access_table import ACCESS
from goldenthread.core.drafts import save_draft
from goldenthread.core.models import Account, TrailEntry
from goldenthread.obligations.models import Obligation
from goldenthread.people.models import Officer
from goldenthread.plan.models import Action, Plan
from goldenthread.reports.actions import publish_progress_report
from goldenthread.reports.models import PublishedReport
from goldenthread.standards.referrals import actions, choices, onward, unmet_need
from goldenthread.standards.referrals.corrections import CORRECTABLE
from goldenthread.standards.referrals.models import Referral, UnmetNeed
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, set_clock
from tests.plan.plans import imported, small_plan

GIVEN, FAMILY = "Zephyrine", "Quillfeather"
CANARY = re.compile("zephyrine|quillfeather", re.IGNORECASE)
UID = "5f0c1c3e-9d7b-4a49-8f6e-000000000001"
WHERE_NAMES_MAY_STAND = {
    # pages of records, shown to those who may open them
    "home", "team-board", "drill-down", "referrals", "referral", "referral-search", "referral-step", "referral-check",
    *(name for name in ACCESS if name.startswith("referral-")),
    # who has seen them, to those who may open them
    "trail-record", "trail-officer", "trail-account", "trail-accounts",
}  # fmt: skip


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    return set_clock(monkeypatch)


@pytest.fixture
def referral(cast: Cast, clock: Clock) -> Referral:
    """A referral of the child, with everything on it that can be on one, some of it still owed."""
    return make_referral(cast, clock)


def make_referral(cast: Cast, clock: Clock) -> Referral:
    """The same, for what is made once for many tests."""
    child = Child.objects.create(given_names=GIVEN, family_name=FAMILY, date_of_birth=date(1998, 5, 4))
    at = clock.now
    made = actions.take_referral(
        agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
        children=[child], concern=f"{GIVEN} came to school hungry", received_at=at, by=cast.worker, worker=cast.worker,
    )  # fmt: skip
    actions.consider_offence(referral=made, answer="yes", occurred_at=at, by=cast.worker)
    actions.advise_police(
        referral=made, answer="advised", advised="Desk sergeant", police_reference="A1", occurred_at=at, by=cast.worker
    )
    actions.acknowledge(referral=made, how="phone", occurred_at=at, by=cast.worker)
    decision = actions.decide(
        referral=made, what="assessment", reason=f"{FAMILY} family: hunger unexplained", occurred_at=at, by=cast.manager
    )
    sent = onward.refer_onward(
        referral=made, agency_kind="health", agency_name="Ward 4", purpose=f"See {GIVEN} this week", made_at=at,
        by=cast.worker,
    )  # fmt: skip
    onward.tell_police_of_onward(onward=sent, told="Desk sergeant", occurred_at=at, by=cast.worker)
    onward.record_response(onward=sent, answer="accepted", occurred_at=at, by=cast.worker)
    item = unmet_need.NeedItem(choices.Need.HOUSING, f"A home for {GIVEN}", choices.WhyUnmet.COST)
    unmet_need.answer_unmet_need(decision=decision, needs=[item], occurred_at=at, by=cast.worker)
    onward.draft_chaser(referral=made, by=cast.worker)
    unmet_need.start_report_cycle(started_on=date(2003, 8, 1), officer=cast.head, by=cast.head)
    plan = imported(small_plan(date(2003, 10, 1)), cast.quality)
    publish_progress_report(plan=plan, as_at=date(2003, 10, 14), by=cast.head)
    for entry in TrailEntry.objects.filter(subject=f"referrals.referral:{made.pk}")[:2]:
        Account.objects.create(entry=entry.pk, asked_at=at)
    for officer in (cast.worker, cast.manager):  # a half-filled form, with the name in it
        words = {
            "children-known": [str(child.pk)],
            "children-new": [json.dumps({"new-given_names": [GIVEN], "new-family_name": [FAMILY], "new-sex": ["F"]})],
            "concern-concern": [f"{GIVEN} is hungry"],
        }
        save_draft(officer, f"referral:{UID}", words)
    return made


def patterns(resolver: URLResolver | None = None) -> list[URLPattern]:
    found: list[URLPattern] = []
    for pattern in (resolver or get_resolver()).url_patterns:
        found += patterns(pattern) if isinstance(pattern, URLResolver) else [pattern]
    return found


def addresses(referral: Referral) -> list[tuple[str, str]]:
    """Every page, with every value that makes sense in its address."""
    of_child: dict[str, list[object]] = {
        "target": [
            referral.onward_referrals.get().pk, referral.decisions.get().pk, UnmetNeed.objects.get().pk,
        ],
        "uid": [UID],
        "key": ["referrer", "children", "file", "concern", "offence", "police", "decision", "unmet", "acknowledgement",
                "referrals.decision", "referrals.written-confirmation", "referrals.unmet-need-recorded"],
        "kind": ["json", "html", *(model._meta.model_name for model in CORRECTABLE)],
        "team": ["ra-east", "fs-west"],
        "subject_type": ["referrals.referral", "plan.action"],
        "number": ["1.1"],
        "plan": [Plan.objects.get().pk],
        "as_at": ["2003-10-14"],
        "name": ["unmet-need", "written-referrals"],
    }  # fmt: skip
    numbers: dict[str, list[object]] = {
        "referral": [referral.pk],
        "record": [referral.pk],
        "excuse": list(Obligation.objects.filter(subject_id=referral.pk).values_list("pk", flat=True)[:6]),
        "plan": [Plan.objects.get().pk, *Action.objects.values_list("pk", flat=True)[:2]],
        "report": [PublishedReport.objects.get().pk],
        "trail": [
            referral.pk,
            *Officer.objects.values_list("pk", flat=True),
            *Account.objects.values_list("pk", flat=True),
        ],
    }
    found = []
    for pattern in patterns():
        of_child["pk"] = numbers.get(str(pattern.name).split("-")[0], [])
        values: list[dict[str, object]] = [{}]
        for name in pattern.pattern.converters:
            values = [{**value, name: sample} for value in values for sample in of_child[name]]
        for value in values:
            try:
                found.append((str(pattern.name), reverse(str(pattern.name), kwargs=value)))
            except NoReverseMatch:
                continue
    return sorted(set(found))


def body(response: HttpResponseBase) -> str:
    streamed = getattr(response, "streaming_content", None)
    whole: bytes = b"".join(streamed) if streamed else getattr(response, "content", b"")
    return whole.decode("utf-8", "replace")


def title(page: str) -> str:
    return " ".join(re.findall(r"<title>(.*?)</title>", page, re.DOTALL)[:1])


def visit(officer: Officer, referral: Referral) -> dict[str, set[str]]:
    """Open every page as an officer. Returns where the name stood: by URL name, in what."""
    client = Client(raise_request_exception=True)
    client.force_login(officer)
    found: dict[str, set[str]] = {}
    for name, address in addresses(referral):
        if name in ("sign-out", "plan-import-discard"):
            continue
        response = client.get(address)
        page = body(response)
        parts = {
            "body": page,
            "title": title(page),
            "address": address + str(response.get("Location", "")),
            "header": str(dict(response.items())),
            "cookie": str(response.cookies),
            "link": " ".join(re.findall(r"(?:href|action|src|data-[a-z-]+)=\"([^\"]*)\"", page)),
        }
        for part, text in parts.items():
            if CANARY.search(text):
                found.setdefault(name, set()).add(part)
    return found


def trail_and_logs_are_clean(caplog: pytest.LogCaptureFixture) -> None:
    for entry in TrailEntry.objects.all():
        assert not CANARY.search(f"{entry.deed} {entry.subject} {entry.why} {json.dumps(entry.detail)}")
    assert not CANARY.search(caplog.text)


@pytest.mark.once
def test_those_who_may_open_the_record_see_the_name_in_the_body_of_its_pages_only(
    cast: Cast, referral: Referral, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "django.request")
    caplog.set_level(logging.DEBUG, "goldenthread")
    for officer in (cast.worker, cast.manager, cast.head):
        found = visit(officer, referral)
        assert {"home", "referral"} & found.keys()
        assert {part for parts in found.values() for part in parts} == {"body"}, found
        assert found.keys() <= WHERE_NAMES_MAY_STAND
    trail_and_logs_are_clean(caplog)


@pytest.mark.once
@pytest.mark.parametrize("who", ["member", "administrator", "stranger"])
def test_nobody_else_sees_the_name_anywhere(
    cast: Cast, referral: Referral, who: str, caplog: pytest.LogCaptureFixture
) -> None:
    officer: Officer = getattr(cast, who)
    assert visit(officer, referral) == {}
    trail_and_logs_are_clean(caplog)


def test_the_name_is_in_no_published_report(referral: Referral) -> None:
    report = PublishedReport.objects.get()
    for kind in ("html", "json"):
        assert not CANARY.search(report.file(kind).decode("utf-8"))


@pytest.mark.once
def test_every_page_on_which_the_name_stood_is_on_the_trail(cast: Cast, referral: Referral) -> None:
    """Whoever is shown the child's name leaves an entry that leads to the child or the referral."""
    client = Client()
    client.force_login(cast.worker)
    child = referral.children.get()
    untold = []
    for name, address in addresses(referral):
        if name in ("sign-out", "plan-import-discard"):
            continue
        before = TrailEntry.objects.count()
        if not CANARY.search(body(client.get(address))):
            continue
        new = TrailEntry.objects.order_by("pk")[before:]
        told = [f"{e.subject} {json.dumps(e.detail)}" for e in new if e.officer == cast.worker.username]
        if not any(
            re.search(rf"referral:{referral.pk}\b", t) or re.search(rf"\b({referral.pk}|{child.pk})\b", t) for t in told
        ):
            untold.append(address)
    assert untold == []


def test_searching_for_the_name_leaves_it_neither_in_an_address_nor_on_the_trail(
    cast: Cast, referral: Referral, caplog: pytest.LogCaptureFixture
) -> None:
    for officer in (cast.worker, cast.stranger):
        client = Client()
        client.force_login(officer)
        response = client.post(reverse("referral-search"), {"q": f"{GIVEN} {FAMILY}"})
        page = body(response)
        assert not CANARY.search(title(page))
        assert not CANARY.search(str(response.get("Location", "")))
        shown = page.replace(f'value="{GIVEN} {FAMILY}"', "")
        assert bool(CANARY.search(shown)) is (officer == cast.worker)
    trail_and_logs_are_clean(caplog)
