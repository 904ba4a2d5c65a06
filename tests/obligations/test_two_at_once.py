"""Two officers who write about one record at the same moment."""

import threading
from datetime import UTC, datetime

import pytest
from django.db import connection, transaction

from goldenthread.cases.models import CaseFile, Holding
from goldenthread.obligations import ledger
from goldenthread.obligations.models import Obligation
from goldenthread.obligations.requirement import install, installed
from goldenthread.people.models import Team
from tests.obligations.conftest import CLOSING, HOLDINGS

AT = datetime(2003, 10, 6, 9, 0, tzinfo=UTC)


@pytest.mark.postgres
@pytest.mark.ledger_broken_on_purpose
def test_the_second_sees_what_the_first_wrote(transactional_db: None) -> None:
    others = dict(installed())
    installed().clear()  # what a holding owes besides is worked out by who hands a file over, under a lock of the file
    install((CLOSING, HOLDINGS))
    team = Team.objects.create(key="one", name="One")
    case_file = CaseFile.objects.create(reference="CF1", team=team, opened_at=AT)
    first_wrote, first_may_end = threading.Event(), threading.Event()
    faults: list[BaseException] = []

    def write(wrote: threading.Event | None, may_end: threading.Event | None) -> None:
        try:
            with transaction.atomic():
                Holding.objects.create(case_file=case_file, team=team, since_at=AT, recorded_at=AT)
                ledger.refresh(case_file)
                if wrote and may_end:
                    wrote.set()
                    may_end.wait(20)
        except BaseException as fault:
            faults.append(fault)
        finally:
            connection.close()

    first = threading.Thread(target=write, args=(first_wrote, first_may_end))
    second = threading.Thread(target=write, args=(None, None))
    try:
        first.start()
        assert first_wrote.wait(20)
        second.start()
        second.join(0.5)
        assert second.is_alive(), "the second waits for the first"
        first_may_end.set()
        first.join(20)
        second.join(20)
        assert faults == []
        assert Obligation.objects.filter(requirement=HOLDINGS.key).count() == 2
        assert ledger.verify() == []
    finally:
        first_may_end.set()
        installed().clear()
        install(others.values())
