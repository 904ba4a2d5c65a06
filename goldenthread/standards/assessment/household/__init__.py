"""The child and the household: what is known of a child and of those around them, and two records of one child made one (2.5)."""
