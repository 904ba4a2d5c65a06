"""The pages of interpreters."""
