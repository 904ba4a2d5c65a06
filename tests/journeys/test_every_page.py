"""Every page of the product, found by following links as each role, is sound in the browser: axe, and room on a phone."""

import re
from collections.abc import Callable, Iterator
from datetime import date
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import Resolver404, resolve, reverse

from assurance.recipes import RECIPES
from assurance.recipes.conferring import RECIPES as CONFERRING
from assurance.scene import Scene
from goldenthread.cases.actions import record_address
from goldenthread.cases.models import BreakGlass, CaseFile, Child, Conflict, Merge
from goldenthread.config.access_table import ACCESS
from goldenthread.demo.load import load
from goldenthread.obligations.handover import hand_over
from goldenthread.people.models import HomeAddress, Officer
from goldenthread.people.roles import ROLES
from goldenthread.plan.models import Plan
from goldenthread.reports.actions import publish_progress_report
from goldenthread.standards.referrals.models import OnwardReferral
from tests.journeys.conftest import Traveller
from tests.standards.assessment.assessing.addresses import addresses as of_assessments

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# These answer a form and draw no page of their own, or hand a file over.
NOT_A_PAGE = {
    "draft", "sign-out", "plan-export", "plan-import-discard", "referral-discard", "record", "plan-current",
    "report-progress-file", "report-named-file", "report-published-file", "referral-new", "duty-end", "involvement-end",
    "own-session-end",
    "child-settle", "chronology-document",
}  # fmt: skip
# These come before anybody is signed in: the journey of the ways in goes through them.
WAYS_IN = {"sign-in", "sign-in-passkey", "sign-in-with", "sign-in-with-return", "second-factor"}
# These stand behind what a person gives first, or need what the demonstration lacks (an imported plan, a later version,
# something begun): the journeys of their rooms go through them.
BEHIND_A_FORM = {
    "plan-import-preview", "plan-import-correct", "plan-adopt", "plan-settle", "plan-changes", "unmet-need-start",
    "referral-check", "referral-drafts", "referral-search", "plan-pair", "trail-account",
    "account-reopen", "account-reset-second-factor", "step-up",
}  # fmt: skip
# These need something that is seldom under way in a small council: the recipe of each makes it. Of two, the page of what
# was made has no form, and so no recipe.
SELDOM = (
    "advice-answer", "advice-correct", "legal-shift-back", "legal-shift-cut", "legal-shift-hand", "hospital-escalation",
    "referral-settle", "referral-strategy", "strategy-arrange", "strategy-conference", "strategy-outcome",
    "protection-core-group", "protection-correct", "protection-end", "protection-review",
    "file-transfer", "transfer-accept", "transfer-clear", "transfer-complete", "transfer-correct", "transfer-disagree",
    "transfer-handover", "transfer-move", "transfer-obstacle", "transfer-rule", "transfer-visit", "transfer-withdraw",
    "chronology-correct", "chronology-seen",
    "discussion-correct", "agreed-done", "agreed-move", "agreed-take-back", "supervision-correct", "supervision-end",
    # (end of supervising)
    "closure-family", "closure-agency", "closure-chronology", "closure-again", "closure-drop", "closure-sign-off",
    "closure-return", "closure-reopen", "closure-correct",
    # (end of closing)
)  # fmt: skip
SHOWN_AT = {
    "advice-answer": "advice", "protection-review": "protection-plan",
    "discussion-correct": "discussion",
    # (end of supervising)
    "closure-family": "closure",
    # (end of closing)
}  # fmt: skip
# These have no links. Each role gets one of each kind, and somebody gets each of them.
FILES = {"chronology-document", "plan-export", "report-progress-file", "report-named-file", "report-published-file"}
PER_NAME = {
    "referral": 25,
    "case-file": 8,
    "plan-recommendation": 12,
    "report-named": 18,
}  # how many addresses of one page are followed for further links


def _links(body: str) -> Iterator[str]:
    for found in re.findall(r'<a[^>]*\bhref="([^"]+)"', body):
        address = found.replace("&amp;", "&")
        if address.startswith("/") and not address.startswith("/static/"):
            yield address


def _name(address: str) -> str | None:
    try:
        return resolve(urlsplit(address).path).url_name
    except Resolver404:
        return None


def crawl(officer: Officer, files: set[str]) -> dict[str, str]:
    """The first address of every page that this officer can reach by following links from their first page. files: those
    that somebody was given before."""
    client = Client()
    client.force_login(officer)
    found: dict[str, str] = {}
    followed: dict[str, int] = {}
    waiting, seen = [reverse("home")], {reverse("home")}
    while waiting:
        address = waiting.pop(0)
        name = _name(address)
        assert name is not None, f"{officer.username}: a link leads to {address}, which is no page"
        if followed.get(name, 0) >= PER_NAME.get(name, 3) or (name in followed and address in files):
            continue
        if name in FILES:
            files.add(address)
        followed[name] = followed.get(name, 0) + 1
        answer = client.get(address, follow=True)
        assert answer.status_code == 200, f"{officer.username}: {address} answers {answer.status_code}"
        found.setdefault(name, address)
        if "text/html" not in answer["Content-Type"] or name == "report-published-file":
            continue
        if answer.redirect_chain and (landed := _name(answer.redirect_chain[-1][0])):
            found.setdefault(landed, answer.redirect_chain[-1][0])
        for link in _links(answer.content.decode()):
            if link not in seen:
                seen.add(link)
                waiting.append(link)
    return found


def asked_for() -> dict[str, tuple[Officer, str]]:
    """The pages of an interpreter who is still to come."""
    from datetime import timedelta

    from goldenthread.core.clock import now
    from goldenthread.standards.assessment.interpreting import actions

    file = CaseFile.objects.filter(closed_at=None, worker__isnull=False)[0]
    assert file.worker
    made = actions.ask_for_interpreter(
        case_file=file, for_whom="parent", language="somali", mode="phone", purpose="visit", about="An hour at home",
        needed_at=now() + timedelta(days=3), asked_at=now(), by=file.worker,
    )  # fmt: skip
    stood = actions.record_stand_in(
        request=made, who="friend", why="Nobody could be found", occurred_at=now(), by=file.worker
    )
    pages = {f"interpreter-{key}": [made.pk] for key in ("reply", "attendance", "stand-in", "understood", "cancel")}
    pages |= {"interpreter": [made.pk], "interpreter-correct": [made.pk, "familyinterpreter", stood.pk]}
    return {name: (file.worker, reverse(name, args=arguments)) for name, arguments in pages.items()}


def housed() -> dict[str, tuple[Officer, str]]:
    """The pages of a child in a hostel that falls short."""
    from goldenthread.core.clock import now, today
    from goldenthread.standards.assessment.housing import actions, shortfalls
    from goldenthread.standards.assessment.housing.choices import Heading

    file = CaseFile.objects.filter(closed_at=None, worker__isnull=False, temporary_moves=None)[0]
    worker, head = file.worker, Officer.objects.get(username="head-of-service")
    assert worker
    child = file.children.all()[0]
    move = actions.record_move(
        case_file=file, children=[child], kind="hostel", place="Quay Street", authority="Wexcombe housing",
        told_by="housing", moved_at=now(), told_at=now(), by=worker,
    )  # fmt: skip
    seen = actions.assess_suitability(
        move=move, child=child, judged={h.value: ("shortfall", "One kitchen for all") for h in Heading},
        overall="unsuitable", with_housing="P. Lunt", change_what="A flat", change_who="Housing", change_by=today(),
        occurred_at=now(), by=worker,
    )  # fmt: skip
    told = shortfalls.report_shortfall(assessment=seen, to=head, asked="A flat", occurred_at=now(), by=worker)
    pages: dict[str, tuple[Officer, list[object]]] = {
        "temporary-move": (worker, [move.pk]), "temporary-assess": (worker, [move.pk, child.pk]),
        "temporary-report": (worker, [move.pk, seen.pk]), "temporary-answer": (head, [move.pk, told.pk]),
        "temporary-outcome": (worker, [move.pk, told.pk]), "temporary-review": (worker, [move.pk]),
        "temporary-end": (worker, [move.pk]), "temporary-correct": (worker, [move.pk, "suitability", seen.pk]),
    }  # fmt: skip
    return {name: (officer, reverse(name, args=arguments)) for name, (officer, arguments) in pages.items()}


def allocated(taken: CaseFile) -> dict[str, tuple[Officer, str]]:
    """The pages of a file that somebody was given, and of one that nobody has. taken: a file that stays with its worker."""
    from datetime import timedelta

    from goldenthread.core.clock import now
    from goldenthread.standards.allocation.allocating import actions, telling

    file = CaseFile.objects.filter(closed_at=None, worker__isnull=False)[1]
    worker, manager = file.worker, Officer.objects.get(role="team-manager", team=file.team)
    assert worker
    given = actions.allocate(
        case_file=file, worker=worker, purpose="See that home is safe", expected="A visit each week", allocated_at=now(),
        by=manager, others=[(None, "The health visitor", "Weighs the baby")],
    )  # fmt: skip
    talked = actions.discuss_allocation(allocation=given, words="Whom to ring", occurred_at=now(), by=manager)
    others = CaseFile.objects.filter(closed_at=None, worker__isnull=False, team=file.team)
    waiting = others.exclude(pk=file.pk).exclude(pk=taken.pk)[0]
    hand_over(case_file=waiting, team=file.team, worker=None, since_at=now() - timedelta(minutes=5), by=manager)
    waiting.refresh_from_db()
    told = telling.tell_of_wait(
        case_file=waiting, rank="team-manager", to=manager, risk="watched", words="Nobody is free", occurred_at=now(),
        by=manager,
    )  # fmt: skip
    pages: dict[str, tuple[Officer, list[object]]] = {
        "allocation": (worker, [given.pk]), "allocation-answer": (worker, [given.pk]), "allocation-rule": (manager, [given.pk]),
        "allocation-discuss": (manager, [given.pk]), "file-allocate": (manager, [file.pk]), "wait": (manager, [waiting.pk]),
        "allocation-correct": (manager, [given.pk, "allocationdiscussed", talked.pk]), "wait-tell": (manager, [waiting.pk]),
        "wait-hear": (manager, [waiting.pk, told.pk]), "wait-correct": (manager, [waiting.pk, "waittold", told.pk]),
    }  # fmt: skip
    return {name: (officer, reverse(name, args=arguments)) for name, (officer, arguments) in pages.items()}


def conferred() -> dict[str, tuple[Officer, str]]:
    """The pages of what is done on a meeting, and on a looked-after child."""
    scene, pages = Scene(), dict[str, tuple[Officer, str]]()
    for name, recipe in CONFERRING.items():
        if name.startswith(("meeting-", "care-")):
            made = recipe.make(scene)
            pages[name] = (scene.officers[recipe.who], reverse(name, args=made.arguments))
            shown = name.split("-", maxsplit=1)[0]
            pages[shown] = (pages[name][0], reverse(shown, args=made.arguments[:1]))
    return pages


def under_way() -> dict[str, tuple[Officer, str]]:
    """The pages of what is seldom under way, each made by its recipe."""
    scene, pages = Scene(), dict[str, tuple[Officer, str]]()
    for name in SELDOM:
        made = RECIPES[name].make(scene)
        pages[name] = (scene.officers[RECIPES[name].who], reverse(name, args=made.arguments))
        if shown := SHOWN_AT.get(name):
            pages[shown] = (pages[name][0], reverse(shown, args=made.arguments))
    return pages


def test_every_page_can_be_reached_and_is_sound(travel: Callable[..., Traveller]) -> None:
    load(children=120, months=8, today=date(2026, 6, 30))
    quality = Officer.objects.get(username="quality-officer")
    publish_progress_report(plan=Plan.objects.get(), as_at=date(2026, 5, 31), by=quality)
    untold = OnwardReferral.objects.filter(police_told=None).first()
    assert untold is not None
    head = Officer.objects.get(username="head-of-service")
    administrator, home = Officer.objects.get(username="administrator"), HomeAddress.objects.all()[0]
    glass = BreakGlass.objects.filter(reviewed_at=None)[0]
    conflict = Conflict.objects.get()
    file = CaseFile.objects.filter(closed_at=None, worker__isnull=False)[0]
    child, worker = file.children.all()[0], file.worker
    merge = Merge.objects.filter(undone_at=None)[0]
    doubled, other = merge.kept.case_files.all()[0], Child.objects.exclude(pk=merge.kept_id)[0]
    assert glass.manager
    assert conflict.manager
    assert worker
    record_address(
        case_file=file, child=child, lines="1 Quiet Row", since=date(2026, 1, 1), confidential=True, by=worker
    )
    reached: dict[str, tuple[Officer, str]] = {
        "emergency-review": (glass.manager, reverse("emergency-review", args=[glass.pk])),
        "conflict": (conflict.manager, reverse("conflict", args=[conflict.pk])),
        "conflict-withdraw": (conflict.manager, reverse("conflict-withdraw", args=[conflict.pk])),
        "address-show": (worker, reverse("address-show", args=[file.pk, child.pk])),
        "account-home-forget": (administrator, reverse("account-home-forget", args=[home.officer_id])),
        "child-merge": (head, reverse("child-merge", args=[doubled.pk, merge.kept_id, other.pk])),
        "child-merged": (head, reverse("child-merged", args=[doubled.pk, merge.pk])),
        "child-unmerge": (head, reverse("child-unmerge", args=[doubled.pk, merge.pk])),
        "referral-told": (head, reverse("referral-told", args=[untold.referral_id, untold.pk])),
        **asked_for(),
        # (end of interpreting)
        **housed(),
        # (end of housing)
        **allocated(file),
        # (end of allocating)
        # (end of transferring)
        # (end of chronology)
        **conferred(),
        # (end of conferring)
        # (end of supervising)
        # (end of closing)
        **under_way(),
    }
    files: set[str] = set()
    reached |= of_assessments(head)
    for role in ROLES:
        officer = Officer.objects.get(username=role)
        for name, address in crawl(officer, files).items():
            reached.setdefault(name, (officer, address))
    missed = set(ACCESS) - set(reached) - NOT_A_PAGE - BEHIND_A_FORM - WAYS_IN
    assert not missed, f"no link leads to {sorted(missed)}"
    by_role: dict[str, list[str]] = {}
    for name, (officer, address) in reached.items():
        if name not in NOT_A_PAGE:
            by_role.setdefault(officer.username, []).append(address)
    for username, addresses in by_role.items():
        traveller = travel()
        traveller.sign_in(Officer.objects.get(username=username))
        for address in addresses:
            traveller.go(address)
            traveller.is_sound()
