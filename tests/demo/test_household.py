"""What the made-up council knows of its children: nothing that the verbs would have refused, and shares near England's."""

from math import sqrt

import pytest

from goldenthread.cases.models import (
    Address,
    AgencyInvolved,
    Child,
    ChildTie,
    Communication,
    Danger,
    Disability,
    Ethnicity,
    LanguageAnswer,
    Merge,
    OtherName,
    Person,
    Tie,
)
from goldenthread.core.clock import day_of
from goldenthread.demo.practice import DRIFTS, IMPROVES, TABLE
from goldenthread.obligations import tally
from goldenthread.people.models import Team
from goldenthread.people.roles import Permission
from goldenthread.standards.assessment.household import rules
from tests.demo.conftest import NOW

# Both databases hold the same rows (test_load), and of these the tests count what they say.
pytestmark = [pytest.mark.usefixtures("authority"), pytest.mark.once]
KEY = "assessment.language-asked"


def test_nothing_is_there_that_the_verbs_would_have_refused() -> None:
    for model in (Ethnicity, LanguageAnswer, Disability, Communication, Person, Tie, Danger, ChildTie, AgencyInvolved):
        for fact in model.objects.select_related("by"):
            rules.check_known(fact)
            assert fact.by.may(Permission.RECORD_REFERRALS)
    for tie in ChildTie.objects.select_related("child", "other"):
        assert set(tie.child.case_files.all()) & set(tie.other.case_files.all())
    for name in OtherName.objects.select_related("child"):
        assert name.search_name != name.child.search_name
        assert name.search_name == name.name.casefold()
    for address in Address.objects.all():
        assert address.lines
        assert address.since <= day_of(address.recorded_at)
    assert Address.objects.filter(confidential=True).exists()


def test_some_records_were_merged_and_one_of_them_wrongly() -> None:
    merges = list(Merge.objects.select_related("kept", "merged"))
    assert len(merges) == 3
    assert [made.undone_at is not None for made in merges] == [False, False, True]
    for made in merges:
        assert made.by.may(Permission.MERGE_CHILDREN)
        assert (made.merged.merged_into_id is None) == (made.undone_at is not None)
        assert made.merged.case_files.exists() == (made.undone_at is not None)
    assert not Child.objects.filter(pk__in=[made.merged_id for made in merges if not made.undone_at]).exists()


def test_ethnic_groups_and_disability_are_near_the_national_shares() -> None:
    known = Ethnicity.objects.exclude(code__in=["REFU", "NOBT"])
    share, total = 268070 / 373790, known.count()
    white = known.filter(code__startswith="W").count() / total
    # Brothers and sisters share a group: the families are fewer than the children, so the margin is wider.
    assert abs(white - share) < 4.5 * sqrt(share * (1 - share) / total)
    disabled = Disability.objects.filter(answer="yes").count() / Child.objects.count()
    assert 0.05 < disabled < 0.2
    assert {row.answer for row in LanguageAnswer.objects.all()} >= {"told", "refused"}


def test_asking_about_languages_is_met_late_and_missed_and_teams_differ() -> None:
    counts = tally.totals(tally.tally(NOW, requirements=[KEY]))[KEY]
    assert counts.met
    assert counts.late
    assert counts.overdue

    def share(team: str, late: bool) -> float:
        pk = Team.objects.get(key=team).pk
        rows = sorted((row for row in tally.tally(NOW, requirements=[KEY]) if row.team_id == pk), key=lambda r: r.month)
        half = rows[len(rows) * 2 // 3 :] if late else rows[: len(rows) // 2]
        return sum(row.counts.met for row in half) / sum(row.counts.judged for row in half)

    assert TABLE[KEY][IMPROVES].share(0) < TABLE[KEY][IMPROVES].share(1)
    assert share(IMPROVES, late=True) > share(IMPROVES, late=False)
    assert share(DRIFTS, late=True) < share(DRIFTS, late=False)
