"""Dates, numbers and verdicts in words, for every template."""

from django import template

register = template.Library()
