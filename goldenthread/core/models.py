"""The trail, drafts and submissions. All name officers and records by key, not by foreign key: they outlast what they name."""

import re
from collections.abc import Iterable
from typing import Any, cast

from django.core.serializers.json import DjangoJSONEncoder
from django.db import connections, models, transaction

from goldenthread.core import chain
from goldenthread.core.chain import Encoder
from goldenthread.core.database import Sealing

_INSERT = (
    "INSERT INTO core_trailentry (at, officer, deed, subject, why, detail, origin) VALUES (%s, %s, %s, %s, %s, {0}, {0}) "
    "RETURNING id"
)
_JSON = {"sqlite": "%s", "postgresql": "%s::jsonb"}
_KEY = re.compile(r"[a-z_]+\.[a-z_]+:\d+")


def subjects_of(subject: str, detail: dict[str, Any]) -> list[str]:
    """The records that an entry tells of, by key: its subject, the `records` and the `found` of a list, the case file."""
    kind = subject.partition(":")[0]
    told = [subject, *detail.get("records", ()), *(f"{kind}:{pk}" for pk in detail.get("found", ()))]
    if detail.get("case_file"):
        told.append(f"cases.casefile:{detail['case_file']}")
    return sorted({key for key in told if isinstance(key, str) and _KEY.fullmatch(key)})


class TrailQuerySet(models.QuerySet["TrailEntry"]):
    def bulk_create(self, *args: Any, **kwargs: Any) -> list["TrailEntry"]:
        """Refused: entries are written one by one, each with its seal."""
        raise chain.TrailUnwritable("Entries of the trail are written one by one.")


class TrailEntry(models.Model):
    """One thing that someone saw or did. Keys and changed fields; never a record's words. Only ever added: it is sealed
    when its transaction commits. origin: from where (address, session, page and method, or the command line)."""

    at = models.DateTimeField(db_index=True)
    officer = models.CharField(max_length=150, db_index=True)
    deed = models.CharField(max_length=80)
    subject = models.CharField(max_length=80, db_index=True)
    why = models.CharField(max_length=80)
    detail = models.JSONField(default=dict, encoder=Encoder)
    origin = models.JSONField(default=dict, encoder=Encoder)

    objects = TrailQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name_plural = "trail entries"

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M} {self.officer} {self.deed} {self.subject}"

    @property
    def row(self) -> chain.Row:
        """The entry as it is sealed."""
        return chain.Row(
            self.pk, chain.at_in_utc(self.at), self.officer, self.deed, self.subject, self.why,
            chain.spelt(self.detail), chain.spelt(self.origin),
        )  # fmt: skip

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Add it, with its index of records. It is sealed at the commit."""
        if self.pk or not self._state.adding:
            raise chain.TrailUnwritable("The trail is only added to.")
        (self.detail, detail), (self.origin, origin) = chain.plain(self.detail), chain.plain(self.origin)
        connection = cast(Sealing, connections["default"])
        # Written out: a model's own way to save takes longer than all else that the trail does for a page.
        at = connection.ops.adapt_datetimefield_value(self.at)
        words = (self.officer, self.deed, self.subject, self.why, detail, origin)
        with transaction.atomic(savepoint=False), connection.cursor() as cursor:
            cursor.execute(_INSERT.format(_JSON[connection.vendor]), [at, *words])
            self.pk = cursor.fetchone()[0]
            if keys := subjects_of(self.subject, self.detail):
                chain.insert(cursor, "core_trailsubject", "subject, entry", [(key, self.pk) for key in keys])
        self._state.adding, self._state.db = False, "default"
        connection.trail_add(chain.Row(self.pk, chain.at_in_utc(self.at), *words))

    @classmethod
    def about(cls, keys: Iterable[str]) -> "models.QuerySet[TrailEntry]":
        """The entries that tell of any of these records, newest first."""
        entries = TrailSubject.objects.filter(subject__in=list(keys)).values("entry")
        return cls.objects.filter(pk__in=entries).order_by("-pk")


class TrailLink(models.Model):
    """The seal of one entry: its place in the chain, and what binds it to the one before. Only ever added."""

    seq = models.BigIntegerField(primary_key=True)
    entry = models.BigIntegerField(unique=True)
    mac = models.CharField(max_length=64)

    class Meta:
        ordering = ["seq"]

    def __str__(self) -> str:
        return f"{self.seq}: entry {self.entry}"


class TrailSubject(models.Model):
    """One record that one entry tells of, so that who has seen a record is found without reading the whole trail."""

    subject = models.CharField(max_length=80)
    entry = models.BigIntegerField()

    class Meta:
        indexes = [models.Index(fields=["subject", "entry"], name="trail_by_subject")]

    def __str__(self) -> str:
        return f"{self.subject} in entry {self.entry}"


class Account(models.Model):
    """A view picked at random, for which the officer's manager accounts: was it needed for the work?"""

    entry = models.BigIntegerField(unique=True)
    asked_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    needed = models.BooleanField(null=True, blank=True)
    answer = models.TextField(blank=True)
    by = models.CharField(max_length=150, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name = "account for a view"

    def __str__(self) -> str:
        return f"Account for entry {self.entry}"


class Draft(models.Model):
    """What an officer has typed and not yet confirmed: one per officer and form, kept through a time-out."""

    officer = models.CharField(max_length=150)
    form = models.CharField(max_length=80)
    data = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    saved_at = models.DateTimeField()
    tab = models.CharField(max_length=40, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["officer", "form"], name="one_draft_per_form")]

    def __str__(self) -> str:
        return f"{self.officer}: {self.form}"


class Submission(models.Model):
    """One sending of a form, and what it was answered: the same again within a day gets the same answer. `words` is a
    keyed digest of what was sent; `answer` the address that it led to and the messages shown there."""

    key = models.CharField(max_length=40, unique=True)
    officer = models.CharField(max_length=150)
    path = models.CharField(max_length=80)
    words = models.CharField(max_length=16)
    answer = models.JSONField(default=dict, encoder=DjangoJSONEncoder)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return f"{self.officer}: {self.path}"
