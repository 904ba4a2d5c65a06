"""Transfers from team to team."""
