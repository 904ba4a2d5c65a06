"""The pages of children in hospital."""
