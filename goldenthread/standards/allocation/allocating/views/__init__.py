"""The pages of allocation, and of files that nobody has."""
