"""Assessments in four parts, signed off by a manager, with the child's own views; and the child in need plan (2.2, 2.7)."""
