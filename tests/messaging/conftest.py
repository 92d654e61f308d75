"""Gateways that are there, and a product that speaks to them."""

from collections.abc import Iterator

import pytest

from customers.messaging import address, letters
from customers.messaging.providers import http

from .gateways import HttpGateway, PostOffice, SmppGateway


@pytest.fixture(autouse=True)
def into_a_file(settings, tmp_path) -> None:
    """Unless a test says otherwise SMS go into a file of its own, and letters nowhere."""
    settings.SMS_ADDRESS = address.parse(f"file://{tmp_path}/sms.log")


@pytest.fixture
def smsc(settings) -> Iterator[HttpGateway]:
    with HttpGateway().open() as gateway:
        url = f"smsc://shop:p%40ss@127.0.0.1:{gateway.port}?tls=off&secret=word"
        settings.SMS_ADDRESS = address.parse(url)
        yield gateway


@pytest.fixture
def smsru(settings) -> Iterator[HttpGateway]:
    with HttpGateway().open() as gateway:
        settings.SMS_ADDRESS = address.parse(f"smsru://key@127.0.0.1:{gateway.port}?tls=off")
        yield gateway


@pytest.fixture
def operator(settings) -> Iterator[SmppGateway]:
    with SmppGateway().open() as gateway:
        settings.SMS_ADDRESS = address.parse(f"smpp://shop:pass@127.0.0.1:{gateway.port}")
        yield gateway


@pytest.fixture
def post_office(settings) -> Iterator[PostOffice]:
    with PostOffice().open() as office:
        settings.EMAIL_BACKEND = letters.SMTP
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", office.port
        settings.DEFAULT_FROM_EMAIL = "Сервис <service@example.com>"
        yield office


@pytest.fixture
def impatient(monkeypatch) -> None:
    """Time-outs that a test can wait for."""
    monkeypatch.setattr(http, "PATIENCE", 0.3)
    monkeypatch.setattr("customers.messaging.providers.smpp.PATIENCE", 0.3)
    monkeypatch.setattr("customers.messaging.providers.smpp.SILENCE", 0.3)
