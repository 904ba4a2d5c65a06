"""Legal advice at any hour: the rota and its gaps, requests and how long they took (2.8)."""
