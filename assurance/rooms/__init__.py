"""The rooms of the access matrix's world, one file each: what it puts on every record (`fill`), its pages with the arguments
of their addresses (`addresses`), what is filled in where one is posted to, so that the verb itself is reached (`POSTED`), how
the trail tells that something was only read (`READING`), and under which keys it names what was read (`keys`)."""

from assurance.rooms import (
    allocating,
    assessing,
    chronology,
    closing,
    conferring,
    hospital,
    household,
    housing,
    interpreting,
    legal,
    oversight,
    plan,
    procedures,
    referrals,
    register,
    supervising,
    transferring,
)

ROOMS = (
    plan, oversight, referrals, household, register, assessing, procedures, interpreting, housing, legal, hospital,
    allocating, transferring, conferring, supervising, chronology, closing,
)  # fmt: skip
"""In the order in which a record is filled: what comes later may build on what came before."""
