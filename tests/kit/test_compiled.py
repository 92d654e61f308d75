"""A compiled queryset reads what the plain one reads, for every value and in every thread."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.contrib.postgres.fields import ArrayField
from django.db import connection, models

from armclients.kit.compiled import Compiled, Given
from armclients.kit.lookups import holding
from customers.models import Counterparty
from tests import make

PATTERNS = Given("patterns", ArrayField(models.TextField()))
KEYS = Given("keys", ArrayField(models.BigIntegerField()))


@pytest.fixture
def three(db) -> list[Counterparty]:
    return [make.client(name) for name in ("Ада", "Боб 5%", "Вера")]


def test_gives_instances_with_what_was_selected_along(three, anna, django_assert_num_queries):
    Counterparty.objects.filter(pk=three[0].pk).update(manager=anna)
    one = Compiled(lambda: Counterparty.objects.select_related("manager").filter(pk=Given("pk")))
    assert one.first(pk=three[1].pk) == three[1]
    found = one.first(pk=three[0].pk)
    with django_assert_num_queries(0):
        assert found.manager == anna
    assert one.first(pk=0) is None


def test_gives_values_of_as_many_keys_as_given(three):
    names = Compiled(
        lambda: Counterparty.objects.filter(pk__any_of=KEYS).order_by("pk").values_list("name")
    )
    assert list(names(keys=[three[2].pk, three[0].pk])) == [("Ада",), ("Вера",)]
    assert list(names(keys=[])) == []


@pytest.mark.parametrize(
    ("lookup", "parts", "found"),
    [
        ("like_any", ["5%"], ["Боб 5%"]),
        ("like_any", ["Ад", "Ве"], ["Ада", "Вера"]),
        ("like_any", [], []),
        ("like_all", ["А", "да"], ["Ада"]),
        ("like_all", [], ["Ада", "Боб 5%", "Вера"]),
    ],
)
def test_compares_with_patterns(three, lookup, parts, found):
    named = Compiled(
        lambda: Counterparty.objects.filter(**{f"name__{lookup}": PATTERNS}).order_by("name")
    )
    assert [each.name for each in named(patterns=[holding(part) for part in parts])] == found


def test_writes_its_sql_once(three, django_assert_num_queries):
    written = []

    def described() -> models.QuerySet[Counterparty]:
        written.append(1)
        return Counterparty.objects.filter(pk=Given("pk"))

    one = Compiled(described)
    with django_assert_num_queries(3):
        for each in three:
            assert one.first(pk=each.pk) == each
    assert written == [1]


def test_a_missing_value_is_an_error(three):
    with pytest.raises(KeyError):
        Compiled(lambda: Counterparty.objects.filter(pk=Given("pk"))).first(id=1)


@pytest.mark.django_db(transaction=True)
def test_threads_share_it_and_keep_their_own_connections():
    clients = [make.client(f"Клиент {n}") for n in range(20)]
    one = Compiled(lambda: Counterparty.objects.filter(pk=Given("pk")))

    def read(client: Counterparty) -> bool:
        try:
            return all(one.first(pk=client.pk).name == client.name for _ in range(5))
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        assert all(pool.map(read, clients))
