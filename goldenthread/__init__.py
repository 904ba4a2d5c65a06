"""Golden Thread: a children's service's improvement plan, its practice and its evidence in one line."""

import sys

try:
    import pysqlite3

    # Django finds SQLite as `sqlite3`. The SQLite that Python 3.11 brings has the WAL-reset fault (see
    # goldenthread.core.sqlite_guard), so the sound one takes its name before Django is imported.
    sys.modules["sqlite3"] = pysqlite3
    sys.modules["sqlite3.dbapi2"] = pysqlite3.dbapi2
except ImportError:
    pass

__version__ = "0.1.0"
