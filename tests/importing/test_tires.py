"""The files of the tire hotel: what lands, and what is named as wrong."""

import pytest

from tests import make
from vehicles.actions import tires
from vehicles.models import StorageCell, TireSet

CELLS = "code;store;rack;shelf;position\nA-1;Отель;1;1;1\n"
CLIENTS = "id;name\nc;Зубков\n"


@pytest.fixture
def write(tmp_path):
    def into(**files: str):
        for name, rows in {"customers": CLIENTS, "tire_cells": CELLS, **files}.items():
            (tmp_path / f"{name}.csv").write_text(rows)
        return tmp_path

    return into


@pytest.mark.django_db
class TestTireSets:
    def test_lie_in_their_cells_under_numbers_that_go_on(self, bring, write):
        rows = "id;customer;season;number;cell\n1;c;winter;T000041;A-1\n2;c;летние;;\n"

        bad = bring(write(tire_sets=rows))
        ran = bring(write(tire_sets=rows.replace("летние", "summer")))

        assert (bad.status, ran.status) == (1, 0), ran.complained
        assert list(TireSet.objects.order_by("number").values_list("number", "cell__code")) == [
            ("T000041", "A-1"),
            ("T000042", None),
        ]
        assert StorageCell.objects.get().held == 4
        given = {"by": None, "at": make.NOW, "today": make.TODAY}
        assert tires.take_in(depositor=make.client(), season="all", **given).number == "T000043"

    @pytest.mark.parametrize(
        ("rows", "said"),
        [
            ("1;c;winter;T1;A-1;4\n2;c;winter;T2;A-1;1\n", "cell"),
            ("1;c;winter;T1;A-1;5\n", "cell"),
            ("1;c;winter;T1;;4\n2;c;winter;T1;;4\n", "number"),
            ("1;c;winter;T1;B-9;4\n", "cell"),
            ("1;c;winter;T1;A-1;13\n", "quantity"),
        ],
    )
    def test_are_refused_by_name(self, bring, write, rows, said):
        ran = bring(write(tire_sets=f"id;customer;season;number;cell;quantity\n{rows}"))

        assert ran.status == 1
        assert said in ran.said + ran.complained
        assert not TireSet.objects.exists()
