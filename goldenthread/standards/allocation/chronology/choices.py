"""What can be chosen of significant events. How significant, how exactly known and from which agency: `cases.events`."""

from goldenthread.cases.events import Significance

MARKS = [(value, label) for value, label in Significance.choices if value != Significance.ROUTINE]
"""What an event can be marked as, or added as: what is for the record only needs nobody to say so."""
