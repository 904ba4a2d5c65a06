"""Conferences, reviews and core groups."""
