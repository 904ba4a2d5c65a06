"""What is owed is no event of a child's life: what was done is, and the record of it tells it."""

from goldenthread.cases.events import leaves_out
from goldenthread.obligations.models import Obligation

leaves_out(Obligation, "It is worked out from the records, which are the events themselves.")
