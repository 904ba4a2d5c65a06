"""Everything owed, recounted."""

from datetime import datetime
from functools import cache

from tests.demo.recount.allocating import recount_allocating
from tests.demo.recount.assessing import recount_assessing
from tests.demo.recount.books import Books
from tests.demo.recount.chronology import recount_chronology
from tests.demo.recount.closing import recount_closing
from tests.demo.recount.conferring import recount_conferring
from tests.demo.recount.hospital import recount_hospital
from tests.demo.recount.housing import recount_of_housing
from tests.demo.recount.interpreting import recount_of_interpreters
from tests.demo.recount.legal import recount_legal
from tests.demo.recount.oversight import recount_actions, recount_oversight
from tests.demo.recount.protection import recount_case_records, recount_protection
from tests.demo.recount.referrals import recount_referrals
from tests.demo.recount.register import recount_register
from tests.demo.recount.supervising import recount_supervising
from tests.demo.recount.transferring import recount_transferring


@cache  # of the one authority that the tests of this folder only look at
def recount(as_at: datetime, known: datetime) -> Books:
    """Everything owed from raw rows as at one instant, on what was known by another."""
    books = Books(as_at, known)
    recount_referrals(books)
    recount_actions(books)
    recount_oversight(books)
    recount_legal(books)
    recount_hospital(books)
    recount_assessing(books)
    recount_of_interpreters(books)
    # (end of interpreting)
    recount_of_housing(books)
    # (end of housing)
    recount_case_records(books)
    recount_protection(books)
    recount_register(books)
    recount_allocating(books)
    recount_transferring(books)
    recount_chronology(books)
    recount_conferring(books)
    recount_supervising(books)
    recount_closing(books)
    return books
