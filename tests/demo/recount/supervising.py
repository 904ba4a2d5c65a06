"""What is owed in this alcove, recounted from raw rows."""

from tests.demo.recount.books import Books


def recount_supervising(books: Books) -> None:
    """Nothing yet."""
