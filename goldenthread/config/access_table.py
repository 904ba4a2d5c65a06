"""Who may open which page: every URL name once. What is not here is closed, and a test holds it against the URLs."""

from goldenthread.people.access import AccessTable

ACCESS: AccessTable = {}
