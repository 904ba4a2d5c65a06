"""A small improvement plan as flattened text. Its people are the cast's."""

PLAN = """Monday, 3rd November, 2003

IMPROVEMENT PLAN FOR ELMSHIRE - Progress as at 31 October 2003

Standard 1 - Referrals


Actions Required

Lead Officer(s)

Timescale

Progress October 2003

Action from October 2003

1. To count the needs that go unmet

1. Agree a form for recording unmet need.

2. Include a table in reports to the Chief Executive.

Isla Brandt, Planning Manager

Grace Tillotson, Head of Service

End Oct 03

End Mar 04

A form is in use.

The first table was sent in October.

Confirm how teams will send their figures - Isla Brandt

2. To ensure that agencies always confirm referrals in writing

1. Write to every agency about confirming referrals.

2. Record on file each confirmation that has been received.

3. Report to the Area Child Protection Committee every quarter.

Dev Lindqvist, Team Manager with

Safeguarding Group

End Oct 03

End Mar 04

Letters have been sent to all agencies.

Continue to remind agencies.

Standard 2 - Assessment


Actions Required

Lead Officer(s)

Timescale

Progress October 2003

Action from October 2003

1. To check the register on every referral

Managers to audit files for the check.

All Team Managers

July 03

File audit shows improved practice.

Continue feedback through supervision.
"""
LATER = (
    PLAN.replace("Progress as at 31 October 2003", "Progress as at 31 January 2004")
    .replace("A form is in use.", "The form is in use in all teams.")
    .replace("2. Include a table in reports to the Chief Executive.\n\n", "")
    .replace("Grace Tillotson, Head of Service\n\n", "")
    .replace("All Team Managers", "Grace Tillotson, Head of Service")
)
"""The same plan three months on: one action and its lead have gone, progress moved on, another lead."""


def longer(recommendations: int) -> str:
    """A plan with one standard of that many recommendations, each with two actions."""
    head = PLAN[: PLAN.index("1. To count")]
    body = PLAN[PLAN.index("1. To count") : PLAN.index("2. To ensure")]
    return head + "".join(body.replace("1. To count", f"{n}. To count", 1) for n in range(1, recommendations + 1))
