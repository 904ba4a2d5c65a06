"""The verbs of opening one record in an emergency, and of accounting for it."""

from django.db import transaction

from goldenthread.cases.models import BreakGlass, CaseFile
from goldenthread.cases.sight import sight_of
from goldenthread.core import post, trail
from goldenthread.core.clock import now
from goldenthread.core.errors import Refused
from goldenthread.obligations import ledger
from goldenthread.oversight import rules
from goldenthread.people.access import require
from goldenthread.people.models import Officer
from goldenthread.people.roles import Permission

CLOSED = "No record can be opened under that reference. Check it, or phone the duty manager."
"""What is said of a record that there is not, one that is sealed, and one that a declared conflict closes: the same."""


@transaction.atomic
def break_glass(*, case_file: CaseFile | None, category: str, reason: str, by: Officer) -> BreakGlass:
    """Open one case file for four hours, without a relationship to it. The officer's manager is told at once, without the
    child's name, and owes a review; for whom nobody is above, another director or the heads of service do.

    case_file: None where the reference led to none. Raises NotAllowed; Refused with `CLOSED` where there is none, it is
    sealed, or the officer declared a conflict; Refused where it is open to them already, the reason says nothing, or there
    is nobody who could account for it.
    """
    require(by, Permission.RECORD_REFERRALS)
    if category not in BreakGlass.Category.values:
        raise Refused("Choose what the emergency is.")
    said = rules.says_why(reason, "What the emergency is")
    if case_file is None:
        raise Refused(CLOSED)
    stamped = now()
    opened = BreakGlass(
        officer=by, case_file=case_file, category=category, reason=said, opened_at=stamped,
        expires_at=stamped + rules.GLASS_LASTS,
    )  # fmt: skip
    if sight_of(by).why(case_file):
        raise Refused("This record is open to you already: nothing need be broken.")
    opened.manager, opened.next_manager = [*rules.accountable(by), None][:2]
    opened.save()
    if not sight_of(by).why(case_file):  # asked of the one choke point, and not worked out here a second time
        raise Refused(CLOSED)
    trail.write("break glass", case_file, by=by, why="break-glass", category=category, break_glass=opened.pk)
    ledger.refresh(opened)
    assert opened.manager  # noqa: S101 (for the type checker)
    post.send(
        "emergency-access",
        to=opened.manager,
        reference=case_file.reference,
        url_name="emergency-review",
        args=[opened.pk],
    )
    return opened


@transaction.atomic
def review_break_glass(*, opened: BreakGlass, finding: str, words: str, by: Officer) -> BreakGlass:
    """Say whether it was right to open the record, and why one thinks so. Whoever answers for the officer does it.

    Raises NotAllowed; Refused where it was reviewed already, nothing was chosen, or the words say nothing.
    """
    require(by, Permission.REVIEW_ACCESS)
    opened = BreakGlass.objects.select_for_update().get(pk=opened.pk)
    rules.of_ones_line(opened.officer, by)
    if opened.reviewed_at is not None:
        raise Refused("This was reviewed already.")
    if finding not in BreakGlass.Finding.values:
        raise Refused("Say whether it was right to open the record.")
    opened.finding, opened.finding_words = finding, rules.says_why(words, "Why you think so")
    opened.reviewed_at, opened.reviewed_by = now(), by
    opened.save(update_fields=["finding", "finding_words", "reviewed_at", "reviewed_by"])
    trail.write(
        "review break-glass", opened, by=by, why="line manager", officer=opened.officer.get_username(), finding=finding
    )
    ledger.refresh(opened)
    return opened
