"""A database that goes away while people work: said kindly, and over when it is back."""

import psycopg
import pytest
from django.db import InterfaceError, OperationalError, connection
from django.test import Client

from .conftest import Product, wait_for
from .test_embedded import SELECT, visiting


class Coded(psycopg.OperationalError):
    def __init__(self, code):
        super().__init__()
        self.sqlstate = code


def asked_while(client, code=None, *, kind=OperationalError, method="get"):
    """The answer while every statement fails, and how many were tried."""
    tried = []

    def refuse(_execute, sql, *_args):
        tried.append(sql)
        raise kind("Key (phone)=(79084944434)") from Coded(code)

    client.raise_request_exception = False
    with connection.execute_wrapper(refuse):
        return getattr(client, method)("/"), len(tried)


class TestPage:
    @pytest.mark.parametrize("code", [None, "08006", "57P01", "57P03", "53300"])
    def test_tries_again_by_itself(self, web: Client, code):
        answer, tried = asked_while(web, code)

        page = answer.content.decode()
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert 'http-equiv="refresh"' in page
        assert "79084944434" not in page
        # Nobody on the way out waits for the same database again.
        assert tried == 1

    def test_what_was_sent_is_not_sent_again(self, web: Client):
        answer, _tried = asked_while(web, method="post")

        assert answer.status_code == 503
        assert 'http-equiv="refresh"' not in answer.content.decode()

    def test_of_a_closed_connection(self, web: Client):
        assert asked_while(web, kind=InterfaceError)[0].status_code == 503

    def test_other_failures_are_our_error(self, web: Client):
        deadlock = "40P01"

        assert asked_while(web, deadlock)[0].status_code == 500


@pytest.mark.slow
def test_a_server_of_the_shop_that_restarts(product: Product, fresh: Product):
    """The web server and the worker find it again."""
    with visiting(product) as sockets:
        real = {"DATABASE_URL": f"{sockets}/arm", "SECRET_KEY": "k" * 50}
        with fresh.serving(**real) as serving:
            serving.answer()
            session = fresh.session_of_somebody(**real)
            assert fresh.page("/admin/", session) == 200

            product.postmaster().kill()
            wait_for(lambda: fresh.page("/admin/", session) == 503)
            wait_for(lambda: serving.process.poll() is None and fresh.page("/healthz", "") == 503)
            assert product.run("shell", "-v0", "-c", SELECT)[0] == 0

            wait_for(lambda: fresh.page("/admin/", session) == 200)
            wait_for(lambda: fresh.page("/healthz", "") == 200)
            assert serving.process.poll() is None
