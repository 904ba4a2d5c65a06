"""Temporary accommodation: is it suitable for the child, and who was told where it is not (2.6)."""
