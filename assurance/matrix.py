"""The access matrix: every page, by every role, who is everything that one can be to a record, asked and posted to.

Every protected word of a record is a canary. What comes back is searched for those of records that the officer may not
open, through all its disguises (HTML, headers, JSON, DOCX, XLSX, PDF), and compared with what the oracle expects. What is
disclosed must stand in the trail. Each request is rolled back, so that the next one meets the same world.
"""

import time
from collections.abc import Callable, Iterable

from assurance import oracle
from assurance.addresses import addresses, names_of_pages
from assurance.asking import Asker
from assurance.found import Matrix
from assurance.rows import Row, World

__all__ = ["Matrix", "addresses", "matrix"]


def matrix(
    world: World,
    *,
    names: Iterable[str] | None = None,
    rows: Iterable[Row] | None = None,
    methods: tuple[str, ...] = ("GET", "POST"),
    keep: Callable[[int], bool] = lambda number: True,
    nobody: bool = True,
    until_fault: bool = False,
) -> Matrix:
    """Ask every page (or those named), for every row (or those given). keep: which of the cells, by number, are asked.

    The world must have been built in the transaction that is open."""
    import logging

    from django.test import Client
    from django.urls import get_resolver

    from goldenthread.core.models import TrailEntry

    found, began = Matrix(), time.monotonic()
    known = set(oracle.BY_ROLE) | set(oracle.BY_RECORD) | oracle.BY_RULE | oracle.WITHOUT_SIGNING_IN
    if names is None:
        found.unknown += sorted({str(name) for name in names_of_pages(get_resolver())} - known)
    logged: list[str] = []
    listener = logging.Handler()
    listener.emit = lambda said: logged.append(said.getMessage())  # type: ignore[method-assign]
    logging.getLogger().addHandler(listener)
    asker = Asker(world, found, lambda last: list(TrailEntry.objects.filter(pk__gt=last)), logged)
    wanted = None if names is None else set(names)
    number = 0
    pdf_for: set[str] = set()
    try:
        for row in rows or world.rows:
            client = Client(raise_request_exception=False)
            client.force_login(row.officer)
            pdf = row.role not in pdf_for
            pdf_for.add(row.role)
            for address in addresses(world, row, pdf=pdf):
                if (wanted is not None and address[0] not in wanted) or address[0] in oracle.WITHOUT_SIGNING_IN:
                    continue
                for method in methods:
                    number += 1
                    if (method, address[0]) in _ENDS_THE_SESSION or not keep(number):
                        continue
                    asker.cell(client, row, address, method, row)
                    if until_fault and found.faults:
                        return found
        if nobody:
            stranger = Client(raise_request_exception=False)
            for address in addresses(world, world.rows[0], pdf=False):
                if wanted is None or address[0] in wanted:
                    for method in methods:
                        asker.cell(stranger, None, address, method, world.rows[0])
    finally:
        logging.getLogger().removeHandler(listener)
        found.seconds = time.monotonic() - began
    return found


_ENDS_THE_SESSION = {("POST", "sign-out"), ("POST", "password"), ("POST", "step-up")}
