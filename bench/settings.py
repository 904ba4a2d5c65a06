"""The product's settings, with two pages more to compare with."""

from goldenthread.config.settings import *  # noqa: F403

ROOT_URLCONF = "bench.urls"
SECOND_FACTOR_ROLES: list[str] = []
PAGES_A_MINUTE = 0  # it opens more than anybody can read
ACCESS_TABLE = "bench.urls.ACCESS"
