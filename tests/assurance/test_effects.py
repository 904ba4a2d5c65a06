"""What a form did is counted so that nothing done twice is overlooked, also where the number of rows depends on the words."""

from typing import Any

import pytest

from assurance.effects import effects
from assurance.recipes import RECIPES
from assurance.scene import Scene
from goldenthread.cases.models import SearchKey
from goldenthread.standards.assessment.register.models import Shown
from tests.assurance.conftest import only_once

pytestmark = [pytest.mark.django_db, only_once]


@pytest.mark.parametrize("model", [SearchKey, Shown])
def test_a_row_that_says_again_what_another_says_is_seen(model: Any) -> None:
    RECIPES["check"].make(Scene())
    before = effects()
    row = model.objects.order_by("pk").first()
    row.pk = None
    row.save()
    after = effects()
    assert {what: many - before[what] for what, many in after.items() if many != before[what]} == {
        f"{model._meta.label_lower}, said again": 1
    }
