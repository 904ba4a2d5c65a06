"""An auditor's recount: every figure again from the raw rows, by other code than that which made it.

Nothing of requirements, ledger, tally, verdicts, timescales or figures is used to count here.
"""
