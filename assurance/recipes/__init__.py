"""How to fill in the form of every page that writes: one recipe for each, by the URL's name.

Each room has a module here with its own `RECIPES`; a new module is found by itself. A page that stands in the posting table
as an addition or an edit, and has no recipe, fails the test of all forms.

    "referral-confirm": Recipe("worker", lambda s: typed(s.referral().pk, how="letter", **s.lately("received_at"))),

The first word says who sends it (see `assurance/scene.py`); the function makes what the page is about, anew each time,
and says what stands in its address and what is typed. `WORDS` stands for words that the harness makes up.
"""

from importlib import import_module
from pkgutil import iter_modules

from assurance.recipes.recipe import Recipe, Recipes, Typed, typed

WITHOUT = {
    "passkey-add": "takes an authenticator: a journey in the browser adds one; twice, the second is refused as not asked for",
}
"""The pages that have none, and why."""


def _all() -> Recipes:
    found: Recipes = {}
    for module in iter_modules(__path__):
        for name, recipe in getattr(import_module(f"{__name__}.{module.name}"), "RECIPES", {}).items():
            if name in found:
                raise ValueError(f"two recipes for {name}")
            found[name] = recipe
    return found


RECIPES: Recipes = _all()

__all__ = ["RECIPES", "WITHOUT", "Recipe", "Recipes", "Typed", "typed"]
