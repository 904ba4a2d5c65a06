"""Closure of case files."""
