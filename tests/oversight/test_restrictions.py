"""A restricted child is nowhere for others: not in a list, a search, a count, a drill-down or an export."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.models import CaseFile, Child, Restriction
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.tally import tally, totals
from goldenthread.oversight.emergency import CLOSED, break_glass
from goldenthread.oversight.restrictions import lift_restriction, restrict, review_restriction
from goldenthread.people.models import Officer
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock, take


@pytest.fixture
def restricted(cast: Cast, referral: Referral, child: Child) -> Restriction:
    """Only Asha, who holds the file, and Grace may open the child's records."""
    return restrict(
        child=child,
        level="restricted",
        reason="A colleague's family",
        named=[cast.worker, cast.head],
        contact=cast.head,
        by=cast.head,
    )


def test_only_those_on_the_list_and_only_with_a_relationship(
    cast: Cast, restricted: Restriction, case_file: CaseFile
) -> None:
    assert [o.username for o in cast.all() if sight_of(o).why(case_file)] == ["asha", "grace"]
    restricted.named.add(cast.stranger)
    assert not sight_of(cast.stranger).why(case_file)


def test_it_is_in_no_list_count_or_drill_down_of_others(
    cast: Cast, restricted: Restriction, hand: Clock, referral: Referral
) -> None:
    other = take(hand, cast, nth=3)
    pages = [
        "/", reverse("referrals"), reverse("team-board", args=["ra-east"]), reverse("team-work", args=["ra-east"]),
        reverse("figures"),
        reverse("drill-down", args=["referrals.decision"]), reverse("requirement", args=["referrals.decision"]),
        reverse("written-referrals"), reverse("referral-chasers"),
    ]  # fmt: skip
    for officer, sees in ((cast.head, True), (cast.manager, False), (cast.director, False), (cast.colleague, False)):
        client = Client()
        client.force_login(officer)
        texts = {page: client.get(page).content.decode() for page in pages}
        assert any("Marchbanks" in text for text in texts.values()) is sees, officer
        assert any("Dunmore-3" in text for text in texts.values()), officer
        assert any(referral.reference in text for text in texts.values()) is sees, officer
        owes = client.get(reverse("team-work", args=["ra-east"])).context
        both = Obligation.objects.filter(case_file__isnull=False, since_at__lte=now())
        mine = both.filter(case_file=other.case_file)
        assert owes["total"].owed == (both if sees else mine).count(), officer
        board = client.get(reverse("team-board", args=["ra-east"])).context["board"]
        assert (board.files, board.children) == ((2, 2) if sees else (1, 1)), officer
        assert sum(row.load.children for row in board.rows) == board.children, officer
        drilled = client.get(reverse("drill-down", args=["referrals.decision"])).context
        assert (drilled["whole"], len(drilled["page"])) == ((2, 2) if sees else (1, 1)), officer
        counted = totals(tally(now(), without=sight_of(officer).shut))["referrals.decision"]
        assert counted.owed == (2 if sees else 1)
        found = client.post(reverse("referral-search"), {"q": "Marchbanks"}).content.decode()
        assert (referral.reference in found) is sees, officer
        number = client.post(reverse("referral-search"), {"q": referral.reference})
        assert (number.status_code == 302) is sees, officer
        for name, args in (("referral", [referral.pk]), ("case-file", [referral.case_file_id])):
            assert (client.get(reverse(name, args=args)).status_code == 200) is sees, officer


def test_hidden_and_missing_are_the_same_bytes(cast: Cast, restricted: Restriction, referral: Referral) -> None:
    client = Client()
    client.force_login(cast.manager)
    hidden = client.get(reverse("referral", args=[referral.pk]))
    missing = client.get(reverse("referral", args=[987654]))
    assert hidden.status_code == missing.status_code == 404
    key = rb'name="(csrfmiddlewaretoken|submission)" value="[\w.]+"'  # no two pages share one
    same = [re.sub(key, b"", answer.content) for answer in (hidden, missing)]
    assert same[0] == same[1]


def test_the_register_check_says_whom_to_phone_and_shows_nothing(
    cast: Cast, restricted: Restriction, child: Child
) -> None:
    client = Client()
    client.force_login(cast.colleague)
    step = reverse("referral-step", args=["6f1f6a5e-0000-4000-8000-000000000001", "children"])
    page = client.post(step, {"do": "search", "search-name": "Quillon Marchbanks"}).content.decode()
    assert "Phone <strong>Grace Tillotson</strong>, head of service" in page
    assert f'value="add:{child.pk}"' not in page
    assert "3 February 1997" not in page
    client.post(step, {"do": f"add:{child.pk}"})  # a number that was guessed
    assert "Marchbanks" not in client.get(step).content.decode().replace('value="Quillon Marchbanks"', "")
    nobody = client.post(step, {"do": "search", "search-name": "Zebedee Ox"}).content.decode()
    assert "Phone <strong>" not in nobody


def test_break_glass_opens_a_restricted_file_and_never_a_sealed_one(
    cast: Cast, restricted: Restriction, case_file: CaseFile
) -> None:
    break_glass(case_file=case_file, category="danger", reason="Police hold the child now", by=cast.stranger)
    assert sight_of(cast.stranger).why(case_file) == "break-glass"
    Restriction.objects.update(level="sealed")
    assert sight_of(cast.stranger).why(case_file) == ""
    with pytest.raises(Refused) as refused:
        break_glass(case_file=case_file, category="danger", reason="Police hold the child now", by=cast.colleague)
    assert str(refused.value) == CLOSED


def test_what_a_list_must_hold(cast: Cast, referral: Referral, child: Child) -> None:
    given = {"child": child, "level": "restricted", "reason": "A colleague's family", "by": cast.head}
    with pytest.raises(Refused, match="holds an open file"):
        restrict(named=[cast.head], contact=cast.head, **given)
    with pytest.raises(Refused, match="on the list themselves"):
        restrict(named=[cast.worker], contact=cast.head, **given)
    with pytest.raises(Refused, match="at least one"):
        restrict(named=[], contact=cast.head, **given)
    with pytest.raises(Refused, match="never opens"):
        restrict(named=[cast.worker, cast.head, cast.member], contact=cast.head, **given)
    with pytest.raises(NotAllowed):
        restrict(named=[cast.worker, cast.head], contact=cast.head, **(given | {"by": cast.manager}))
    assert not Restriction.objects.exists()


def test_it_is_looked_at_again_every_90_days_until_it_is_lifted(
    cast: Cast, restricted: Restriction, case_file: CaseFile, neighbour: Officer
) -> None:
    owed = Obligation.objects.filter(requirement="oversight.restriction-review").order_by("pk")
    first = owed.get()
    assert (first.owner, first.case_file_id, first.done_at) == (cast.head, None, None)
    assert first.due_at is not None
    assert (first.due_at - first.since_at).days == 90
    with pytest.raises(NotAllowed):
        review_restriction(
            restriction=restricted,
            finding="Nothing has changed",
            named=[cast.worker, cast.director],
            contact=cast.director,
            by=cast.director,
        )
    review_restriction(
        restriction=restricted,
        finding="The colleague is still with us",
        named=[cast.worker, cast.head, cast.manager],
        contact=cast.head,
        by=cast.head,
    )
    assert [row.done_at is None for row in owed.all()] == [False, True]
    assert sight_of(cast.manager).why(case_file) == "line manager"
    lift_restriction(restriction=restricted, reason="The colleague has left", by=cast.head)
    assert all(row.done_at for row in owed.all())
    assert sight_of(cast.director).why(case_file) == "line manager"
    with pytest.raises(Refused, match="lifted already"):
        lift_restriction(restriction=restricted, reason="The colleague has left", by=cast.head)


def test_only_its_owner_and_their_line_see_that_a_review_is_owed(cast: Cast, restricted: Restriction) -> None:
    owed = Obligation.objects.filter(requirement="oversight.restriction-review")
    seen = {o.username for o in cast.all() if owed.visible_to(o).exists()}
    assert seen == {"grace", "hiro"}


def test_those_on_the_list_find_it_and_what_reviews_said(cast: Cast, restricted: Restriction) -> None:
    client = Client()
    client.force_login(cast.head)
    assert "Not looked at again yet" in client.get(reverse("restrictions")).content.decode()
    review_restriction(
        restriction=restricted, finding="Still with us", named=[cast.worker, cast.head], contact=cast.head, by=cast.head
    )
    page = client.get(reverse("restrictions")).content.decode()
    assert "Marchbanks" in page
    assert "Looked at again 15 October 2003" in page
    assert "Still with us" in client.get(reverse("restriction", args=[restricted.pk])).content.decode()
    client.force_login(cast.director)
    assert "None names you" in client.get(reverse("restrictions")).content.decode()
    assert client.get(reverse("restriction", args=[restricted.pk])).status_code == 404
