"""The pages of a chronology."""
