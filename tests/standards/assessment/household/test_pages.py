"""The pages of a child: who may open them, what they say, and that they do not grow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from goldenthread.cases.actions import record_address, record_other_name
from goldenthread.cases.models import Address, CaseFile, Child, LanguageAnswer, Merge, OtherName, Person, Tie
from goldenthread.core.models import TrailEntry
from goldenthread.standards.assessment.household import actions, people
from goldenthread.standards.assessment.household.kinds import KINDS
from goldenthread.standards.assessment.household.merging import merge
from goldenthread.standards.referrals.models import Referral
from goldenthread.standards.referrals.taking import Taking
from tests.conftest import Cast
from tests.standards.assessment.household.conftest import at, made_child, on, page_as, take_for
from tests.standards.referrals.conftest import Hands
from tests.standards.referrals.test_pages import UID, fill_in, step


def body(answer: Any) -> str:
    assert isinstance(answer, HttpResponse)
    return answer.content.decode()


def posted(client: Client, url: str, **given: Any) -> str:
    """Post a form that must be taken, and return the page that it leads to."""
    answer = client.post(url, given)
    assert answer.status_code == 302, body(answer)
    return body(client.get(answer["Location"]))


def url_of(case_file: CaseFile, child: Child, name: str = "child", *more: object) -> str:
    return reverse(name, args=[case_file.pk, child.pk, *more])


def test_every_thing_is_recorded_in_one_step_and_shown(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    sister = made_child("Bo", "Marchbanks")
    case_file.children.add(sister)
    client, now = page_as(cast.worker), at("occurred_at", hands.now)

    def add(kind: str, /, **given: Any) -> str:
        assert client.get(url_of(case_file, child, "child-add", kind)).status_code == 200
        return posted(client, url_of(case_file, child, "child-add", kind), **given)

    assert "Nobody has recorded yet" in body(client.get(url_of(case_file, child)))
    page = add("language", answer="told", first="pol", interpreter="spoken", written="translated", **now)
    assert "Polish" in page
    assert "Interpreter: yes, of a spoken language" in page
    assert "White and Asian" in add("ethnicity", code="MWAS", **now)
    page = add("disability", answer="yes", codes=["COMM", "AUT"], described="Loud rooms are too much", **now)
    assert "Communication, Autism" in page
    assert "Makaton, Picture exchange" in add("communication", ways=["pecs", "makaton"], helps="Time to answer", **now)
    assert "Quill Heron: known as" in add("other-name", kind="known-as", given_names="Quill", family_name="Heron")
    page = add(
        "person", given_names="Mara", family_name="Heron", relation="mother", responsibility="yes", lives_with="on",
        children=[child.pk, sister.pk], **on("since", date(1997, 2, 3)), **now,
    )  # fmt: skip
    assert "Parental responsibility: yes" in page
    assert "Lives with the child, since 3 February 1997" in page
    assert Tie.objects.count() == 2
    person = Person.objects.get()
    assert "Mara Heron: a danger to workers" in add(
        "danger", person=str(person.pk), to_whom="workers", why="She threatened the health visitor", **now
    )
    assert "Bo Marchbanks" in add("sibling", other=str(sister.pk), relation="full", **now)
    page = add("agency", kind="school", name="Elmbridge Primary", what_for="A quiet room at lunch", **now)
    assert "Elmbridge Primary, school" in page
    page = posted(
        client, reverse("address-add", args=[case_file.pk, child.pk]), lines="2 Next Street", postcode="wx1 1aa",
        moved_because="The tenancy ended", **on("since", date(2003, 1, 1)),
    )  # fmt: skip
    assert "Moved there because: The tenancy ended" in page
    assert set(KINDS) - {"tie"} == {
        "language", "ethnicity", "disability", "communication", "other-name", "person", "danger", "sibling", "agency",
    }  # fmt: skip
    file = body(client.get(reverse("case-file", args=[case_file.pk])))
    for words in (
        "6 years old, born 3 February 1997", "Speaks Polish", "Interpreter needed", "Lives with Mara Heron (mother)",
        "Communicates: makaton, picture exchange (pecs)", "Somebody around the child is a danger", "2 Next Street, WX1 1AA",
    ):  # fmt: skip
        assert words in file, words
    assert reverse("child", args=[case_file.pk, child.pk]) in file


def test_what_is_wrong_stands_beside_what_was_typed(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    client = page_as(cast.worker)
    answer = client.post(
        url_of(case_file, child, "child-add", "language"), {"answer": "told", "others": "Sylheti", **at("occurred_at", hands.now)}
    )  # fmt: skip
    assert answer.status_code == 200
    assert "the first language from the list" in body(answer)
    assert "Sylheti" in body(answer)
    assert client.get(url_of(case_file, child, "child-add", "no-such")).status_code == 404
    assert client.get(url_of(case_file, child, "child-correct", "no-such", 1)).status_code == 404
    assert client.get(url_of(case_file, child, "child-correct", "tie", 99)).status_code == 404
    assert client.get(url_of(case_file, child, "child-end", "languageanswer", 99)).status_code == 404


def test_corrections_and_endings_from_the_page(case_file: CaseFile, child: Child, cast: Cast, hands: Hands) -> None:
    given: dict[str, Any] = {"case_file": case_file, "child": child, "by": cast.worker}
    spoke = actions.record_language(answer="told", first="rus", interpreter="no", occurred_at=hands.now, **given)
    hard = actions.record_disability(answer="yes", codes=["LD"], occurred_at=hands.now, **given)
    club = actions.involve_agency(
        kind="school", name="Elmbridge", what_for="Breakfast club", occurred_at=hands.now, **given
    )
    name = record_other_name(kind="alias", given_names="Quill", **given)
    place = record_address(lines="1 Open Street", since=date(2003, 1, 1), **given)
    then = hands.now
    hands.on(days=2)
    client = page_as(cast.worker)
    url = url_of(case_file, child, "child-correct", "languageanswer", spoke.pk)
    assert 'value="rus" selected' in body(client.get(url))
    page = posted(
        client,
        url,
        answer="told",
        first="ukr",
        interpreter="no",
        reason="Misheard at the door",
        **at("occurred_at", then),
    )
    assert "Ukrainian" in page
    assert "Changed because: Misheard at the door" in page
    assert LanguageAnswer.objects.order_by("-pk")[0].occurred_at == then, "the hour was not touched"
    url = url_of(case_file, child, "child-correct", "disability", hard.pk)
    page = posted(
        client, url, answer="yes", codes=["LD", "HEAR"], reason="The audiology letter", **at("occurred_at", then)
    )
    assert "Learning, Hearing" in page
    page = posted(
        client,
        url,
        answer="yes",
        codes=["LD"],
        withdrawn="on",
        reason="Her brother's letter",
        **at("occurred_at", then),
    )
    assert "Why it was taken back: Her brother&#x27;s letter" in page
    page = posted(
        client, url_of(case_file, child, "child-end", "agencyinvolved", club.pk), **on("until", date(2003, 10, 2))
    )
    assert "until 2 October 2003" in page
    page = posted(client, url_of(case_file, child, "child-end", "address", place.pk), **on("until", date(2003, 10, 1)))
    assert "until 1 October 2003" in page
    for kind, row in (("othername", name), ("address", place)):
        page = posted(client, url_of(case_file, child, "child-correct", kind, row.pk), reason="Another child's")
    assert "Taken back" in page
    assert (Address.objects.count(), OtherName.objects.count()) == (0, 0)
    page = posted(
        client, url_of(case_file, child, "child-amend"), given_names="Quillon", family_name="Pettigrew", sex="M",
        keep_name="former", reason="Deed poll seen", **on("date_of_birth", date(1997, 2, 3)),
    )  # fmt: skip
    assert "Quillon Marchbanks: former name" in page
    assert "Family name said “Marchbanks”" in page


def test_two_at_once_see_each_other(case_file: CaseFile, child: Child, cast: Cast, hands: Hands) -> None:
    given: dict[str, Any] = {"case_file": case_file, "child": child, "by": cast.worker}
    spoke = actions.record_language(answer="told", first="rus", interpreter="no", occurred_at=hands.now, **given)
    for name, more in (("child-amend", ()), ("child-correct", ("languageanswer", spoke.pk))):
        answer = page_as(cast.worker).post(
            url_of(case_file, child, name, *more), {"version": "old", "reason": "Seen", "given_names": "X", "sex": "F"}
        )
        assert "This was changed after you opened the page" in body(answer), name


@pytest.mark.parametrize("name", ["child", "child-amend", "child-add", "child-find", "household"])
def test_hidden_and_missing_look_the_same(
    name: str, case_file: CaseFile, child: Child, double: Child, second: Referral, cast: Cast
) -> None:
    more = {"child-add": ["language"], "child-find": ["sibling"]}.get(name, [])
    whose = [] if name == "household" else [child.pk]
    for client, file in ((page_as(cast.stranger), case_file.pk), (page_as(cast.worker), 99)):
        assert client.get(reverse(name, args=[file, *whose, *more])).status_code == 404
    if name != "household":
        assert page_as(cast.worker).get(reverse(name, args=[case_file.pk, double.pk, *more])).status_code == 404
    for other in (cast.member, cast.administrator):
        assert page_as(other).get(reverse(name, args=[case_file.pk, *whose, *more])).status_code == 404


def test_opening_a_child_is_told_to_the_trail_and_who_only_audits_records_nothing(
    case_file: CaseFile, child: Child, cast: Cast, hands: Hands
) -> None:
    from goldenthread.cases.models import Involvement

    Involvement.objects.create(
        case_file=case_file, officer=cast.quality, kind="auditor", reason="The sample", since_at=hands.now,
        until_at=hands.now + timedelta(days=1), recorded_at=hands.now, by=cast.manager,
    )  # fmt: skip
    page = body(page_as(cast.quality).get(url_of(case_file, child)))
    assert "Record languages" not in page
    entry = TrailEntry.objects.order_by("-pk")[0]
    assert (entry.deed, entry.officer, entry.why) == ("read child", "isla", "auditor")
    assert TrailEntry.about([f"cases.child:{child.pk}"]).filter(pk=entry.pk).exists()
    assert page_as(cast.quality).get(url_of(case_file, child, "child-add", "language")).status_code == 404


def test_a_confidential_address_is_on_none_of_the_pages(case_file: CaseFile, child: Child, cast: Cast) -> None:
    given: dict[str, Any] = {"case_file": case_file, "child": child, "by": cast.worker, "confidential": True}
    first = record_address(lines="14 Hidden Row", since=date(2002, 1, 1), **given)
    last = record_address(lines="15 Hidden Row", since=date(2003, 1, 1), **given)
    client = page_as(cast.worker)
    for url in (
        url_of(case_file, child),
        reverse("household", args=[case_file.pk]),
        reverse("case-file", args=[case_file.pk]),
        url_of(case_file, child, "child-end", "address", last.pk),
        url_of(case_file, child, "child-correct", "address", first.pk),
    ):
        page = body(client.get(url))
        assert "Hidden Row" not in page, url
    show = url_of(case_file, child, "address-show")
    reason = {"reason": "A visit this afternoon"}
    assert "15 Hidden Row" in body(client.post(show, reason))
    assert "14 Hidden Row" in body(client.post(f"{show}?of={first.pk}", reason))
    assert client.post(f"{show}?of=no", reason).status_code == 404


def test_the_household_as_at_a_day(case_file: CaseFile, child: Child, cast: Cast, hands: Hands) -> None:
    record_address(case_file=case_file, child=child, lines="1 Open Street", since=date(2001, 1, 1), by=cast.worker)
    record_address(case_file=case_file, child=child, lines="2 Next Street", since=date(2003, 1, 1), by=cast.worker)
    people.record_person(
        case_file=case_file, children=[child], given_names="Mara", relation="mother", responsibility="yes",
        lives_with=True, since=date(2002, 6, 1), occurred_at=hands.now, by=cast.worker,
    )  # fmt: skip
    client, url = page_as(cast.worker), reverse("household", args=[case_file.pk])
    page = body(client.get(url))
    assert "2 Next Street" in page
    assert "Mara (mother)" in page
    page = body(client.get(url, on("on", date(2002, 1, 1))))
    assert "The household on 1 January 2002" in page
    assert "1 Open Street" in page
    assert "Nobody is recorded" in page


def test_the_pages_do_not_ask_more_the_more_is_known(cast: Cast, hands: Hands) -> None:
    def queries(number: int) -> list[int]:
        one, *others = [made_child(f"Ada{i}", "Heron") for i in range(number)]
        file = take_for(cast, hands.now, one, *others).case_file
        for round_ in range(number):
            given: dict[str, Any] = {"case_file": file, "child": one, "by": cast.worker, "occurred_at": hands.now}
            actions.record_language(answer="refused", **given)
            actions.involve_agency(kind="school", name=f"School {round_}", what_for="Breakfast club", **given)
            actions.record_sibling(other=others[0], relation="full", **given)
            record_address(
                case_file=file, child=one, lines=f"{round_} Open Street", since=date(2003, 1, 1), by=cast.worker
            )
            person = people.record_person(
                case_file=file, children=[one], given_names="Mara", relation="mother", responsibility="yes",
                occurred_at=hands.now, by=cast.worker,
            )  # fmt: skip
            people.flag_danger(person=person, to_whom="workers", why="She threatened one", **given)
        counted = []
        for url in (url_of(file, one), reverse("household", args=[file.pk]), reverse("case-file", args=[file.pk])):
            with CaptureQueriesContext(connection) as asked:
                assert page_as(cast.worker).get(url).status_code == 200
            counted.append(len(asked))
        return counted

    assert queries(2) == queries(4)


def test_languages_are_asked_from_the_referral(cast: Cast, hands: Hands) -> None:
    one, other = made_child("Ada", "Heron"), made_child("Bo", "Heron")
    referral = take_for(cast, hands.now, one, other)
    client, url = page_as(cast.worker), reverse("referral-language", args=[referral.pk])
    assert "Ask which language the family speaks" in body(client.get(referral.get_absolute_url()))
    assert body(client.get(url)).count("checked") == 2
    page = posted(
        client, url, answer="told", first="som", interpreter="spoken", children=[one.pk, other.pk], **at("occurred_at", hands.now)
    )  # fmt: skip
    assert "The answer is recorded for 2 children" in page
    assert "Ask which language the family speaks" not in page
    assert page_as(cast.stranger).get(url).status_code == 404


def test_a_sibling_on_another_file_is_found_where_it_is_open(
    case_file: CaseFile, child: Child, double: Child, second: Referral, cast: Cast, hands: Hands
) -> None:
    url = url_of(case_file, child, "child-find", "sibling")
    assert "Nobody whose record is open to you" in body(page_as(cast.worker).post(url, {"name": "Marchbank"}))
    client = page_as(cast.manager)
    page = body(client.post(url, {"name": "Marchbank"}))
    chosen = url_of(case_file, child, "child-add", "sibling") + f"?other={double.pk}"
    assert chosen.replace("&", "&amp;") in page
    assert f'value="{double.pk}" selected' in body(client.get(chosen))
    page = posted(client, chosen, other=str(double.pk), relation="half", **at("occurred_at", hands.now))
    assert "Quill Marchbank" in page
    assert page_as(cast.worker).get(url_of(case_file, child, "child-find", "merge")).status_code == 404
    assert client.get(url_of(case_file, child, "child-find", "no-such")).status_code == 404


def test_two_records_are_compared_merged_taken_back_and_settled(
    case_file: CaseFile, child: Child, double: Child, second: Referral, cast: Cast, hands: Hands
) -> None:
    client = page_as(cast.manager)
    found = body(client.post(url_of(case_file, child, "child-find", "merge"), {"name": "Marchbank"}))
    url = url_of(case_file, child, "child-merge", double.pk)
    assert url in found
    page = body(client.get(url))
    for words in ("Quill Marchbank", "Differs", second.case_file.reference, "Case files stay apart"):
        assert words in page, words
    sent = {"stays": str(child.pk), "why": "The same mother and birthday", "sure": "on"}
    assert "This was changed after" in body(client.post(url, {**sent, "version": "old"}))
    assert client.post(url, {**sent, "sure": ""}).status_code == 200
    assert not Merge.objects.exists()
    page = posted(client, url, **sent)
    made = Merge.objects.get()
    assert (made.kept, made.merged) == (child, double)
    assert "Two records made one" in page
    assert client.get(url).status_code == 404
    old = client.get(url_of(second.case_file, double))
    assert old["Location"] == url_of(second.case_file, child), "the old address leads to the record that stays"
    assert "Merged 1 October 2003" in body(client.get(url_of(case_file, child)))
    record_address(
        case_file=second.case_file, child=child, lines="3 Later Lane", since=date(2003, 9, 1), by=cast.manager
    )
    back = reverse("child-unmerge", args=[case_file.pk, made.pk])
    page = posted(client, back, reason="Two cousins of one name")
    assert "Address: 3 Later Lane" in page
    row = made.rows.get(what="since")
    page = posted(client, reverse("child-settle", args=[case_file.pk, made.pk, row.pk]), belongs="merged")
    assert "It belongs to the other record" in page
    assert Address.objects.get().child == double
    for officer in (cast.worker, cast.stranger):
        assert page_as(officer).get(reverse("child-merged", args=[case_file.pk, made.pk])).status_code == 404


def test_a_referral_that_was_begun_with_a_record_goes_on_with_the_one_that_stays(
    case_file: CaseFile, child: Child, double: Child, second: Referral, cast: Cast
) -> None:
    from uuid import uuid4

    taking = Taking(cast.manager, uuid4(), {"children-known": [str(double.pk), str(child.pk)]})
    assert taking.children() == [child, double] or taking.children() == [double, child]
    merge(kept=child, merged=double, why="The same mother and birthday", by=cast.manager)
    assert taking.children() == [child]


def test_the_name_that_a_referrer_gives_can_be_kept_beside_the_recorded_one(
    child: Child, cast: Cast, hands: Hands
) -> None:
    client = page_as(cast.manager)
    fill_in(client, hands)
    client.post(step("children"), {"do": "remove:new:0"})
    found = body(client.post(step("children"), {"do": "search", "search-name": "Quill Marchbank"}))
    assert "This child, also called so" in found
    plain = body(client.post(step("children"), {"do": "search", "search-name": "Quillon Marchbanks"}))
    assert "This child" in plain
    assert "also called so" not in plain
    client.post(step("children"), {"do": f"add:{child.pk}:called", "called": "Quill Marchbank"})
    client.post(reverse("referral-check", args=[UID]))
    assert list(Referral.objects.get().children.all()) == [child]
    assert [(n.kind, n.name) for n in child.other_names.all()] == [("alias", "Quill Marchbank")]
