"""Which agencies have to do with the children of a file, and so are told when our work ends."""

from dataclasses import dataclass
from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import AgencyInvolved, CaseFile
from goldenthread.core.clock import day_of


@dataclass(frozen=True, slots=True)
class Involved:
    """One agency, however many of the children it has to do with. first: the number of the first row that says so."""

    first: int
    kind: str
    name: str

    @property
    def same(self) -> tuple[str, str]:
        """By what it is told from others."""
        return self.kind, self.name.casefold()


def involved_with(case_file: CaseFile, at: datetime) -> list[Involved]:
    """The agencies that have to do with the children at an instant, each once. Two queries."""
    children = set(case_file.children.values_list("pk", flat=True))
    rows = AgencyInvolved.objects.filter(child__in=children).order_by("pk")
    found: dict[tuple[str, str], Involved] = {}
    for one in standing(rows):
        until = one.fact.until
        if one.moment.occurred_at <= at and (until is None or until >= day_of(at)):
            agency = Involved(one.first.pk, one.fact.kind, one.fact.name)
            found.setdefault(agency.same, agency)
    return sorted(found.values(), key=lambda agency: agency.first)
