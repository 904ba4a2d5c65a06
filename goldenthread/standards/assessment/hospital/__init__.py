"""Children in hospital: notified, seen, and not discharged without a plan (2.9)."""
