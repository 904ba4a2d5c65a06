"""Who should come, as far as the file tells: its worker, the agencies that have to do with its children, and those around them."""

from dataclasses import dataclass

from django.db.models import Q

from goldenthread.cases.choices import InvolvedKind, YesNo
from goldenthread.cases.models import AgencyInvolved, CaseFile, Danger, Person, Tie
from goldenthread.core.clock import today
from goldenthread.standards.allocation.conferring.actions import Should
from goldenthread.standards.allocation.conferring.choices import AGENCIES, FAMILY, SOCIAL_CARE

_NAMES = dict(AGENCIES)
_HEALTH = {InvolvedKind.SURGERY, InvolvedKind.HEALTH_VISITOR, InvolvedKind.SCHOOL_NURSE, InvolvedKind.HOSPITAL}
_SCHOOL = {InvolvedKind.SCHOOL, InvolvedKind.NURSERY}
_USUAL = (
    ({InvolvedKind.POLICE}, InvolvedKind.POLICE, "Child protection officer"),
    (_HEALTH, InvolvedKind.HEALTH_VISITOR, "Health visitor or school nurse"),
    (_SCHOOL, InvolvedKind.SCHOOL, "Head teacher or nursery manager"),
)
"""Agencies that are asked to conferences, and what is proposed where none of their kind is known to the file."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Somebody who could be asked. key: how the form names them; asked: the form begins with them chosen."""

    key: str
    should: Should
    asked: bool = True

    @property
    def words(self) -> str:
        """“School: Rosa Whitcombe, Elmbridge Primary”."""
        who = f"{self.should.name}, {self.should.role}" if self.should.name else self.should.role
        known = (
            "" if self.should.in_touch or self.should.agency == FAMILY else " (not known to be in touch with the child)"
        )
        return f"{_NAMES[self.should.agency]}: {who}{known}"


def proposals(case_file: CaseFile) -> list[Proposal]:
    """Everybody known to the file, and the agencies that are usually asked: five queries."""
    found = []
    worker = case_file.worker
    name = worker.name if worker else ""
    found.append(Proposal("worker", Should(SOCIAL_CARE, "Social worker", name, worker)))
    children = case_file.children.all()
    current = Q(until__isnull=True) | Q(until__gt=today())
    agencies = AgencyInvolved.objects.filter(current, child__in=children, superseded_by=None, withdrawn=False)
    seen: set[tuple[str, str, str]] = set()
    for one in agencies.order_by("kind", "name", "pk"):
        who = (one.kind, one.name.casefold(), one.worker.casefold())
        if who not in seen:
            seen.add(who)
            found.append(Proposal(f"agency-{one.first_id}", Should(one.kind, one.name, one.worker)))
    known = {kind for kind, _, _ in seen}
    for kinds, agency, role in _USUAL:
        if not kinds & known:
            found.append(Proposal(f"usual-{agency.value}", Should(agency.value, role, in_touch=False)))
    return [*found, *_family(case_file)]


def _family(case_file: CaseFile) -> list[Proposal]:
    """Those around the children; chosen to begin with are those with parental responsibility whom nobody thinks a danger."""
    ties = Tie.objects.filter(
        Q(until__isnull=True) | Q(until__gt=today()),
        child__in=case_file.children.all(),
        superseded_by=None,
        withdrawn=False,
    )
    dangers = Danger.objects.filter(superseded_by=None, withdrawn=False, until__isnull=True)
    dangerous = set(dangers.filter(person__ties__child__in=case_file.children.all()).values_list("person", flat=True))
    tied = list(ties.order_by("pk"))
    numbers = [tie.person_id for tie in tied]
    rows = Person.objects.filter(Q(pk__in=numbers) | Q(root__in=numbers), superseded_by=None, withdrawn=False)
    people = {person.first_id: person for person in rows}
    found: dict[int, Proposal] = {}
    for tie in tied:
        if tie.person_id not in found and (person := people.get(tie.person_id)) is not None:
            should = Should(FAMILY, str(tie.get_relation_display()), person.name, in_touch=False, reports=False)
            asked = tie.responsibility == YesNo.YES and tie.person_id not in dangerous
            found[tie.person_id] = Proposal(f"person-{tie.person_id}", should, asked)
    return list(found.values())
