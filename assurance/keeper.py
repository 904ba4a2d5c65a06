"""A made-up council in a process of its own: it makes the database, serves it from a forked process, and checks it.

python -m assurance.keeper — commands come as JSON lines on standard input, answers go as JSON lines to standard output.
The environment says which data folder and which database, as it does for the product. The keeper loads the program
once; a server is forked from it, so that killing one and starting the next takes milliseconds. The socket stays open
between them: who connects meanwhile waits, as behind any restart.
"""

import json
import os
import signal
import socket
import sys
import threading
import time
from collections.abc import Callable, Iterable
from datetime import timedelta
from typing import Any

from assurance.serving import Server

Answer = dict[str, Any]
EDITORS = 8
REFERRALS = 16


class Keeper:
    """What the commands do."""

    def __init__(self) -> None:
        self.scene: Any = None
        self.listening = socket.socket()
        self.listening.bind(("127.0.0.1", 0))
        self.listening.listen(256)

    def prepare(self) -> Answer:
        """Make the database and the council. Returns what there is."""
        from django.utils import timezone

        from goldenthread.cases.models import Child
        from goldenthread.core.clock import start_of
        from goldenthread.core.database.making import bring_up_to_date
        from goldenthread.people.models import Area, Officer, Team
        from goldenthread.plan.models import Action, Recommendation
        from goldenthread.plan.template import adopt_template
        from goldenthread.standards.referrals import actions

        bring_up_to_date()
        area = Area.objects.create(name="Assessment")
        team = Team.objects.create(key="ra-east", name="Referral and assessment east", area=area, takes_referrals=True)
        for n in range(EDITORS):
            self._officer(f"manager{n}", "team-manager", team)
        heads = [self._officer(f"head{n}", "head-of-service", None) for n in range(EDITORS)]
        worker: Officer = self._officer("worker", "worker", team)
        self._officer("other", "worker", team)
        plan = adopt_template(adopted_on=timezone.localdate() - timedelta(days=40), title="Elmshire plan", by=heads[0])
        received_at = start_of(timezone.localdate() - timedelta(days=3)) + timedelta(hours=9)
        referrals = []
        for n in range(REFERRALS):
            child = Child.objects.create(given_names=f"Juno {n}", family_name="Aldergate")
            made = actions.take_referral(
                agency_kind="school", agency_name="Elmbridge Primary", referrer_name="Rosa Whitcombe", route="phone",
                children=[child], concern="Bruises on both arms, and a story that changes",
                received_at=received_at, by=worker, worker=worker,
            )  # fmt: skip
            referrals.append(made.pk)
        recommendations = Recommendation.objects.filter(standard__plan=plan).order_by("pk")
        return {
            "referrals": referrals,
            "plan": plan.pk,
            "recommendations": list(recommendations.values_list("number", flat=True)),
            "actions": list(
                Action.objects.filter(recommendation__in=recommendations).order_by("pk").values_list("pk", flat=True)
            ),
            "workers": list(Officer.objects.filter(role="worker").values_list("pk", flat=True)),
            "team": team.pk,
        }

    @staticmethod
    def _officer(username: str, role: str, team: Any) -> Any:
        from goldenthread.people.models import Officer

        return Officer.objects.create(username=username, name=username.title(), role=role, team=team)

    def open(self) -> Answer:
        """Sign everybody in. Returns where it serves, and who has signed in."""
        from django.conf import settings
        from django.test import Client

        from goldenthread.people.models import Officer

        signed_in: dict[str, list[str]] = {"manager": [], "head": []}
        for who, sessions in signed_in.items():
            for n in range(EDITORS):
                client = Client(SERVER_NAME="127.0.0.1")
                client.force_login(Officer.objects.get(username=f"{who}{n}"))
                sessions.append(client.cookies[settings.SESSION_COOKIE_NAME].value)
            # A look at the first pages, so that a forked server has them loaded.
            for path in ("/", "/plan/", "/referrals/1/", "/referrals/1/onward/", "/plan/1/1.1/action/"):
                client.get(path, follow=True)
        return {
            "port": self.listening.getsockname()[1], "managers": signed_in["manager"], "heads": signed_in["head"],
        }  # fmt: skip

    def pages(self) -> Answer:
        """The pages with a form that the harness can send: those that add, those that edit."""
        from assurance.every_form import pages
        from assurance.recipes import RECIPES
        from goldenthread.core.once import Kind

        return {
            kind.name: [name for name in pages(kind) if not (RECIPES[name].single or RECIPES[name].meanwhile)]
            for kind in (Kind.ADDITION, Kind.EDIT)
        }

    def fill(self, name: str) -> Answer:
        """Make what one page's form is about, anew. Returns where it is sent to, the sessions of the two who may send it, and
        what each types."""
        from django.conf import settings
        from django.db import transaction
        from django.urls import reverse

        from assurance.recipes import RECIPES
        from assurance.scene import Scene

        recipe = RECIPES[name]
        with transaction.atomic():
            self.scene = self.scene or Scene()
            self.scene.clients.clear()
            typed = recipe.make(self.scene)
            by = [
                self.scene.client(who).cookies[settings.SESSION_COOKIE_NAME].value for who in (recipe.who, recipe.other)
            ]
        return {
            "path": reverse(name, args=typed.arguments), "by": by, "fields": typed.fields, "second": typed.second,
            "has_words": typed.has_words, "once": recipe.once, "again": recipe.again,
        }  # fmt: skip

    def effects(self) -> Answer:
        """How many rows each table has, and how often each deed stands on the trail, but for looking."""
        from assurance.effects import effects

        return effects()

    def explain(self, path: str, mark: str, submission: str, version: str) -> Answer:
        """What is known of a form that got an odd answer: whether its key is, and what was amended there, and when."""
        from goldenthread.core.models import Submission
        from goldenthread.standards.referrals.models import Amendment

        number = next((part for part in path.split("/") if part.isdigit()), "0")
        amended = Amendment.objects.filter(referral=int(number)).order_by("-pk")[:4] if "/referrals/" in path else []
        known = Submission.objects.filter(key=submission).first()
        return {
            "path": path, "mark": mark, "version sent": version,
            "key": f"known since {known.at}, answer {known.answer}" if known else "not known",
            "amended": [f"{row.recorded_at} {row.field}: was {row.was[:60]}" for row in amended],
        }  # fmt: skip

    def serve(self, fault: str = "") -> Answer:
        """Fork a server, in a process group of its own. fault: one that is planted in it, by name (see FAULTS)."""
        from django.db import connections

        connections.close_all()
        pid = os.fork()
        if pid:
            return {"pid": pid}
        try:
            os.setsid()
            devnull = os.open(os.devnull, os.O_RDWR)
            for stream in (0, 1, 2):
                os.dup2(devnull, stream)
            from goldenthread.config.wsgi import application

            Server(self.listening, FAULTS[fault](application) if fault else application).serve_forever()
        finally:
            os._exit(1)

    def kill(self, pid: int) -> Answer:
        """SIGKILL a server's process group, and see it gone."""
        os.killpg(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        return {}

    def sql(self, statements: list[str]) -> Answer:
        """Run statements of the harness's own."""
        from django.db import connection

        with connection.cursor() as cursor:
            for statement in statements:
                cursor.execute(statement)
        return {}

    def count(self) -> Answer:
        """How many rows each table of records has."""
        from assurance.effects import rows_by_table

        return rows_by_table()

    def said(self, words: list[str]) -> Answer:
        """Those of these words that stand in some record, and not only in a draft of one; or of which the trail tells, by
        their fingerprint, that they stood in one (an account's name gives way to the next)."""
        from itertools import product

        from django.apps import apps
        from django.db.models import CharField, JSONField, Q, TextField
        from django.db.models.functions import Cast

        from goldenthread.core.trail import fingerprint

        aside = {"sessions.session", "core.draft", "core.submission"}
        sought = {each: each for each in words} | {fingerprint(each): each for each in words}
        found: set[str] = set()
        for model in apps.get_models():
            texts = [f.name for f in model._meta.fields if isinstance(f, CharField | TextField | JSONField)]
            if not texts or model._meta.label_lower in aside:
                continue
            rows = model._default_manager.annotate(**{f"{name}_text": Cast(name, TextField()) for name in texts})
            asked = Q()
            for name, each in product(texts, sought):
                asked |= Q(**{f"{name}_text__contains": each})
            for row in rows.filter(asked).values_list(*(f"{name}_text" for name in texts)):
                found.update(words for each, words in sought.items() for text in row if text and each in text)
        return {"said": sorted(found)}

    def check(self) -> Answer:
        """Every marked effect, with how often it is there; and what is wrong with the database."""
        from django.core.exceptions import ObjectDoesNotExist
        from django.db import connection

        from goldenthread.core.models import Submission, TrailEntry
        from goldenthread.obligations import ledger
        from goldenthread.plan.models import Action, ActionEvent
        from goldenthread.standards.referrals.models import Amendment, Chaser, OnwardReferral, Referral

        found: dict[str, int] = {}
        half: list[str] = []

        def saw(words: Iterable[str]) -> None:
            for each in words:
                if each.startswith("marked "):
                    found[each] = found.get(each, 0) + 1

        onward = dict(OnwardReferral.objects.values_list("pk", "purpose"))
        saw(onward.values())
        saw(Chaser.objects.values_list("words", flat=True))
        saw(Referral.objects.values_list("concern", flat=True))
        saw(Amendment.objects.filter(field="concern").values_list("was", flat=True))
        actions = dict(Action.objects.filter(text__startswith="marked ").values_list("pk", "text"))
        saw(actions.values())
        told: dict[str, list[Any]] = {}
        for deed, subject, detail in TrailEntry.objects.values_list("deed", "subject", "detail"):
            told.setdefault(deed, []).append((subject, detail))
        in_trail = {
            detail["onwardreferral"] for many in told.values() for _, detail in many if "onwardreferral" in detail
        }
        half += [f"onward referral {pk} without its trail entry" for pk in onward.keys() - in_trail]
        half += [f"a trail entry of onward referral {pk}, which is not there" for pk in in_trail - onward.keys()]
        added = set(ActionEvent.objects.filter(kind="added").values_list("action", flat=True))
        traced = {int(subject.partition(":")[2]) for subject, _ in told.get("plan action added", [])}
        for pk in actions:
            if pk not in added or pk not in traced or not Action.objects.get(pk=pk).leads.exists():
                half.append(f"action {pk} without its event, lead or trail entry")
        half += [
            f"submission {pk} without its answer"
            for pk in Submission.objects.filter(answer={}).values_list("pk", flat=True)
        ]
        integrity = "ok"
        if connection.vendor == "sqlite":
            with connection.cursor() as cursor:
                cursor.execute("PRAGMA integrity_check")
                integrity = str(cursor.fetchone()[0])
        try:
            wrong = [str(fault) for fault in ledger.verify()]
        except ObjectDoesNotExist as fault:
            wrong = [str(fault)]
        return {"found": found, "half": half, "ledger": wrong, "integrity": integrity}

    def quit(self) -> Answer:
        """End."""
        sys.exit(0)


def _acknowledges_early(app: Any) -> Any:
    """A planted fault: who posts is told that it is done, and it is done a moment later."""

    def early(environ: dict[str, Any], start_response: Callable[..., Any]) -> Iterable[bytes]:
        if environ["REQUEST_METHOD"] != "POST":
            return list(app(environ, start_response))
        body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))

        def later() -> None:
            import io

            time.sleep(0.3)
            list(app({**environ, "wsgi.input": io.BytesIO(body)}, lambda *_: None))

        threading.Thread(target=later, daemon=True).start()
        start_response("302 Found", [("Location", "/"), ("Content-Length", "0")])
        return []

    return early


def _no_transaction(app: Any) -> Any:
    """A planted fault: each statement stands alone, so what is killed half-way stays half done."""
    from django.db.transaction import Atomic

    from goldenthread.core import trail

    plain = trail.write

    def slow(*given: Any, **named: Any) -> Any:
        time.sleep(0.02)
        return plain(*given, **named)

    Atomic.__enter__ = lambda self: None  # type: ignore[method-assign]
    Atomic.__exit__ = lambda self, *_: None  # type: ignore[method-assign]
    trail.write = slow
    return app


def _no_keys(app: Any) -> Any:
    """A planted fault: no submission is known again."""
    from goldenthread.core.once import Kind, OnceMiddleware, Posting

    OnceMiddleware._posting = staticmethod(lambda _: Posting(Kind.NO_WRITE, "planted"))  # type: ignore[assignment]
    return app


def _no_versions(app: Any) -> Any:
    """A planted fault: whoever saves last writes over the others."""
    from goldenthread.core import versions

    versions.is_stale = lambda *_: False
    return app


FAULTS: dict[str, Callable[[Any], Any]] = {
    "acknowledges early": _acknowledges_early,
    "no transaction": _no_transaction,
    "no keys": _no_keys,
    "no versions": _no_versions,
}


def main() -> None:
    """Answer commands until there are no more."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "goldenthread.config.settings")
    import django

    django.setup()
    from django.conf import settings
    from django.db import connections

    settings.SECOND_FACTOR_ROLES = []
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    import goldenthread.config.wsgi  # noqa: F401 (loaded once, before any server is forked)

    keeper = Keeper()
    for line in sys.stdin:
        command = json.loads(line)
        connections.close_all()  # the database may have been restarted since
        try:
            answer = getattr(keeper, command.pop("do"))(**command)
        except Exception as fault:
            answer = {"fault": f"{type(fault).__name__}: {fault}"}
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main()
