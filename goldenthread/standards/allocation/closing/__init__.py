"""Closing a case file (3.4): what is outstanding is settled one by one, those around the child are told, a manager signs."""
