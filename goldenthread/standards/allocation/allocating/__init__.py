"""Allocation (2.1, 3.4, 7.5): who works with a child, for what, and how long nobody did."""
