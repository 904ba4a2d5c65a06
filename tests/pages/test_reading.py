"""Pages of what is owed: the same rows, in the same order, as the records themselves give."""

from dataclasses import fields

import pytest
from django.db.models import F
from django.test import RequestFactory

from goldenthread.obligations.models import Obligation
from goldenthread.pages.reading import Owing, names_on, owed_page
from tests.conftest import Cast
from tests.pages.made_up_work import many, set_clock, take

_PLACES = {"reference": "case_file__reference", "owner": "owner__name"}


def _page(number: int | str, size: int = 50) -> list[Owing]:
    return list(owed_page(RequestFactory().get("/", {"page": number}), Obligation.objects.all()).object_list)


@pytest.mark.ledger_broken_on_purpose
def test_every_page_is_what_the_records_say_soonest_due_first(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    many(set_clock(monkeypatch), cast, 20, decided=lambda nth: nth % 3 == 0)
    Obligation.objects.filter(pk__in=list(Obligation.objects.values_list("pk", flat=True)[:3])).update(due_at=None)
    names = [_PLACES.get(field.name, field.name) for field in fields(Owing)]
    expected = [
        Owing(*row) for row in Obligation.objects.order_by(F("due_at").asc(nulls_last=True), "pk").values_list(*names)
    ]
    assert len(expected) > 50
    assert _page(1) == expected[:50]
    assert _page(2) == expected[50:100]
    assert _page("no number") == expected[:50]
    last = owed_page(RequestFactory().get("/", {"page": 999}), Obligation.objects.all())
    assert list(last.object_list)[-1] == expected[-1]
    assert last.paginator.count == len(expected)


@pytest.mark.django_db
def test_nothing_owed_and_a_filter_that_nothing_passes() -> None:
    for rows in (Obligation.objects.all(), Obligation.objects.none(), Obligation.objects.filter(pk__in=[])):
        page = owed_page(RequestFactory().get("/"), rows)
        assert (list(page.object_list), page.paginator.count) == ([], 0)


def test_names_of_the_children_of_a_file(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    referral = take(set_clock(monkeypatch), cast)
    assert names_on(set()) == {}
    assert names_on({referral.case_file_id}) == {referral.case_file_id: "Juno Aldergate-0"}
