"""When access may be given, taken or accounted for. Each raises Refused with what is wrong and what to do."""

from datetime import datetime, timedelta

from goldenthread.cases.models import CaseFile, Child
from goldenthread.cases.sight import sight_of
from goldenthread.core.clock import now
from goldenthread.core.errors import NotAllowed, Refused
from goldenthread.core.words import is_placeholder
from goldenthread.people.line import accountable_for, accounts_to
from goldenthread.people.models import Officer, Team
from goldenthread.people.roles import Permission

GLASS_LASTS = timedelta(hours=4)
LONGEST_SHIFT = timedelta(hours=24)
LONGEST = 300  # characters of a reason


def says_why(words: str, what: str, longest: int = LONGEST) -> str:
    """The words without space around them; refuses those that say nothing or too much."""
    said = " ".join(words.split())
    if is_placeholder(said):
        raise Refused(f"{what}: write words that someone else can judge.")
    if len(said) > longest:
        raise Refused(f"{what}: say it in {longest} characters or fewer; this has {len(said)}.")
    return said


def opened(case_file: CaseFile, by: Officer) -> str:
    """Only whoever may open a file themselves may let others in. Returns why they may, for the trail. Raises NotAllowed."""
    sight = sight_of(by)
    if not sight.may_write(case_file):
        raise NotAllowed("That case file is one that you may not open.")
    return sight.why(case_file)


def of_ones_line(officer: Officer, by: Officer) -> None:
    """Only those to whom an officer accounts may do this; nobody for themselves. Raises NotAllowed."""
    if not accounts_to(officer, by):
        raise NotAllowed("Only those who answer for this officer may do that.")


def accountable(officer: Officer) -> list[Officer]:
    """Those to whom the officer accounts, nearest first. Raises Refused where there is nobody: what nobody would look at
    is not done."""
    found = accountable_for(officer)
    if not found:
        raise Refused(
            "Nobody could account for this afterwards: no other manager has an account in use. Ask an administrator to open one."
        )
    return found


def reads_records(officer: Officer) -> None:
    """Administrators and members never read a record, whoever names them."""
    if not officer.may(Permission.READ_RECORDS):
        raise Refused(f"{officer.name} is a {officer.role_data.title.lower()}: this role never opens a child's record.")


def one_file_of(child: Child, by: Officer) -> str:
    """Whoever restricts a child's records may open one of the child's files. Returns why, for the trail. Raises NotAllowed."""
    found = CaseFile.objects.visible_to(by).filter(children=child).first()
    if found is None:
        raise NotAllowed("That child's record is one that you may not open.")
    return sight_of(by).why(found)


def shift(officer: Officer, team: Team | None, starts_at: datetime, ends_at: datetime, by: Officer) -> None:
    """A shift lies ahead or has just begun, and is no longer than a day; whoever sets it answers for that team, and
    out of hours for more than one."""
    if not officer.may(Permission.RECORD_REFERRALS):
        raise Refused(f"{officer.name} cannot be on duty: this role does not record what is done.")
    if ends_at <= starts_at:
        raise Refused("The shift must end after it begins.")
    if ends_at - starts_at > LONGEST_SHIFT:
        raise Refused("A shift is 24 hours at most: enter the next one by itself.")
    if ends_at <= now():
        raise Refused("That shift is over already: it would let nobody in now.")
    reached = by.line_team_ids()
    if team is None:
        if reached is not None and by.role_data.scope != "group":
            raise NotAllowed("Out-of-hours shifts are set by those who answer for more than one team.")
    elif reached is not None and team.pk not in reached:
        raise NotAllowed("That team's rota is kept by those who answer for it.")
