"""Interpreters: asked for, provided, in time (2.5)."""
