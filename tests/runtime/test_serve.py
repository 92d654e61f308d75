"""`manage.py serve`: what it starts, and that nothing of it is left."""

import os
import signal
import socket
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial

import psutil
import pytest

from .conftest import Product, survivors, wait_for

pytestmark = pytest.mark.slow


def is_another(victim: Callable[[], psutil.Process | None], before: psutil.Process) -> bool:
    now = victim()
    return now is not None and now.pid != before.pid


class TestServe:
    @pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
    def test_answers_and_leaves_nothing_running(self, product: Product, number: int):
        with product.serving() as serving:
            assert serving.answer() == 302
            everyone = serving.everyone()
            assert len(everyone) >= 4

            # As a terminal does it: to the whole group, at once.
            os.killpg(serving.process.pid, number)
            code, err = serving.end()

        assert (code, err.count("Traceback")) == (0, 0)
        assert survivors(everyone) == []
        assert not (product.home / "postgres" / "postmaster.pid").exists()

    def test_stops_at_once_while_it_still_starts(self, product: Product):
        with product.serving() as serving:
            while not product.postmaster() and serving.process.poll() is None:
                pass
            everyone = serving.everyone()

            serving.process.terminate()
            code, err = serving.end()

        assert code in {0, 128 + signal.SIGTERM}
        assert "Traceback" not in err
        assert survivors(everyone) == []

    def test_killed_outright_leaves_no_child_and_the_next_start_works(self, product: Product):
        with product.serving() as serving:
            serving.answer()
            parent, *children = serving.everyone()
            children = [each for each in children if each.name() != "postgres"]

            parent.kill()
            serving.end()

            assert survivors(children, within=10) == []

        with product.serving() as again:
            assert again.answer() == 302
            everyone = again.everyone()
            again.process.terminate()
            assert again.end()[0] == 0
        assert survivors(everyone) == []

    def test_whoever_dies_is_started_again(self, product: Product):
        with product.serving() as serving:
            serving.answer()
            session = product.session_of_somebody()
            for victim in (serving.web, serving.worker, product.postmaster):
                before = victim()
                before.kill()
                wait_for(partial(is_another, victim, before))
                wait_for(lambda: product.page("/admin/", session) == 200)
            everyone = serving.everyone()

            serving.process.terminate()
            code, err = serving.end()

        assert code == 0
        assert len([line for line in err.splitlines() if "armclients.household" in line]) >= 3
        assert survivors(everyone) == []

    def test_whoever_cannot_be_kept_ends_everything(self, product: Product):
        with product.serving() as serving:
            serving.answer()
            everyone = serving.everyone()
            while serving.process.poll() is None:
                with suppress(LookupError, psutil.NoSuchProcess):
                    serving.worker().kill()
                time.sleep(0.05)
            code, err = serving.end()

        assert code == 1
        assert len([line for line in err.splitlines() if "CommandError" in line]) == 1
        assert survivors(everyone) == []

    def test_a_busy_port_is_one_sentence_before_anything_starts(self, fresh: Product):
        with socket.create_server(("127.0.0.1", fresh.port)):
            code, _out, err = fresh.run("serve")

        assert code == 1
        assert len(err.splitlines()) == 1
        assert str(fresh.port) in err
        assert not (fresh.home / "postgres").exists()
