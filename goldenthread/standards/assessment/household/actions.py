"""The verbs that record what is known of a child. Each is one transaction; it raises NotAllowed or Refused and then nothing
is written. Those of people around the child are in `people`, corrections in `corrections`, merging in `merging`.

`case_file`: the file through which the officer reaches the child. `occurred_at`: when somebody told us, or it became true.
"""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, TypeVar

from django.db import transaction

from goldenthread.cases.actions import add_other_name, child_recorded, writable_child
from goldenthread.cases.facts import Fact
from goldenthread.cases.models import (
    AgencyInvolved,
    CaseFile,
    Child,
    ChildAmendment,
    ChildTie,
    Communication,
    Disability,
    Ethnicity,
    LanguageAnswer,
    OtherName,
)
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.rules import check_choice, check_words, what_changes
from goldenthread.obligations.writing import locked, made_before
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.household import rules
from goldenthread.standards.assessment.household.writing import put_about, refresh_about
from goldenthread.standards.referrals.models import Referral

F = TypeVar("F", bound=Fact)


def _record(fact: F, case_file: CaseFile, deed: str, by: Officer, token: str | None) -> F:
    child, why = writable_child(case_file, fact.child, by)  # type: ignore[attr-defined]
    if made := made_before(type(fact), token):
        return made
    fact.token = token
    rules.check_known(fact)
    return put_about(fact, child, case_file, deed, by=by, why=why)


@transaction.atomic
def record_ethnicity(
    *, case_file: CaseFile, child: Child, code: str, occurred_at: datetime, by: Officer, described: str = "",
    token: str | None = None,
) -> Ethnicity:  # fmt: skip
    """The child's ethnicity, as the child or the family say it; or that they would not; or that nobody has asked yet."""
    fact = Ethnicity(child=child, code=code, described=described.strip(), occurred_at=occurred_at)
    return _record(fact, case_file, "record ethnicity", by, token)


@transaction.atomic
def record_language(
    *,
    case_file: CaseFile,
    child: Child,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    first: str = "",
    first_other: str = "",
    others: str = "",
    interpreter: str = "",
    written: str = "",
    token: str | None = None,
) -> LanguageAnswer:
    """Which languages the child and those who care for them speak, whether they need an interpreter, and how to write to
    them. “Not known yet” is recorded, and stays owed."""
    fact = LanguageAnswer(
        child=child, answer=answer, first=first, first_other=first_other.strip(), others=others.strip(),
        interpreter=interpreter, written=written, occurred_at=occurred_at,
    )  # fmt: skip
    return _record(fact, case_file, "record language", by, token)


@transaction.atomic
def ask_language(
    *, referral: Referral, children: Sequence[Child], occurred_at: datetime, by: Officer, **answer: Any
) -> list[LanguageAnswer]:
    """The same for several children of one referral at once: a family mostly has one answer. Raises Refused where none is
    chosen, or one is not on the referral."""
    referral = locked(referral, by)
    about = set(referral.children.values_list("pk", flat=True))
    if not children or not {child.pk for child in children} <= about:
        raise Refused("Choose at least one child of this referral.")
    return [
        record_language(case_file=referral.case_file, child=child, occurred_at=occurred_at, by=by, **answer)
        for child in children
    ]


@transaction.atomic
def record_disability(
    *,
    case_file: CaseFile,
    child: Child,
    answer: str,
    occurred_at: datetime,
    by: Officer,
    codes: Sequence[str] = (),
    described: str = "",
    token: str | None = None,
) -> Disability:
    """Whether the child has a disability, and what it affects."""
    fact = Disability(
        child=child, answer=answer, codes=" ".join(codes), described=described.strip(), occurred_at=occurred_at
    )
    return _record(fact, case_file, "record disability", by, token)


@transaction.atomic
def record_communication(
    *, case_file: CaseFile, child: Child, ways: Sequence[str], occurred_at: datetime, by: Officer, helps: str = "",
    token: str | None = None,
) -> Communication:  # fmt: skip
    """How the child makes themselves understood, and what helps."""
    fact = Communication(child=child, ways=" ".join(ways), helps=helps.strip(), occurred_at=occurred_at)
    return _record(fact, case_file, "record communication", by, token)


@transaction.atomic
def record_sibling(
    *, case_file: CaseFile, child: Child, other: Child, relation: str, occurred_at: datetime, by: Officer,
    token: str | None = None,
) -> ChildTie:  # fmt: skip
    """What another child is to this one. Raises NotAllowed where the other is on no file that the officer may open."""
    if not CaseFile.objects.visible_to(by).filter(children=other.pk).exists():
        raise NotAllowed("That child's record is one that you may not open.")
    fact = ChildTie(child=child, other=other, relation=relation, occurred_at=occurred_at)
    return _record(fact, case_file, "record sibling", by, token)


@transaction.atomic
def involve_agency(
    *,
    case_file: CaseFile,
    child: Child,
    kind: str,
    name: str,
    what_for: str,
    occurred_at: datetime,
    by: Officer,
    worker: str = "",
    contact: str = "",
    since: date | None = None,
    until: date | None = None,
    token: str | None = None,
) -> AgencyInvolved:
    """An agency has to do with the child: what for, and who there."""
    fact = AgencyInvolved(
        child=child, kind=kind, name=" ".join(name.split()), what_for=what_for.strip(), worker=worker.strip(),
        contact=contact.strip(), since=since, until=until, occurred_at=occurred_at,
    )  # fmt: skip
    return _record(fact, case_file, "involve agency", by, token)


AMENDABLE = ("given_names", "family_name", "date_of_birth", "birth_date_is_estimate", "sex")


@transaction.atomic
def amend_child(
    *,
    case_file: CaseFile,
    child: Child,
    changes: dict[str, Any],
    reason: str,
    by: Officer,
    keep_name: str = "",
) -> Child:
    """Put right a child's name, date of birth or sex. What it said before is kept. keep_name: as what kind of other name the
    old name stays (“former”, “birth”); left out, it was simply wrong. Raises NotAllowed, Refused."""
    child, why = writable_child(case_file, child, by)
    check_words(reason, "why it is changed")
    tidied = {k: " ".join(v.split()) if k in {"given_names", "family_name"} else v for k, v in changes.items()}
    changed = what_changes(child, tidied, AMENDABLE)
    born: Any = changed.get("date_of_birth")
    rules.check_birth(born)
    check_choice(changed.get("sex", child.sex), Child.Sex.choices, "the child's sex")
    if keep_name:
        check_choice(keep_name, KEPT_AS, "what the old name is")
    was, before_and_after = (child.given_names, child.family_name), trail.changes(child, changed)
    stamped = now()
    for name, value in changed.items():
        ChildAmendment.objects.create(
            child=child, field=name, was=_told(getattr(child, name)), reason=reason.strip(), recorded_at=stamped, by=by
        )
        setattr(child, name, value)
    if not (child.given_names or child.family_name):
        raise Refused("Give at least one name of the child.")
    child.save()
    if keep_name and was != (child.given_names, child.family_name):
        add_other_name(child, kind=keep_name, given_names=was[0], family_name=was[1], by=by, why=why)
    child_recorded(child)
    trail.write("amend child", child, by=by, why=why, case_file=case_file.pk, changed=before_and_after)
    refresh_about(child)
    return child


KEPT_AS = [
    (kind.value, str(kind.label)) for kind in (OtherName.Kind.FORMER, OtherName.Kind.BIRTH, OtherName.Kind.KNOWN_AS)
]


def _told(value: Any) -> str:
    return "" if value is None else value.isoformat() if isinstance(value, date) else str(value)
