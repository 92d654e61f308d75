"""`python -m tests.load --size 200000`: makes the base, serves it, asks, and prints the table.

Figures over HTTP are what a user waits for: the product served by `manage.py serve`, a session
each, one kept connection a user. The floor and Django admin have no address of the product, so
they are compared in this process, on the same database, with the same searches answered by the
same test client.
"""

import argparse
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from armclients.models import User
    from tests.load.cases import Case
    from tests.load.measure import Timing
    from tests.load.table import Line

ROOT = Path(__file__).resolve().parents[2]
# Users at once, and how often each of them asks; fewer where they are many.
TIMES = {1: 60, 8: 8, 32: 3}
SESSIONS = 8
MIX = "random mix"
WHOLE_MIX = 120.0  # seconds: the mix is a goal of its own and is asked to its end


def main() -> None:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--size", type=int, default=200_000, help="clients in the base")
    arguments.add_argument("--only", default="", help="cases whose name contains this")
    asked = arguments.parse_args()
    begun = time.perf_counter()
    # Never a database somebody needs: its schema is thrown away.
    os.environ["DATABASE_URL"] = ""
    os.environ.setdefault("ARM_DATA_DIR", str(ROOT / f".data/bench-{asked.size}"))
    os.environ["DJANGO_SETTINGS_MODULE"] = "tests.load.settings"
    import django

    django.setup()
    from armclients.models import User
    from tests.load import base, cases, table

    base.prepare(asked.size, say)
    say(table.machine())
    say(", ".join(f"{name} {rows:,}" for name, rows in base.counts().items()))
    user = User.objects.get(username=base.USERNAME.format(1))
    questions = [case for case in cases.all_cases(asked.size, user) if asked.only in case.name]
    with served() as port:
        lines = over_http(port, questions)
    hard = in_hard_times(questions)
    within(questions, lines, user)
    say(f"\n{table.table(list(lines.values()))}\n")
    closing(questions, lines, user)
    for name, timing in hard.items():
        say(table.in_words(name, timing))
    say(f"{table.machine()}; {time.perf_counter() - begun:.0f} s in all")


def say(line: str) -> None:
    sys.stdout.write(f"{line}\n")
    sys.stdout.flush()


@contextmanager
def served() -> Iterator[int]:
    """The product on a free port, started as its users start it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    own = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
    product = subprocess.Popen(
        [sys.executable, "manage.py", "serve", "--port", str(port)],
        cwd=ROOT,
        env=own | {"PORT": str(port)},
        stdout=subprocess.DEVNULL,
    )
    try:
        while product.poll() is None and not answers(port):
            time.sleep(0.2)
        yield port
    finally:
        product.send_signal(signal.SIGINT)
        product.wait()


def answers(port: int) -> bool:
    line = HTTPConnection("127.0.0.1", port, timeout=60)
    try:
        line.request("HEAD", "/login/")
        return line.getresponse().status < 500
    except (OSError, HTTPException):
        return False
    finally:
        line.close()


def over_http(port: int, questions: "list[Case]") -> "dict[str, Line]":
    from tests.load import base, measure
    from tests.load.table import Line

    sessions = [
        measure.log_in(port, base.USERNAME.format(n), base.PASSWORD) for n in range(1, SESSIONS + 1)
    ]
    lines = {case.name: Line(case.name, {}) for case in questions}
    for users, times in TIMES.items():
        asked = [
            measure.Question(
                case.name,
                case.addresses,
                case.headers,
                len(case.addresses) // users if case.name == MIX else times,
                WHOLE_MIX if case.name == MIX else measure.PATIENCE,
            )
            for case in questions
        ]
        begun = time.perf_counter()
        for name, timing in measure.ask(port, sessions, users, asked).items():
            lines[name].over_http = {**lines[name].over_http, users: timing}
            if timing.failures:
                say(f"{name}: {timing.failures} answers were no pages")
        say(f"{users} at once: {time.perf_counter() - begun:.0f} s")
    return lines


def in_hard_times(questions: "list[Case]") -> "dict[str, Timing]":
    """The mix for one user: while documents change, and from a server that has just started."""
    from tests.load import hard

    mix = next((case for case in questions if case.name == MIX), None)
    if mix is None:
        return {}
    with served() as port, hard.documents_changing() as changes:
        beside = alone(port, mix)
    hard.forget_everything()
    with served() as port:
        cold = alone(port, mix)
    return {
        f"{MIX} over HTTP, 1 user, beside {hard.CHANGES} changes a second": beside,
        "each of these changes of a document": changes,
        f"{MIX} over HTTP, 1 user, cold": cold,
    }


def alone(port: int, case: "Case") -> "Timing":
    """Each address of the case once, by one user."""
    from tests.load import base, measure

    session = measure.log_in(port, base.USERNAME.format(1), base.PASSWORD)
    asked = measure.Question(
        case.name, case.addresses, case.headers, len(case.addresses), WHOLE_MIX
    )
    return measure.ask(port, [session], 1, [asked])[case.name]


def within(questions: "list[Case]", lines: "dict[str, Line]", user: "User") -> None:
    """Statements, the floor and Django admin, in this process."""
    from armclients.models import User
    from tests.load import within

    # The last user asks nothing over HTTP, so that nobody is timed with an administrator's rights.
    ruler = User.objects.order_by("pk").last()
    User.objects.filter(pk=ruler.pk).update(is_staff=True, is_superuser=True)
    client, ruling = within.browser(user), within.browser(ruler)
    for case in questions:
        line = lines[case.name]
        line.statements = within.statements(client, case)
        line.within = within.product(client, case)
        if case.queries:
            line.floor = within.floor(client, case, user)
        if case.typed:
            line.by_name = within.admin(ruling, case, "by_name")
            line.by_all = within.admin(ruling, case, "by_all")


def closing(questions: "list[Case]", lines: "dict[str, Line]", user: "User") -> None:
    """Figures that are no column: the statement alone, and how the whole compares."""
    from tests.load import table, within

    for case in questions:
        if case.name == MIX:
            alone = within.statement(case, user)
            say(table.in_words("the search statement alone, random mix", alone))
            say(table.in_words("random mix over HTTP, 1 user", lines[MIX].over_http[1]))


if __name__ == "__main__":
    main()
