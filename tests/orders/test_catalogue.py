"""Parts by article in any spelling and by words, with stock and analogs; labour likewise."""

import pytest
from django.db import connection

from orders.models import Analog, Part
from orders.queries import catalogue
from tests import make

pytestmark = pytest.mark.django_db


def articles(found):
    return [part.article for part in found]


class TestParts:
    @pytest.mark.parametrize(
        "typed", ["OC-90/4", "oc904", "ОС 90 4", "ос-904", "0C90", "oc9", "OC.90/4"]
    )
    def test_are_found_by_article_in_any_spelling(self, typed):
        make.part("OC 90/4")
        make.part("W712")

        assert articles(catalogue.parts(typed)) == ["OC 90/4"]

    def test_the_whole_article_comes_first(self):
        for article in ("W712/75", "W712", "W7123", "AW712"):
            make.part(article)

        assert articles(catalogue.parts("w-712"))[0] == "W712"
        assert articles(catalogue.parts("w-712"))[-1] == "AW712"

    @pytest.mark.parametrize(
        "typed", ["фильтр масл", "МАСЛЯНЫЙ knecht", "knecht ос-90", "кнехт масляный", "масляныи"]
    )
    def test_are_found_by_all_words(self, typed):
        make.part("OC90", manufacturer="Knecht", name="Фильтр масляный")
        make.part("LX90", manufacturer="Mann", name="Фильтр воздушный")

        found = articles(catalogue.parts(typed))

        assert found == ([] if typed in {"кнехт масляный", "масляныи"} else ["OC90"])

    def test_what_is_free_comes_first(self):
        make.part("B", name="Свеча А")
        make.stock(make.part("A", name="Свеча Я"), 3)

        found = catalogue.parts("свеча")

        assert articles(found) == ["A", "B"]
        assert [(s.warehouse.name, s.free) for s in found[0].shelves] == [("Основной", 3)]

    def test_what_is_held_is_not_free(self):
        shelf = make.stock(make.part("A"), 3)
        make.stock(shelf.part, 4, warehouse="Дальний")
        make.reserve(make.goods(make.customer_order(), shelf.part), 2, of=shelf)

        (found,) = catalogue.parts("A")

        assert (found.free, [shelf.free for shelf in found.shelves]) == (5, [4, 1])

    @pytest.mark.parametrize("typed", ["", "  ", "-", "%", "_", "\\", "…", "x" * 500])
    def test_nonsense_finds_nothing(self, typed):
        make.part("AB")

        assert catalogue.parts(typed) == []
        assert catalogue.works(typed) == []

    def test_costs_three_statements(self, statements):
        for number in range(30):
            make.stock(make.part(f"AB{number}", name="Свеча"))

        with statements(at_most=3):
            found = catalogue.parts("свеча")

        assert len(found) == catalogue.LIMIT

    def test_the_indexes_are_used(self):
        Part.objects.bulk_create(Part(article=f"AB-{n}", name=f"Свеча {n}") for n in range(3000))
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE orders_part")

        assert "part_key_idx" in catalogue._by_article("ав-77").explain()
        assert "part_words_idx" in catalogue._by_words(["свеча", "777"]).explain()


class TestAnalogs:
    def test_hold_both_ways(self):
        ours, other, third = (make.part(article) for article in ("A1", "B2", "C3"))
        Analog.objects.create(part=ours, analog=other)
        Analog.objects.create(part=third, analog=ours)
        make.stock(third)

        found = catalogue.analogs_of(catalogue.parts("a1"))

        assert articles(found) == ["C3", "B2"]
        assert found[0].instead_of == ["A1"]
        assert articles(catalogue.analogs_of([other])) == ["A1"]

    def test_what_was_found_itself_is_not_repeated(self):
        ours, other = make.part("A1"), make.part("A2")
        Analog.objects.create(part=ours, analog=other)

        assert catalogue.analogs_of(catalogue.parts("A")) == []


class TestWorks:
    def test_are_found_by_code_and_by_words(self):
        make.labor("Замена передних колодок", code="Т-01")
        make.labor("Замена свечей", code="Д-01")

        assert [work.code for work in catalogue.works("t01")] == ["Т-01"]
        assert [work.code for work in catalogue.works("колод замена")] == ["Т-01"]
        assert len(catalogue.works("замена")) == 2
