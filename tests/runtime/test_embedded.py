"""The database server the product brings along: who starts it, who stops it, what it survives."""

import os
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import quote, urlencode

import psutil
import psycopg
import pytest

from .conftest import Product, survivors

pytestmark = pytest.mark.slow

SELECT = "from django.db import connection; connection.cursor().execute('SELECT 1')"


def visitor(product: Product) -> subprocess.Popen[str]:
    """A command that uses the database and stays."""
    stay = f"{SELECT}; print('in', flush=True); import time; time.sleep(600)"
    process = product.start("shell", "-v0", "-c", stay)
    assert process.stdout.readline() == "in\n", process.stderr.read()
    return process


@contextmanager
def visiting(product: Product) -> Iterator[str]:
    """The address of a product's database while somebody uses it, without the name at its end."""
    process = visitor(product)
    try:
        folder = quote(str(product.home / "postgres"), safe="")
        yield f"postgresql://postgres@{folder}"
    finally:
        process.terminate()
        process.communicate(timeout=10)


class TestLastOneOut:
    def test_two_commands_share_one_server(self, product: Product):
        first, second = visitor(product), visitor(product)
        server = product.postmaster()

        first.terminate()
        first.communicate(timeout=10)
        assert survivors([server]) == [server]

        second.terminate()
        second.communicate(timeout=10)
        assert survivors([server]) == []

    def test_a_killed_command_does_not_count(self, product: Product):
        killed, other = visitor(product), visitor(product)
        server = product.postmaster()

        killed.kill()
        killed.communicate(timeout=10)
        other.terminate()
        other.communicate(timeout=10)

        assert survivors([server]) == []

    def test_a_forked_child_counts(self, product: Product):
        fork = "import os, time; os.fork() or (os.closerange(0, 3), time.sleep(2))"
        code, _out, err = product.run("shell", "-v0", "-c", f"{SELECT}; {fork}")
        assert code == 0, err

        server = product.postmaster()
        assert server is not None
        assert survivors([server], within=20) == []

    def test_help_and_checks_start_nothing(self, fresh: Product):
        code, out, _err = fresh.run("--help")

        assert (code, bool(out)) == (0, True)
        assert not (fresh.home / "postgres").exists()


class TestYesterday:
    def test_a_killed_server_recovers(self, product: Product):
        process = visitor(product)
        server = product.postmaster()

        server.kill()
        process.kill()
        process.communicate(timeout=10)

        assert product.run("shell", "-v0", "-c", SELECT) == (0, "", "")
        assert product.postmaster() is None

    def test_a_pid_file_that_names_a_stranger_is_seen_through(self, product: Product):
        assert product.run("shell", "-v0", "-c", SELECT)[0] == 0
        stale = product.home / "postgres" / "postmaster.pid"
        folder = stale.parent
        stale.write_text(
            f"{os.getpid()}\n{folder}\n{int(time.time())}\n5432\n{folder}\n\n1 1\nready\n"
        )
        os.chown(stale, folder.stat().st_uid, folder.stat().st_gid)

        assert product.run("shell", "-v0", "-c", SELECT) == (0, "", "")
        assert psutil.pid_exists(os.getpid())

    def test_half_made_data_are_made_anew(self, fresh: Product):
        (fresh.home / "postgres.new" / "base").mkdir(parents=True)

        assert fresh.run("shell", "-v0", "-c", SELECT)[0] == 0
        assert not (fresh.home / "postgres.new").exists()


class TestRefusals:
    def test_a_data_folder_that_cannot_be_written(self, fresh: Product):
        blocked = fresh.home / "file"
        blocked.write_text("")

        code, _out, err = fresh.run("serve", ARM_DATA_DIR=str(blocked), SECRET_KEY="k" * 50)

        assert code == 1
        assert len(err.splitlines()) == 1
        assert str(blocked) in err

    def test_a_database_deaf_to_cyrillic(self, product: Product):
        with visiting(product) as sockets:
            with psycopg.connect(f"{sockets}/postgres", autocommit=True) as server:
                server.execute(
                    "CREATE DATABASE deaf TEMPLATE template0 LC_CTYPE 'C' LC_COLLATE 'C'"
                )
            code, _out, err = product.run(
                "serve", DATABASE_URL=f"{sockets}/deaf", SECRET_KEY="k" * 50
            )

        assert code == 1
        assert len(err.splitlines()) == 1
        assert "C.UTF-8" in err

    def test_a_server_that_is_too_old(self, product: Product):
        """A stand-in for one: its answer about itself comes from a function found first."""
        says_fifteen = """
            CREATE FUNCTION public.current_setting(text) RETURNS text
            LANGUAGE sql AS $$ SELECT '150004' $$
        """
        err = refusal(product, "old", says_fifteen, options="-csearch_path=public,pg_catalog")

        assert " 15:" in err
        assert "16" in err

    def test_an_extension_that_is_not_installed(self, product: Product):
        err = refusal(product, "bare", "SELECT 1", options="-cextension_control_path=/nowhere")

        assert "pg_trgm" in err
        assert "CREATE EXTENSION" in err

    def test_an_extension_that_may_not_be_made(self, product: Product):
        make = "CREATE ROLE guest LOGIN; CREATE EXTENSION pg_trgm"
        err = refusal(product, "locked", make, user="guest")

        assert "btree_gist" in err


def refusal(product: Product, name: str, made: str, *, user="postgres", **query: str) -> str:
    """The one sentence with which `serve` refuses this database."""
    with visiting(product) as sockets:
        with psycopg.connect(f"{sockets}/postgres", autocommit=True) as server:
            server.execute(f"CREATE DATABASE {name}")
        with psycopg.connect(f"{sockets}/{name}", autocommit=True) as database:
            database.execute(made)
        address = f"{sockets.replace('postgres@', f'{user}@')}/{name}?{urlencode(query)}"
        code, _out, err = product.run("serve", DATABASE_URL=address, SECRET_KEY="k" * 50)
    assert (code, len(err.splitlines())) == (1, 1), err
    return err


class TestAnotherServer:
    def test_leaves_the_embedded_one_alone(self, product: Product, fresh: Product):
        with visiting(product) as sockets:
            answer = fresh.run(
                "shell", "-v0", "-c", SELECT, DATABASE_URL=f"{sockets}/arm", SECRET_KEY="k" * 50
            )

        assert answer == (0, "", "")
        assert list(fresh.home.iterdir()) == []
