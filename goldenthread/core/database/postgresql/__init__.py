"""PostgreSQL, with the trail sealed at each commit."""
