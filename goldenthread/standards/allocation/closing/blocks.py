"""What stands against closing a file, whatever a manager thinks: something about a child still runs."""

from datetime import datetime

from goldenthread.cases.facts import standing
from goldenthread.cases.models import CaseFile
from goldenthread.standards.allocation.conferring.models import LookedAfter
from goldenthread.standards.allocation.transferring.models import Transfer
from goldenthread.standards.assessment.hospital.models import HospitalNotification
from goldenthread.standards.assessment.housing.models import TemporaryMove
from goldenthread.standards.assessment.protection.models import ProtectionPlan, StrategyDiscussion
from goldenthread.standards.assessment.register.choices import State
from goldenthread.standards.assessment.register.states import states_of


def running(case_file: CaseFile, at: datetime) -> list[tuple[str, str]]:
    """What still runs at an instant, as is known now: what it is and what to do, in words that name no child, and where it is
    shown. A fixed number of queries."""
    children = set(case_file.children.values_list("pk", flat=True))
    found: list[tuple[str, str]] = []
    for state, entry in states_of(children, at).values():
        if state in {State.ON, State.OTHER}:
            found.append(("A child is on the child protection register", entry.get_absolute_url()))
    plans = ProtectionPlan.objects.filter(case_file=case_file, root=None).prefetch_related("later", "ends")
    for plan in plans:
        if plan.stands is not None and (plan.ended is None or plan.ended.moment.occurred_at > at):
            found.append(("A child protection plan runs", plan.get_absolute_url()))
    talks = StrategyDiscussion.objects.filter(case_file=case_file, root=None).prefetch_related("later", "outcomes")
    for talk in talks:
        stands = talk.stands
        if stands is not None and stands.fact.is_enquiry and not standing(talk.outcomes.all()):
            found.append(("A section 47 enquiry has no outcome yet", talk.get_absolute_url()))
    for move in TemporaryMove.objects.filter(case_file=case_file).prefetch_related("ends"):
        if not any(end.moment.occurred_at <= at for end in standing(move.ends.all())):
            found.append((f"Temporary move {move} goes on", move.get_absolute_url()))
    for told in HospitalNotification.objects.filter(case_file=case_file).prefetch_related("discharges"):
        left = told.discharge()
        if left is None or left.moment.occurred_at > at:
            found.append((f"A child is in hospital, notification {told}", told.get_absolute_url()))
    for care in LookedAfter.objects.filter(case_file=case_file, root=None).prefetch_related("later", "ends"):
        if care.stands is not None and (care.ended is None or care.ended.moment.occurred_at > at):
            found.append(("A child is looked after", care.get_absolute_url()))
    if case_file.offered_to_id is not None:
        moving = Transfer.objects.filter(case_file=case_file).order_by("-pk")[:1]
        found += [(f"Transfer {one} is under way: withdraw it first", one.get_absolute_url()) for one in moving]
    return found
