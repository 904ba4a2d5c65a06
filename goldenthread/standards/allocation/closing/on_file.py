"""What a case file's page shows of this."""

from goldenthread.cases.models import CaseFile
from goldenthread.cases.sections import Section
from goldenthread.people.models import Officer


def section(officer: Officer, case_file: CaseFile, *, may_record: bool) -> Section | None:
    """Nothing yet."""
    return None
