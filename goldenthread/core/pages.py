"""Long lists, a page at a time."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest


class ListPage(Page[Any]):
    """A page that knows which page numbers to show beside it."""

    @property
    def shown_numbers(self) -> list[int | str]:
        """1 2 3 … 20: the ends, and those around this one."""
        return list(self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1))


if TYPE_CHECKING:
    _Base = Paginator[Any]
else:
    _Base = Paginator


class _Paginator(_Base):
    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage:
        return ListPage(*args, **kwargs)


def page_of(request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = 50) -> ListPage:
    """The page of a list that ?page= asks for; the nearest one where there is no such page. Two queries at most."""
    return cast(ListPage, _Paginator(rows, size).get_page(request.GET.get("page")))
