"""Everything owed, recounted."""

from datetime import datetime
from functools import cache

from tests.demo.recount.assessing import recount_assessing
from tests.demo.recount.books import Books
from tests.demo.recount.hospital import recount_hospital
from tests.demo.recount.housing import recount_of_housing
from tests.demo.recount.interpreting import recount_of_interpreters
from tests.demo.recount.legal import recount_legal
from tests.demo.recount.oversight import recount_actions, recount_oversight
from tests.demo.recount.protection import recount_case_records, recount_protection
from tests.demo.recount.referrals import recount_referrals
from tests.demo.recount.register import recount_register


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
    return books
