"""The shipped template: whole, in our own words, tied as it is adopted."""

import re
import tomllib
from datetime import date, timedelta
from pathlib import Path

import pytest
from rapidfuzz import fuzz, process

from goldenthread.core.clock import today
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import installed
from goldenthread.plan.models import Plan
from goldenthread.plan.storing import content_of
from goldenthread.plan.template import adopt_template, requirements_of, template_content
from tests.conftest import Cast
from tests.plan.plans import action, recommendation

ADOPTED = date(2024, 1, 31)


def test_it_has_seven_standards_and_28_recommendations() -> None:
    content = template_content(ADOPTED)
    assert [len(standard.recommendations) for standard in content.standards] == [5, 9, 4, 2, 2, 1, 5]
    for standard in content.standards:
        numbers = [rec.number for rec in standard.recommendations]
        assert numbers == [f"{standard.number}.{place}" for place in range(1, len(numbers) + 1)]
    for rec in content.recommendations():
        assert rec.criterion
        assert rec.monitoring
        assert 1 <= len(rec.actions) <= 3
        assert all(each.leads and each.timescale and each.timescale.due for each in rec.actions), rec.number


def test_timescales_are_counted_from_adoption() -> None:
    first = next(template_content(ADOPTED).recommendations()).actions[0]
    assert first.timescale
    assert (first.timescale.words.text, first.timescale.due) == ("Within 2 months of adoption", date(2024, 3, 31))


def _sentences(text: str) -> list[str]:
    parts = re.split(r"[.;:\n]+", text)
    return [plain for part in parts if len((plain := " ".join(part.casefold().split())).split()) >= 4]


def test_no_sentence_is_copied_from_the_real_plan(seed_text: Path) -> None:
    seed = _sentences(seed_text.read_text(encoding="utf-8"))
    ours = [sentence for _, words in template_content(ADOPTED).all_words() for sentence in _sentences(words.text)]
    assert len(ours) > 100
    for sentence in ours:
        nearest = process.extractOne(sentence, seed, scorer=fuzz.ratio)
        assert nearest[1] < 80, f"“{sentence}” is too like “{nearest[0]}”"


def test_an_adopted_plan_is_owed_and_tied(cast: Cast) -> None:
    plan = adopt_template(adopted_on=ADOPTED, title="Our plan", by=cast.quality)
    assert content_of(plan).standards == template_content(ADOPTED).standards
    keys = {tie.requirement for tie in recommendation(plan, "1.3").ties.all()}
    assert {"referrals.police-advised", "referrals.police-told-onward"} <= keys
    assert keys == set(requirements_of("1.3"))
    assert Obligation.objects.filter(requirement="plan.action-done").count() == sum(
        len(rec.actions) for rec in template_content(ADOPTED).recommendations()
    )
    assert action(plan, 3, "1.1").owner == cast.head
    assert action(plan, 2, "1.1").owner == cast.manager


def test_requirements_not_installed_yet_are_skipped_and_none_is_misspelt() -> None:
    text = (Path(__file__).parents[2] / "goldenthread/plan/template.toml").read_text(encoding="utf-8")
    named = {
        key for s in tomllib.loads(text)["standards"] for rec in s["recommendations"] for key in rec["requirements"]
    }
    rooms = {key.split(".")[0] for key in installed()}
    assert {key for key in named if key.split(".")[0] in rooms} <= installed().keys()
    assert "assessment.register-check" in named
    assert requirements_of("2.4") == ["assessment.register-check", "assessment.register-check-settled"]


def test_only_who_keeps_the_plan_adopts_it_and_only_once(cast: Cast) -> None:
    with pytest.raises(NotAllowed):
        adopt_template(adopted_on=ADOPTED, by=cast.manager)
    with pytest.raises(Refused, match="lies ahead"):
        adopt_template(adopted_on=today() + timedelta(days=1), by=cast.quality)
    assert not Plan.objects.exists()
    adopt_template(adopted_on=ADOPTED, by=cast.quality)
    with pytest.raises(Refused, match="adopted already"):
        adopt_template(adopted_on=ADOPTED, by=cast.quality)
