"""Who a plan's words name as lead. The people here are made up."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from goldenthread.plan.leads import ParsedLead, Party, is_group, parse_lead


def person(name: str, post: str | None = None) -> Party:
    return Party("person", name, post)


def post(name: str, of: str | None = None) -> Party:
    return Party("post", name, None, of)


def group(name: str) -> Party:
    return Party("group", name)


@pytest.mark.parametrize(
    ("words", "parties", "via", "everyone"),
    [
        ("Amina Yusuf, Head of Service", [person("Amina Yusuf", "Head of Service")], None, False),
        ("All Team Managers", [post("Team Manager")], None, True),
        ("Group Managers.", [post("Group Manager")], None, True),
        ("Each Social Worker", [post("Social Worker")], None, True),
        (
            "Joan Field and Peter Marsh, Group Managers",
            [person("Joan Field", "Group Manager"), person("Peter Marsh", "Group Manager")],
            None,
            False,
        ),
        ("Peter Marsh, Group Manager via LINK group", [person("Peter Marsh", "Group Manager")], "LINK group", False),
        (
            "Joan Field, Group Manager & Child Care Training Strategy Group",
            [person("Joan Field", "Group Manager"), group("Child Care Training Strategy Group")],
            None,
            False,
        ),
        ("Head of Service & Director", [post("Head of Service"), post("Director")], None, False),
        (
            "Team Managers, RUH and Referral & Assessment",
            [post("Team Manager", "RUH and Referral & Assessment")],
            None,
            False,
        ),
        ("Disabled Children's Team Manager", [post("Disabled Children's Team Manager")], None, False),
        (
            "Group Managers (Ann Lowe, Planning Manager)",
            [post("Group Manager"), person("Ann Lowe", "Planning Manager")],
            None,
            False,
        ),
        (
            "Team Manager with Housing Liaison Group",
            [post("Team Manager"), group("Housing Liaison Group")],
            None,
            False,
        ),
        ("Ann Lowe, Chair, Sub Committee", [person("Ann Lowe", "Chair, Sub Committee")], None, False),
        (
            "Senior Practitioner, Referral & Assessment Team",
            [post("Senior Practitioner", "Referral & Assessment Team")],
            None,
            False,
        ),
        (
            "Joan Field & Peter Marsh, Group Managers in Team Managers Meetings",
            [person("Joan Field", "Group Manager"), person("Peter Marsh", "Group Manager")],
            "Team Managers Meetings",
            False,
        ),
        ("Head of Children and Families Service", [post("Head of Children and Families Service")], None, False),
        ("Cllr Jo O'Brien; Jane Smith", [person("Cllr Jo O'Brien"), person("Jane Smith")], None, False),
        ("All Team Managers and Group Managers", [post("Team Manager"), post("Group Manager")], None, True),
    ],
)
def test_people_posts_and_groups_are_told_apart(
    words: str, parties: list[Party], via: str | None, everyone: bool
) -> None:
    assert parse_lead(words) == ParsedLead(parties, via, everyone)


def test_words_that_name_nobody_give_nobody() -> None:
    assert parse_lead("As above").parties == []
    assert parse_lead(" ").parties == []
    assert parse_lead("TBC").parties == []


def test_groups_are_recognised() -> None:
    assert is_group("Sub Committee")
    assert not is_group("Ann Lowe, Chair")


@given(st.text(max_size=80))
def test_any_words_can_be_read(words: str) -> None:
    for party in parse_lead(words).parties:
        assert party.name
