"""Putting a fact on a child: it is stamped, told to the trail, and what is owed about the child is worked out again."""

from typing import Any, TypeVar

from django.db import models

from goldenthread.cases.facts import Fact
from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.obligations import ledger
from goldenthread.obligations.requirement import installed
from goldenthread.people.models import Officer

F = TypeVar("F", bound=Fact)


def put_about(fact: F, child: Child, case_file: CaseFile, deed: str, *, by: Officer, why: str, **detail: Any) -> F:
    """Write a fact about a child whom the caller holds, its trail entry, and what is owed about the child."""
    fact.recorded_at, fact.by = now(), by
    fact.save(force_insert=True)
    trail.write(deed, child, by=by, why=why, case_file=case_file.pk, **{fact._meta.model_name or "": fact.pk}, **detail)
    refresh_about(child)
    return fact


def _subjects() -> list[type[models.Model]]:
    return sorted({requirement.subject for requirement in installed().values()}, key=lambda m: m._meta.label_lower)


def _names_children(model: type[models.Model]) -> str:
    """The key by which a kind of record names a child or children; nothing where it names none."""
    for field in (*model._meta.concrete_fields, *model._meta.many_to_many):
        if field.related_model is Child:
            return field.name
    return ""


def refresh_about(*children: Child) -> None:
    """Work out again what is owed on every record that names one of these children, on whichever file it is."""
    for model in _subjects():
        if name := _names_children(model):
            ledger.refresh(*model._base_manager.filter(**{f"{name}__in": children}).distinct().order_by("pk"))


def refresh_files_of(*children: Child) -> None:
    """The same, and on every record of their case files: where children changed files."""
    refresh_about(*children)
    files = list(CaseFile.objects.filter(children__in=children).distinct().order_by("pk"))
    for model in _subjects():
        if any(field.name == "case_file" for field in model._meta.fields):
            ledger.refresh(*model._base_manager.filter(case_file__in=files).order_by("pk"))
