"""Every column of words that can tell of a client is decided on: forgotten, or kept and why."""

import pytest
from django.apps import apps
from django.db import models

from armclients.privacy.catalogue import CATALOGUE
from customers.models import Counterparty
from tests.privacy.somebody import words_of

DECIDED = {held.model: held for held in CATALOGUE}


def tables_that_lead_to_a_client() -> list[type[models.Model]]:
    """By any chain of links: of their own, or of the documents, sets, carts they belong to."""
    tables = [
        model
        for model in apps.get_models(include_auto_created=True)
        if not hasattr(model, "pgh_tracked_model") and model._meta.managed
    ]
    reached, before = set(DECIDED), set()
    while before != reached:
        before = set(reached)
        reached |= {
            model
            for model in tables
            if any(field.related_model in reached for field in model._meta.local_fields)
        }
    return [model for model in tables if model in reached and not is_only_links(model)]


def is_only_links(model: type[models.Model]) -> bool:
    return bool(model._meta.auto_created)


TABLES = tables_that_lead_to_a_client()


def test_the_chains_are_found():
    labels = {model._meta.label for model in TABLES}

    assert {"orders.LineAnswer", "vehicles.TireMovement", "vehicles.VehiclePlate"} <= labels


@pytest.mark.parametrize("model", TABLES, ids=lambda model: model._meta.label)
def test_each_table_is_in_the_catalogue(model):
    """A new one belongs into the `personal.py` of its floor."""
    assert model in DECIDED


@pytest.mark.parametrize("held", CATALOGUE, ids=lambda held: held.model._meta.label)
class TestEachTable:
    def test_decides_on_each_column_of_words_once(self, held):
        kept = [name for names in held.kept.values() for name in names]
        decided = [*held.emptied, *held.dashed, *kept]

        words = {column.name for column in words_of(held.model)}

        assert len(decided) == len(set(decided))
        assert not decided if held.goes else words <= set(decided)

    def test_names_columns_that_exist(self, held):
        columns = {column.name for column in held.model._meta.local_concrete_fields}
        named = {*held.emptied, *held.dashed, *held.hidden, *held.worded, *held.only}
        named |= {name for names in held.kept.values() for name in names}

        assert {name for name in named if "__" not in name} <= columns

    def test_leads_to_clients(self, held):
        for way in held.through:
            assert held.model._base_manager.filter(**{f"{way}__in": [0]}).query
            assert Counterparty in linked(held.model, way)


def linked(model: type[models.Model], way: str) -> set[type[models.Model]]:
    """The tables along a way."""
    passed = {model}
    for name in way.split("__"):
        if name != "id":
            model = model._meta.get_field(name).related_model
            passed.add(model)
    return passed
