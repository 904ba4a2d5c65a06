"""Long lists, a page at a time."""

from django.test import RequestFactory

from goldenthread.core.pages import page_of
from goldenthread.core.templatetags.words import options


def test_page_links_keep_what_was_asked_and_name_the_page_once() -> None:
    page = page_of(RequestFactory().get("/list/?team=east&page=3&q=a+b%26c"), range(1000), size=10)
    assert page.next_url == "?team=east&q=a+b%26c&page=4"
    assert page.previous_url == "?team=east&q=a+b%26c&page=2"
    assert [link.number for link in page.links] == [1, 2, 3, 4, None, 100]
    assert [link.number for link in page.links if link.here] == [3]


def test_page_links_where_nothing_was_asked() -> None:
    page = page_of(RequestFactory().get("/list/"), range(30), size=10)
    assert [link.url for link in page.links] == ["?page=1", "?page=2", "?page=3"]
    assert page.next_url == "?page=2"


def test_a_count_that_is_known_is_not_asked_again() -> None:
    class Uncounted:
        def __len__(self) -> int:
            raise AssertionError("counted")

        def __getitem__(self, part: slice) -> list[int]:
            return list(range(part.start, part.stop))

    page = page_of(RequestFactory().get("/", {"page": 2}), Uncounted(), size=10, count=15)  # type: ignore[arg-type]
    assert list(page.object_list) == [10, 11, 12, 13, 14]


def test_options_are_escaped_and_one_is_chosen() -> None:
    assert options([("", "Any"), ('a"', "<b>")], 'a"') == (
        '<option value="">Any</option><option value="a&quot;" selected>&lt;b&gt;</option>'
    )
