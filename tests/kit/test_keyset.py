"""Paging by the key of the last row."""

import pytest

from armclients.kit import keyset
from orders.models import Document
from tests import make


class TestCursor:
    def test_comes_back_as_it_was_packed(self):
        assert keyset.unpack(keyset.pack("2041-03-12", 7), 2) == ["2041-03-12", "7"]

    @pytest.mark.parametrize("cursor", [None, "", "x", "a:b:c", "%", "я", "\0", ":" * 5000])
    def test_that_is_none_is_nothing(self, cursor):
        assert keyset.unpack(cursor, 2) is None

    def test_of_another_size_is_nothing(self):
        assert keyset.unpack(keyset.pack("a", "b", "c"), 2) is None

    def test_that_was_touched_is_nothing(self):
        cursor = keyset.pack("2041-03-12", 7)

        assert keyset.unpack("A" + cursor[1:], 2) is None


@pytest.mark.django_db
class TestNewestFirst:
    def pages(self, size: int) -> list[list[int]]:
        pages, after = [], None
        while True:
            page = keyset.newest_first(Document.objects.all(), "date", after, size=size)
            pages.append([row.pk for row in page])
            after = page.after
            if not after:
                return pages

    @pytest.mark.parametrize("size", [1, 2, 3, 5, 6, 7, 8])
    def test_pages_join_without_gaps(self, size):
        made = [make.work_order(date=make.day(days)).pk for days in (0, 0, 0, 1, 1, 2, 2)]

        pages = self.pages(size)

        assert sum(pages, []) == made[::-1]  # noqa: RUF017 — seven rows
        assert all(len(page) == size for page in pages[:-1])

    def test_an_empty_list_is_one_empty_page(self):
        assert self.pages(5) == [[]]

    def test_a_cursor_of_another_list_starts_anew(self):
        order = make.work_order()

        for cursor in (keyset.pack("no date", 5), keyset.pack("2041-03-12", "x"), "forged"):
            page = keyset.newest_first(Document.objects.all(), "date", cursor)
            assert [row.pk for row in page] == [order.pk]
