"""Letting the database look over what it holds, so that it knows which index leads to fewest rows."""

from django.db import connection


def look_over() -> None:
    """Have every table and index counted; in a running transaction too. PostgreSQL does so by itself in time, and not of what a
    transaction has just written; SQLite never does unless it is asked, and then goes through a whole table where an index
    would have led to a few rows."""
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
