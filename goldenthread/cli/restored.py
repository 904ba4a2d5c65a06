"""What is asked of a restored database before it takes its place: run as a process of its own, on that database.

Prints each check; ends with 1 where one fails. A restore leaves an entry in the trail that it restored.
"""

import sys

from goldenthread.core.errors import Refused


def main(deed: str, by: str, taken_at: str) -> int:
    """`deed` is “restore” or “drill”."""
    from goldenthread.cli.database import ready

    try:
        ready()
    except Refused as refused:
        print(refused)
        return 1
    from django.contrib.sessions.models import Session
    from django.db import transaction

    from goldenthread.cli.output import COMMAND_LINE, officer
    from goldenthread.core import anchors, trail, verifying
    from goldenthread.obligations import ledger
    from goldenthread.obligations.models import Obligation

    if not verifying.head_holds():
        print(f"{verifying.OTHER_KEY} Put the keys that were kept apart into the data folder, then restore again.")
        return 1
    if deed == "restore":  # what was anchored after the backup was taken no longer counts, and verifying will say so
        anchors.anchor(after="restore")
    checked = verifying.verify()
    beyond = {"truncated", "unanchored"} if deed == "drill" else set()  # a drill's backup is older than the last anchor
    faults = [*map(str, ledger.verify()), *(str(fault) for fault in checked.faults if fault.what not in beyond)]
    for fault in faults:
        print(fault)
    if faults:
        return 1
    print(f"The trail, worked out anew: {checked.rows:,} entries, each sealed to the one before")
    print(f"The ledger, worked out anew: 0 differences in {Obligation.objects.count():,} obligations")
    if deed == "restore":
        with transaction.atomic():
            Session.objects.all().delete()  # who has left since, or signed out, does not come back with the records
            # Who restored need not be an officer of the database that came back.
            trail.write(
                "restore backup", "database", by=officer(None), why=COMMAND_LINE, asked_by=by, taken_at=taken_at
            )
        print("Everyone is signed out, and the restore is in the trail")
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
