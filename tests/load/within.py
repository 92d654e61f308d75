"""The same questions inside this process: statements counted, and like compared with like.

The product, the floor and Django admin all answer through Django's test client, the same
middleware and a real session; only then is a ratio of their times honest.
"""

import time
from collections.abc import Callable, Sequence
from urllib.parse import urlencode

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from armclients.models import User
from armclients.workstation.search import find
from tests.load import compared
from tests.load.cases import Case, wanted_of
from tests.load.measure import OK, Timing

BACKEND = "armclients.users.OneStatementBackend"
ADDRESSES = 10  # of a case, each asked ROUNDS times after once for warmth
ROUNDS = 5
PATIENCE = 5  # seconds for all addresses of a case


def browser(user: User) -> Client:
    logged_in = Client()
    logged_in.force_login(user, backend=BACKEND)
    return logged_in


def statements(client: Client, case: Case) -> int:
    """The most that one of the first addresses costs, without the look-up of session and user."""
    most = 0
    for address in case.addresses[:ADDRESSES]:
        with CaptureQueriesContext(connection) as queries:
            client.get(address, headers=dict(case.headers))
        own = [q["sql"] for q in queries if not _knows_the_user(q["sql"])]
        most = max(most, len(own))
    return most


def _knows_the_user(sql: str) -> bool:
    return '"django_session"' in sql or sql.startswith('SELECT "armclients_user"."id"')


def product(client: Client, case: Case) -> Timing:
    headers = dict(case.headers)
    return _timed(case.addresses, lambda address: client.get(address, headers=headers))


def floor(client: Client, case: Case, user: User) -> Timing:
    """The same rows again, by primary key."""
    addresses = []
    for query, address in list(zip(case.queries, case.addresses, strict=True))[:ADDRESSES]:
        compared.remember(query, user, address)
        addresses.append(f"/floor/?{urlencode({'answer': address})}")
    headers = dict(case.headers)
    return _timed(addresses, lambda address: client.get(address, headers=headers))


def admin(client: Client, case: Case, site: str) -> Timing:
    """The same words typed into Django's own list of clients."""
    page = f"/{site}/customers/counterparty/?"
    return _timed([page + urlencode({"q": words}) for words in case.typed], client.get)


def statement(case: Case, user: User) -> Timing:
    """The search statement alone, each once, after one for warmth."""
    timing = Timing()
    searches = wanted_of(case, user)
    for _warm in range(2):
        timing = Timing()
        for wanted in searches:
            begun = time.perf_counter()
            find(wanted)
            timing.seconds.append(time.perf_counter() - begun)
    return timing


def _timed(addresses: Sequence[str], get: Callable[[str], object]) -> Timing:
    """Several rounds over the addresses, the first for warmth where there is time for it."""
    timing = Timing()
    until = time.perf_counter() + PATIENCE
    for turn in range(ROUNDS + 1):
        for address in addresses[:ADDRESSES]:
            begun = time.perf_counter()
            answer = get(address)
            seconds = time.perf_counter() - begun
            failed = getattr(answer, "status_code", OK) != OK
            if turn or seconds > 1:
                timing.add([seconds], 0, failed)
            if time.perf_counter() > until and timing.seconds:
                return timing
    return timing
