"""The verbs on an assessment: starting it, writing its parts, handing it in. Each is one transaction; it raises
NotAllowed or Refused and then nothing is written. Managers' verbs are in `signing`, the child's views in `hearing`."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction

from goldenthread.cases.models import CaseFile, Child
from goldenthread.core import trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.obligations.writing import locked, made_before, put, why_writable
from goldenthread.people.models import Officer
from goldenthread.standards.assessment.assessing import rules
from goldenthread.standards.assessment.assessing.choices import Kind, PartKind
from goldenthread.standards.assessment.assessing.models import Assessment, AssessmentPart, HandingIn
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
    disabled: Sequence[Child] = (),
    token: str | None = None,
) -> Assessment:
    """A new assessment on a case file: of whom, what for, and who is expected to do what. disabled: those of the children
    who are disabled."""
    why = why_writable(case_file, by)
    if made := made_before(Assessment, token):
        return made
    rules.check_choice(kind, Kind.choices, "what kind of assessment it is")
    rules.check_words(purpose, "what the assessment is to find out")
    rules.check_words(expectations, "who is expected to do what")
    rules.check_not_future(started_at, "the start")
    rules.check_kind(kind, started_at)
    on_file = set(case_file.children.values_list("pk", flat=True))
    if not children or not {child.pk for child in children} <= on_file:
        raise Refused("Choose at least one child of this case file.")
    _check_disabled(disabled, children)
    if referral is not None and referral.case_file_id != case_file.pk:
        raise Refused("That referral is on another case file.")
    if referral is not None:
        rules.check_time(started_at, "the start", after=referral.received_at, after_what="the referral was received")
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
    assessment.disabled.set(disabled)
    trail.write("start assessment", assessment, by=by, why=why, case_file=case_file.pk, kind=kind)
    ledger.refresh(assessment, *([referral] if referral else []))
    return assessment


def _check_disabled(disabled: Sequence[Child], children: Sequence[Child]) -> None:
    if not {child.pk for child in disabled} <= {child.pk for child in children}:
        raise Refused("Say which are disabled of the children that are assessed.")


@transaction.atomic
def say_who_is_disabled(*, assessment: Assessment, disabled: Sequence[Child], by: Officer) -> Assessment:
    """Which of the children are disabled, in place of what was said before; the trail keeps both."""
    assessment = locked(assessment, by)
    _check_disabled(disabled, list(assessment.children.all()))
    before = sorted(assessment.disabled.values_list("pk", flat=True))
    after = sorted(child.pk for child in disabled)
    if before == after:
        raise Refused("Nothing would change.")
    assessment.disabled.set(disabled)
    trail.write(
        "say who is disabled", assessment, by=by, why=assessment.why_open, changed={"disabled": (before, after)}
    )
    return assessment


@transaction.atomic
def write_part(
    *, assessment: Assessment, part: str, text: str, by: Officer, outcome: str = "", token: str | None = None
) -> AssessmentPart:
    """One of the four parts as it is now. What it said before stays; a part may be unfinished until it is handed in."""
    assessment = locked(assessment, by)
    if made := made_before(AssessmentPart, token):
        return made
    rules.check_choice(part, PartKind.choices, "which part it is")
    rules.check_open(assessment)
    if not text.strip():
        raise Refused("Write something: an empty part is not kept.")
    rules.check_outcome(part, outcome)
    before = assessment.part(part)
    if before and (before.fact.text, before.fact.outcome) == (text.strip(), outcome):
        raise Refused("Nothing would change.")
    fact = AssessmentPart(
        assessment=assessment,
        part=part,
        text=text.strip(),
        outcome=outcome,
        occurred_at=now(),
        supersedes=before.fact if before else None,
        root_id=before.first.pk if before else None,
        token=token,
    )
    return put(fact, assessment, "write part", by=by, part=part)


@transaction.atomic
def hand_in(
    *, assessment: Assessment, occurred_at: datetime, by: Officer, remark: str = "", token: str | None = None
) -> HandingIn:
    """The assessment is finished, and a manager is asked to sign it off. Raises Refused naming all that it lacks."""
    assessment = locked(assessment, by)
    if made := made_before(HandingIn, token):
        return made
    rules.check_open(assessment)
    rules.check_whole(assessment)
    since = max([assessment.started_at, *(row.occurred_at for row in assessment.answers.all())])
    rules.check_time(occurred_at, "the handing in", after=since, after_what="the assessment began or was last answered")
    fact = HandingIn(assessment=assessment, remark=remark.strip(), occurred_at=occurred_at, token=token)
    return put(fact, assessment, "hand in assessment", by=by)
