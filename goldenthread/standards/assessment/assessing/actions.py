"""The verbs on an assessment. Each is one transaction; it raises NotAllowed or Refused and then nothing is written."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import rules, trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import made_before, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing.choices import Kind
from goldenthread.standards.assessment.assessing.models import Assessment
from goldenthread.standards.referrals.models import Referral


@transaction.atomic
def start_assessment(
    *,
    case_file: CaseFile,
    kind: str,
    children: Sequence[Child],
    purpose: str,
    expectations: str,
    started_at: datetime,
    by: Officer,
    referral: Referral | None = None,
    token: str | None = None,
) -> Assessment:
    """A new assessment on a case file: of whom, what for, and who is expected to do what."""
    why = why_writable(case_file, by)
    if made := made_before(Assessment, token):
        return made
    rules.check_choice(kind, Kind.choices, "what kind of assessment it is")
    rules.check_words(purpose, "what the assessment is to find out")
    rules.check_words(expectations, "who is expected to do what")
    rules.check_not_future(started_at, "the start")
    on_file = set(case_file.children.values_list("pk", flat=True))
    if not children or not {child.pk for child in children} <= on_file:
        raise Refused("Choose at least one child of this case file.")
    if referral is not None and referral.case_file_id != case_file.pk:
        raise Refused("That referral is on another case file.")
    assessment = Assessment.objects.create(
        case_file=case_file,
        kind=kind,
        purpose=purpose.strip(),
        expectations=expectations.strip(),
        referral=referral,
        started_at=started_at,
        recorded_at=now(),
        by=by,
        token=token,
    )
    assessment.children.set(children)
    trail.write("start assessment", assessment, by=by, why=why, case_file=case_file.pk, kind=kind)
    ledger.refresh(assessment)
    return assessment
