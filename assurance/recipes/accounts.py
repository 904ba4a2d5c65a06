"""One's own account, and the accounts of others."""

import re
import secrets
from typing import Any

from django.urls import reverse

from assurance.recipes.recipe import WORDS, Recipe, Recipes, Typed, typed
from assurance.scene import PASSWORD, Scene
from goldenthread.people import accounts, second_factor
from goldenthread.people.home_address import hold_home_address

_HOME = {"password_postcode": "WX1 4PZ", "password_number": "12a"}


def _reason(officer: Any) -> Typed:
    return typed(officer.pk, reason=WORDS)


def _closed(scene: Scene) -> Typed:
    leaver = scene.leaver()
    accounts.close_account(officer=leaver, reason="Left on Friday", by=scene.administrator)
    return _reason(leaver)


def _with_an_app(scene: Scene) -> Typed:
    leaver = scene.leaver()
    second_factor.add(secret=second_factor.new_secret(), step=second_factor.present_step(), by=leaver)
    return _reason(leaver)


def _housed(scene: Scene) -> Typed:
    leaver = scene.leaver()
    hold_home_address(officer=leaver, postcode="WX1 4PZ", number="12", by=leaver)
    return typed(leaver.pk)


def _password(scene: Scene) -> Typed:
    scene.stranger.set_password(PASSWORD)  # as it was before another time
    scene.stranger.save(update_fields=["password"])
    return typed(present_password=PASSWORD, new_password="three words apart")


def _app(scene: Scene) -> Typed:
    second_factor.forget(scene.colleague)
    page = scene.client("colleague").get(reverse("second-factor-set-up")).content.decode()
    secret = re.search(r"\b(?:[A-Z2-7]{4} ){7}[A-Z2-7]{4}\b", page)
    assert secret, "the page shows the secret in fours"
    return typed(password_code=second_factor.code_at(secret[0].replace(" ", ""), second_factor.present_step()))


def _changed(scene: Scene) -> Typed:
    leaver = scene.leaver()
    return typed(leaver.pk, name=WORDS, role="worker", team=scene.team.pk)


def _joiner(scene: Scene) -> Typed:
    return typed(username=f"joiner-{secrets.token_hex(4)}", name=WORDS, role="worker", team=scene.team.pk)


RECIPES: Recipes = {
    "password": Recipe("stranger", _password, once=True),
    "second-factor-set-up": Recipe("colleague", _app, once=True),
    "own-home": Recipe("stranger", lambda s: typed(**_HOME)),
    "account-home": Recipe("administrator", lambda s: typed(s.leaver().pk, **_HOME)),
    "account-home-forget": Recipe("administrator", _housed),
    "account-open": Recipe("administrator", _joiner, once=True),
    "account-change": Recipe("administrator", _changed, other="second_administrator"),
    "account-close": Recipe("administrator", lambda s: _reason(s.leaver())),
    "account-reopen": Recipe("administrator", _closed, once=True),
    "account-new-password": Recipe("administrator", lambda s: _reason(s.leaver()), once=True),
    "account-reset-second-factor": Recipe("administrator", _with_an_app),
    "account-review": Recipe("head", lambda s: typed(s.leaver().pk, right="no", words=WORDS)),
}
