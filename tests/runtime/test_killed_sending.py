"""A worker killed in the middle of sending: each message goes out once, by the receiver's count."""

import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psutil
import psycopg
import pytest

from tests.messaging.gateways import HttpGateway, PostOffice, SmppGateway

from .conftest import Product, Serving, wait_for

pytestmark = pytest.mark.slow

QUEUE = """
from armclients.kit import clock
from customers.actions import messages
from customers.models import Counterparty
client, _ = Counterparty.objects.get_or_create(name="Зубков")
for number in range({first}, {last}):
    messages.queue(
        customer=client, channel="{channel}", purpose="service", subject="Готов",
        recipient="{recipient}", text=f"number {{number}}.", key=f"{{number}}", by=None,
        at=clock.now(),
    )
"""
PHONE, LETTERBOX = "79084944434", "zubkov@mail.ru"


class Sending:
    """A product that sends through a gateway of ours, and what it thinks of its messages."""

    def __init__(self, product: Product, serving: Serving, switches: dict[str, str]) -> None:
        self.product, self.serving, self.switches = product, serving, switches
        self.is_sms = "SMS_URL" in switches

    def queue(self, first: int, last: int) -> None:
        channel, recipient = ("sms", PHONE) if self.is_sms else ("email", LETTERBOX)
        code = QUEUE.format(first=first, last=last, channel=channel, recipient=recipient)
        exit_code, _out, err = self.product.run("shell", "-v0", "-c", code, **self.switches)
        assert exit_code == 0, err

    def forget(self) -> None:
        """What the test before has left is gone."""
        self.told("DELETE FROM customers_outgoingmessage")
        self.told("DELETE FROM customers_event")

    def states(self) -> Counter[str]:
        return Counter(state for (state,) in self.asked("state FROM customers_outgoingmessage"))

    def calls(self) -> int:
        return len(self.asked("1 FROM customers_event WHERE kind = 'task'"))

    def asked(self, what: str) -> list[tuple]:
        return self.told(f"SELECT {what}").fetchall()

    def told(self, sql: str) -> psycopg.Cursor:
        sockets = (self.product.home / "postgres" / "postmaster.pid").read_text().split("\n")[4]
        with psycopg.connect(host=sockets, user="postgres", dbname="arm") as database:
            return database.execute(sql)

    def are_settled(self, count: int) -> Callable[[], bool]:
        return lambda: self.states()["sent"] + self.states()["failed"] == count

    def kill_worker(self) -> None:
        with suppress(LookupError, psutil.NoSuchProcess):
            self.serving.worker().kill()


@contextmanager
def sending(product: Product, **switches: str) -> Iterator[Sending]:
    with product.serving(**switches) as serving:
        serving.answer()
        shop = Sending(product, serving, switches)
        shop.forget()
        yield shop


@contextmanager
def smsc() -> Iterator[tuple[Any, dict[str, str], Callable[[], list[str]]]]:
    with HttpGateway().open() as gateway:
        url = f"smsc://shop:pass@127.0.0.1:{gateway.port}?tls=off"
        yield gateway, {"SMS_URL": url}, lambda: [form["mes"] for form in gateway.taken]


@contextmanager
def smpp() -> Iterator[tuple[Any, dict[str, str], Callable[[], list[str]]]]:
    with SmppGateway().open() as gateway:
        url = f"smpp://shop:pass@127.0.0.1:{gateway.port}"
        yield gateway, {"SMS_URL": url}, lambda: [p.short_message.decode() for p in gateway.parts]


@contextmanager
def smtp() -> Iterator[tuple[Any, dict[str, str], Callable[[], list[str]]]]:
    with PostOffice().open() as office:
        url = f"smtp://127.0.0.1:{office.port}"
        yield office, {"EMAIL_URL": url}, lambda: [each.split("\n")[-1] for each in bodies(office)]


def bodies(office: PostOffice) -> list[str]:
    return [letter.replace("\r\n", "\n").rstrip() for letter in office.taken]


# Where the gateway can be asked by our name all is known; elsewhere somebody calls about one.
@pytest.mark.parametrize(("gateway_of", "in_doubt"), [(smsc, 0), (smpp, 1), (smtp, 1)])
def test_a_message_on_its_way_when_the_worker_is_killed_goes_out_once(
    product: Product, gateway_of: Callable[..., Any], in_doubt: int
):
    with gateway_of() as (gateway, switches, taken), sending(product, **switches) as shop:
        shop.queue(0, 4)
        wait_for(shop.are_settled(4))

        gateway.on_taken, gateway.delay = shop.kill_worker, 1
        shop.queue(4, 5)
        wait_for(lambda: len(taken()) == 5)
        gateway.on_taken, gateway.delay = (lambda: None), 0
        shop.queue(5, 9)
        wait_for(shop.are_settled(9))

        assert sorted(taken()) == [f"number {number}." for number in range(9)]
        assert shop.states() == Counter(sent=9 - in_doubt) + Counter(failed=in_doubt)
        assert shop.calls() == in_doubt


def test_kills_at_any_moment_neither_lose_nor_double_a_message(product: Product):
    with smsc() as (gateway, switches, taken), sending(product, **switches) as shop:
        gateway.delay = 0.05
        shop.queue(0, 60)

        for wanted in (5, 25, 45):
            wait_for(lambda wanted=wanted: len(taken()) >= wanted)
            time.sleep(0.013 * wanted % 0.1)
            shop.kill_worker()
        wait_for(shop.are_settled(60))

        assert Counter(taken()) == Counter(f"number {number}." for number in range(60))
        assert shop.states() == Counter(sent=60)
