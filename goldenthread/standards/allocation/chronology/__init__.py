"""Chronologies."""
