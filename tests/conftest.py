"""One fixed cast, and the ledger verified after every test that used the database."""

import gc
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlparse

import pytest
from django.db import connection, transaction
from django.test import Client, TransactionTestCase
from django.test.utils import override_settings
from django.urls import Resolver404, resolve
from hypothesis import settings
from pytest_django import DjangoDbBlocker

from goldenthread.cases.models import DutyShift
from goldenthread.config.posting_table import POSTING
from goldenthread.core import guards
from goldenthread.core.database.making import note_as_applied
from goldenthread.core.keys import KEY, VERSION, new_key
from goldenthread.core.once import Kind
from goldenthread.obligations import ledger
from goldenthread.people.models import Area, Officer, Post, Team

# No test is timed: a busy machine is no fault of the code.
settings.register_profile("house", deadline=None)
settings.load_profile("house")


def _empty_tables(case: TransactionTestCase) -> None:
    """Tests that commit leave by emptying the tables, which the trail's guard refuses: it is taken down and put up again,
    as only somebody who may alter the tables can."""
    guards.drop(connection)
    _plain_teardown(case)
    guards.stand(connection)


_plain_teardown = TransactionTestCase._fixture_teardown  # type: ignore[attr-defined]
TransactionTestCase._fixture_teardown = _empty_tables  # type: ignore[attr-defined]

_ASKS_FOR_A_DATABASE = {"db", "transactional_db", "live_server", "django_db_setup"}


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """On PostgreSQL only what can come out otherwise than on SQLite is run: what asks for a database, or is marked
    `postgres` because it makes one of its own; not what is marked `once`."""
    if connection.vendor != "postgresql":
        return
    left_out = [item for item in items if not _may_differ(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = [item for item in items if item not in set(left_out)]


def _may_differ(item: pytest.Item) -> bool:
    if item.get_closest_marker("once"):
        return False
    asks = _ASKS_FOR_A_DATABASE & set(getattr(item, "fixturenames", ()))
    return bool(asks or item.get_closest_marker("django_db") or item.get_closest_marker("postgres"))


SHARED = Path(__file__).resolve().parents[2] / "shared"


_EMPTY = "empty.sqlite3"


def pytest_configure() -> None:
    """The tests' database is made as a new one is: from the models, not through the migrations (`core.database.making`)."""
    connection.settings_dict["TEST"]["MIGRATE"] = False


def pytest_collection_finish() -> None:
    """What was loaded to run the tests stays to their end: no search for garbage goes through it again."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(20_000, 20, 20)


@pytest.fixture(scope="session")
def django_db_setup(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """The tests' database; of SQLite's, a copy is kept while it is still empty (see `empty_database`)."""
    # Where no test of the run is marked `django_db`, there is none, and this would be somebody's own.
    name = Path(str(connection.settings_dict["NAME"])).name
    if not name.startswith(("goldenthread-test-", "test_")):
        return
    with django_db_blocker.unblock():
        note_as_applied(connection)
        guards.stand(connection)
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("VACUUM INTO %s", [str(tmp_path_factory.getbasetemp() / _EMPTY)])
                # What the database knows of itself has a table from here on. Were that made within a test's transaction, each
                # savepoint in it that is taken back would have the whole schema read anew.
                cursor.execute("ANALYZE")


@pytest.fixture(scope="session")
def empty_database(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite database with all its tables and nothing in them, to copy into a data folder. For tests marked `django_db`."""
    return tmp_path_factory.getbasetemp() / _EMPTY


@pytest.fixture(autouse=True, scope="session")
def quick_passwords() -> Iterator[None]:
    """Passwords are hashed the quick way in tests: the slow way costs half a second for every test with the cast."""
    with override_settings(PASSWORD_HASHERS=["django.contrib.auth.hashers.MD5PasswordHasher"]):
        yield


@pytest.fixture(autouse=True, scope="session")
def no_anchors() -> Iterator[None]:
    """The tests' databases come and go: their trails are anchored only where a test is about that."""
    with override_settings(TRAIL_ANCHORS=None):
        yield


@pytest.fixture(autouse=True)
def forms_as_a_page_sends_them(monkeypatch: pytest.MonkeyPatch) -> None:
    """The test client sends with each form what the page put into it: a key, and the version that the page shows. A
    test that gives them itself (or “” for none) sends just those."""
    plain = Client.post

    def post(client: Client, path: str, data: Any = None, *more: Any, **named: Any) -> Any:
        if data is None or isinstance(data, dict):
            data = dict(data or {})
            if KEY not in data:
                data[KEY] = new_key()
            if VERSION not in data and _is_edit(path):
                page = client.get(path, follow=False)
                if found := re.search(rb'name="version" value="([^"]*)"', page.content):
                    data[VERSION] = found[1].decode()
        return plain(client, path, data, *more, **named)

    monkeypatch.setattr(Client, "post", post)


def _is_edit(path: str) -> bool:
    try:
        name = resolve(urlparse(path).path).view_name
    except Resolver404:
        return False
    return name in POSTING and POSTING[name].kind is Kind.EDIT


@pytest.fixture(autouse=True)
def one_factor() -> Iterator[None]:
    """No role needs a second factor, but in the tests of second factors: they ask for it themselves."""
    with override_settings(SECOND_FACTOR_ROLES=[]):
        yield


@pytest.fixture(autouse=True, scope="session")
def any_pace() -> Iterator[None]:
    """Tests open more pages in a minute than anybody can read; those of that limit set it themselves."""
    with override_settings(PAGES_A_MINUTE=0):
        yield


@pytest.fixture(autouse=True)
def ledger_holds(request: pytest.FixtureRequest) -> Iterator[None]:
    """After every database test, what the ledger says is what the records say."""
    marked = request.node.get_closest_marker("django_db")
    kinds = {"live_server", "transactional_db", "db"} & set(request.fixturenames)
    for kind in sorted(kinds, reverse=True):  # asked for here, so that the database is still there after the test
        request.getfixturevalue(kind)
    yield
    if (kinds or marked) and not request.node.get_closest_marker("ledger_broken_on_purpose"):
        assert ledger.verify() == []


@pytest.fixture
def shared() -> Path:
    """The shared material beside the project; the test skips where it is absent."""
    if not SHARED.is_dir():
        pytest.skip("../shared is not here: this test reads real documents kept outside the project")
    return SHARED


@pytest.fixture
def seed_text(shared: Path) -> Path:
    """The real improvement plan as flattened text."""
    return next((shared / "seeds").glob("*.txt"))


@contextmanager
def made_once(django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    """Around records that a fixture of a module or a package makes once for all of its tests, which only look at them;
    afterwards they are gone. Such a fixture asks for `django_db_setup`, and its tests are marked `django_db`."""
    with django_db_blocker.unblock(), override_settings(SECOND_FACTOR_ROLES=[]), transaction.atomic():
        yield
        transaction.set_rollback(True)


@dataclass
class Cast:
    """The officers that tests know by name. All are made up."""

    worker: Officer  # Asha, social worker in Referral and assessment east
    colleague: Officer  # Ben, social worker in the same team, on duty for it
    senior: Officer  # Carys, senior practitioner in the same team, on duty for it
    manager: Officer  # Dev, team manager of the same team
    stranger: Officer  # Efua, social worker in Family support west, of another area
    group_manager: Officer  # Farid, group manager of the area that Asha's team is in
    head: Officer  # Grace, head of service
    director: Officer  # Hiro
    quality: Officer  # Isla, planning and quality officer
    member: Officer  # Councillor Jones, executive member
    administrator: Officer  # Kit
    east: Team
    west: Team

    def all(self) -> list[Officer]:
        """Everyone."""
        return [v for v in vars(self).values() if isinstance(v, Officer)]


@pytest.fixture
def cast(db: None) -> Cast:
    """The cast, in two teams of two areas."""
    return make_cast()


def make_cast() -> Cast:
    """The same, for what is made once for many tests. Written in one statement for each table: nothing hangs on a new
    officer that a test's database holds."""
    first, second = Area.objects.bulk_create([Area(name="Assessment"), Area(name="Support")])
    east, west = Team.objects.bulk_create(
        [
            Team(key="ra-east", name="Referral and assessment east", area=first, takes_referrals=True),
            Team(key="fs-west", name="Family support west", area=second),
        ]
    )
    titles = {
        "team-manager": "Team Manager",
        "group-manager": "Group Manager",
        "head-of-service": "Head of Service",
        "director": "Director",
        "quality-officer": "Planning Manager",
    }
    made_posts = Post.objects.bulk_create([Post(title=title, role=role) for role, title in titles.items()])
    posts = {post.role: post for post in made_posts}

    def officer(username: str, name: str, role: str, team: Team | None = None, area: Area | None = None) -> Officer:
        one = Officer(username=username, name=name, role=role, team=team, area=area, post=posts.get(role))
        one.set_password("golden-thread-demo")
        return one

    made = Cast(
        worker=officer("asha", "Asha Verma", "worker", east),
        colleague=officer("ben", "Ben Okafor", "worker", east),
        senior=officer("carys", "Carys Pugh", "senior-practitioner", east),
        manager=officer("dev", "Dev Lindqvist", "team-manager", east),
        stranger=officer("efua", "Efua Mensah", "worker", west),
        group_manager=officer("farid", "Farid Haddad", "group-manager", area=first),
        head=officer("grace", "Grace Tillotson", "head-of-service"),
        director=officer("hiro", "Hiro Tanaka", "director"),
        quality=officer("isla", "Isla Brandt", "quality-officer"),
        member=officer("jones", "Councillor Morgan Jones", "executive-member"),
        administrator=officer("kit", "Kit Adeyemi", "administrator"),
        east=east,
        west=west,
    )
    Officer.objects.bulk_create(made.all())
    DutyShift.objects.bulk_create(
        DutyShift(
            officer=on_duty,
            team=east,
            starts_at=datetime(2000, 1, 1, tzinfo=UTC),
            ends_at=datetime(2100, 1, 1, tzinfo=UTC),
            recorded_at=datetime(2000, 1, 1, tzinfo=UTC),
            by=made.manager,
        )
        for on_duty in (made.colleague, made.senior)
    )
    return made
