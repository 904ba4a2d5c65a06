"""The figures by requirement, team and month in SQL written by hand, to hold our own query against."""

from datetime import datetime
from typing import Any

from django.db import connection

SQL = """
SELECT requirement, team_id, month,
  SUM(CASE WHEN done_at <= %(at)s AND done_known_at <= %(at)s AND (due_at IS NULL OR done_at <= due_at) THEN 1 ELSE 0 END),
  SUM(CASE WHEN done_at <= %(at)s AND done_known_at <= %(at)s AND done_at > due_at THEN 1 ELSE 0 END),
  SUM(CASE WHEN (done_at IS NULL OR done_at > %(at)s OR done_known_at > %(at)s)
       AND (excused_at IS NULL OR excused_at > %(at)s OR excused_known_at > %(at)s OR excused_at > due_at) AND due_at < %(at)s THEN 1 ELSE 0 END),
  SUM(CASE WHEN (done_at IS NULL OR done_at > %(at)s OR done_known_at > %(at)s)
       AND (excused_at IS NULL OR excused_at > %(at)s OR excused_known_at > %(at)s OR excused_at > due_at)
       AND (due_at IS NULL OR due_at >= %(at)s) THEN 1 ELSE 0 END),
  SUM(CASE WHEN (done_at IS NULL OR done_at > %(at)s OR done_known_at > %(at)s)
       AND excused_at <= %(at)s AND excused_known_at <= %(at)s
       AND (due_at IS NULL OR excused_at <= due_at) THEN 1 ELSE 0 END)
FROM obligations_obligation
WHERE since_at <= %(at)s AND since_known_at <= %(at)s
GROUP BY requirement, team_id, month
ORDER BY requirement, team_id, month
"""


def by_hand(at: datetime) -> list[tuple[Any, ...]]:
    """The same counts, as the database gives them."""
    with connection.cursor() as cursor:
        cursor.execute(SQL, {"at": connection.ops.adapt_datetimefield_value(at)})
        return list(cursor.fetchall())
