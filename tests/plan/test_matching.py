"""Leads are matched where it is certain, and left as names where it is not."""

import pytest

from goldenthread.people.models import Officer, Post, StandingGroup
from goldenthread.plan.leads import Party
from goldenthread.plan.matching import Directory
from tests.conftest import Cast


@pytest.mark.parametrize(
    ("name", "found"),
    [
        ("Grace Tillotson", "grace"),
        ("grace  TILLOTSON", "grace"),
        ("Grace Tillotsen", None),  # another surname is another person
        ("Grayce Tillotson", "grace"),
        ("Farida Haddad", None),  # Farid is a man, and she may be someone else
        ("Gareth Tillotson", None),
        ("Tillotson", None),
        ("Nobody Known", None),
        ("", None),
    ],
)
def test_people(cast: Cast, name: str, found: str | None) -> None:
    officer = Directory.load().match(Party("person", name)).officer
    assert (officer.username if officer else None) == found


def test_two_of_one_name_are_told_apart_by_post_or_not_at_all(cast: Cast) -> None:
    planner = Post.objects.get(title="Planning Manager")
    other = Officer.objects.create_officer("grace2", name="Grace Tillotson", role="quality-officer", post=planner)
    directory = Directory.load()
    assert directory.match(Party("person", "Grace Tillotson")).officer is None
    assert directory.match(Party("person", "Grace Tillotson", "Planning Manager")).officer == other


def test_an_officer_who_has_left_is_not_matched(cast: Cast) -> None:
    Officer.objects.filter(pk=cast.head.pk).update(is_active=False)
    assert Directory.load().match(Party("person", "Grace Tillotson")).officer is None


def test_posts_and_groups(cast: Cast) -> None:
    group = StandingGroup.objects.create(name="Child Care Training Strategy Group")
    directory = Directory.load()
    assert directory.match(Party("post", "Team Manager")).post == cast.manager.post
    assert directory.match(Party("group", "Child care training strategy group")).group == group
    assert directory.match(Party("group", "Housing Liaison Group")).group is None
    assert directory.match(Party("post", "Group Managers")).post == cast.group_manager.post
    assert directory.match(Party("post", "Senior Practitioner")).post is None


def test_a_post_of_a_team_is_never_another_teams(cast: Cast) -> None:
    directory = Directory.load()
    here = directory.match(Party("post", "Team Manager", None, "Referral and assessment east"))
    assert here.officer == cast.manager
    elsewhere = directory.match(Party("post", "Team Manager", None, "Family support west"))
    assert (elsewhere.officer, elsewhere.post) == (None, None)
