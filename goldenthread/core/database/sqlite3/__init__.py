"""SQLite, with the trail sealed at each commit."""
