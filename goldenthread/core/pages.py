"""Long lists, a page at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, cast

from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict


@dataclass(frozen=True, slots=True)
class PageLink:
    """One page number beside a list, and where it leads; a gap has no number."""

    number: int | None
    url: str
    here: bool


class ListPage(Page[Any]):
    """A page that knows which page numbers to show beside it, and their addresses."""

    asked: QueryDict | None = None

    @cached_property
    def _before_number(self) -> str:
        asked = self.asked.copy() if self.asked else QueryDict(mutable=True)
        asked.pop("page", None)
        return f"?{asked.urlencode()}&page=" if asked else "?page="

    def url_of(self, number: int) -> str:
        """The address of another page of the same list: the same query, with its number."""
        return f"{self._before_number}{number}"

    @property
    def links(self) -> list[PageLink]:
        """1 2 3 … 20: the ends, and those around this one."""
        return [
            PageLink(number, self.url_of(number), number == self.number)
            if isinstance(number, int)
            else PageLink(None, "", here=False)
            for number in self.paginator.get_elided_page_range(self.number, on_each_side=1, on_ends=1)
        ]

    @property
    def next_url(self) -> str:
        """The address of the next page. Only where there is one."""
        return self.url_of(self.next_page_number())

    @property
    def previous_url(self) -> str:
        """The address of the page before. Only where there is one."""
        return self.url_of(self.previous_page_number())


if TYPE_CHECKING:
    _Base = Paginator[Any]
else:
    _Base = Paginator


class _Paginator(_Base):
    def _get_page(self, *args: Any, **kwargs: Any) -> ListPage:
        return ListPage(*args, **kwargs)


def page_of(
    request: HttpRequest, rows: QuerySet[Any] | Sequence[Any], size: int = 50, *, count: int | None = None
) -> ListPage:
    """The page of a list that ?page= asks for; the nearest one where there is no such page. Two queries at most.

    count: how many rows there are, where the caller knows; it saves one query.
    """
    paginator = _Paginator(rows, size)
    if count is not None:
        paginator.count = count
    page = cast(ListPage, paginator.get_page(request.GET.get("page")))
    page.asked = request.GET
    return page
