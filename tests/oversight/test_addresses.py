"""A confidential address is out of every page and list, and shown by itself for a reason."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from goldenthread.cases.actions import record_address
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core.errors import NotAllowed
from goldenthread.core.models import TrailEntry
from goldenthread.standards.referrals.models import Referral
from tests.conftest import Cast
from tests.pages.made_up_work import Clock


def test_it_is_shown_only_where_it_is_asked_for(
    cast: Cast, case_file: CaseFile, child: Child, referral: Referral, hand: Clock
) -> None:
    record_address(
        case_file=case_file,
        child=child,
        lines="14 Hidden Row",
        postcode="zz1 1zz",
        since=date(2003, 10, 1),
        confidential=True,
        by=cast.worker,
    )
    client = Client()
    client.force_login(cast.worker)
    show = reverse("address-show", args=[case_file.pk, child.pk])
    for url in (
        "/",
        reverse("case-file", args=[case_file.pk]),
        referral.get_absolute_url(),
        show,
        reverse("address-add", args=[case_file.pk, child.pk]),
    ):
        assert "Hidden Row" not in client.get(url).content.decode(), url
    assert "Address confidential" in client.get(reverse("case-file", args=[case_file.pk])).content.decode()
    assert "Hidden Row" not in client.post(show, {"reason": ""}).content.decode()
    assert "14 Hidden Row" in client.post(show, {"reason": "A visit this afternoon"}).content.decode()
    entry = TrailEntry.objects.get(deed="see confidential address")
    assert (entry.officer, entry.why) == ("asha", "allocated worker")
    assert "Hidden" not in str(TrailEntry.objects.values_list("detail", flat=True))
    client.force_login(cast.stranger)
    assert client.post(show, {"reason": "A visit this afternoon"}).status_code == 404


def test_only_who_may_write_to_the_file_records_one(cast: Cast, case_file: CaseFile, child: Child, hand: Clock) -> None:
    for by in (cast.stranger, cast.quality, cast.member):
        with pytest.raises(NotAllowed):
            record_address(case_file=case_file, child=child, lines="1 Open Street", since=date(2003, 10, 1), by=by)
    other = Child.objects.create(given_names="Ada", family_name="Nought")
    with pytest.raises(NotAllowed):
        record_address(case_file=case_file, child=other, lines="1 Open Street", since=date(2003, 10, 1), by=cast.worker)
    record_address(case_file=case_file, child=child, lines="1 Open Street", since=date(2003, 10, 1), by=cast.worker)
    client = Client()
    client.force_login(cast.worker)
    assert "1 Open Street" in client.get(reverse("case-file", args=[case_file.pk])).content.decode()
    assert client.get(reverse("address-show", args=[case_file.pk, child.pk])).status_code == 404
