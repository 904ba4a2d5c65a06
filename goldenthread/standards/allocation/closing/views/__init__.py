"""The pages of closing case files."""
