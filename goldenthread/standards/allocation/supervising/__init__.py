"""Supervision (2.1): who supervises whom and when they met, and what was said and agreed about each case."""
