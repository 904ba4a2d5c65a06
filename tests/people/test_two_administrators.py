"""Two administrators who close each other's account at the same moment: one of them stays."""

import threading
from contextlib import suppress

import pytest
from django.db import connection

from goldenthread.core.errors import Refused
from goldenthread.people import accounts
from goldenthread.people.models import Officer


@pytest.mark.postgres
def test_the_last_administrator_stays_when_two_close_each_other_at_once(
    transactional_db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    kit = Officer.objects.create_officer("kit", name="Kit", role="administrator")
    lou = Officer.objects.create_officer("lou", name="Lou", role="administrator")
    plain, both, said = accounts._close, threading.Barrier(2, timeout=1), list[BaseException]()

    def together(officer: Officer, **how: object) -> None:
        """Each closes, and writes it only when the other has closed too, or waits in vain."""
        plain(officer, **how)  # type: ignore[arg-type]
        with suppress(threading.BrokenBarrierError):
            both.wait()

    def close(officer: Officer, by: Officer) -> None:
        try:
            accounts.close_account(officer=officer, reason="Left", by=by)
        except Refused as refused:
            said.append(refused)
        finally:
            connection.close()

    monkeypatch.setattr(accounts, "_close", together)
    threads = [threading.Thread(target=close, args=pair) for pair in ((kit, lou), (lou, kit))]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert Officer.objects.filter(is_active=True).count() == 1
    assert ["last administrator" in str(one) for one in said] == [True]
