"""Directories to import, and the command that imports them."""

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

SHOP = Path(__file__).parent.parent / "samples" / "shop"


@dataclass(frozen=True)
class Ran:
    """What the command said, how it ended and, for rows, what became of them."""

    status: int
    said: str
    complained: str
    counts: dict[str, dict[str, int]]

    def __getitem__(self, file: str) -> dict[str, int]:
        return self.counts[file]


@pytest.fixture
def shop(tmp_path: Path) -> Path:
    """A copy of the sample shop, to be changed at will."""
    return Path(shutil.copytree(SHOP, tmp_path / "shop"))


@pytest.fixture
def files(tmp_path: Path) -> Callable[..., Path]:
    """`files(customers="id,name\\n1,А", …)` is a directory with these files."""

    def write(encoding: str = "utf-8", folder: str = "files", **texts: str) -> Path:
        directory = tmp_path / folder
        directory.mkdir(exist_ok=True)
        for name, text in texts.items():
            (directory / f"{name}.csv").write_text(text, encoding=encoding)
        return directory

    return write


@pytest.fixture
def bring(db: None, tmp_path: Path) -> Callable[..., Ran]:
    """Runs `import_data` as from the shell."""

    def run(directory: Path, **options: Any) -> Ran:
        out, err = StringIO(), StringIO()
        report = tmp_path / "report.json"
        report.unlink(missing_ok=True)
        status = 0
        try:
            call_command("import_data", directory, stdout=out, stderr=err, report=report, **options)
        except CommandError as error:
            status = error.returncode
            err.write(str(error))
        counts = json.loads(report.read_text()) if report.exists() else {}
        return Ran(status, out.getvalue(), err.getvalue(), counts)

    return run


@pytest.fixture
def versions() -> Callable[[], dict[str, Any]]:
    """The version of every row of the floors: equal before and after means nothing was written."""

    def read() -> dict[str, Any]:
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT relname FROM pg_class"
                " WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace"
                " AND relname ~ '^(armclients|customers|vehicles|orders)_' ORDER BY relname"
            )
            tables = [name for (name,) in cursor.fetchall()]
            found = {}
            for table in tables:
                cursor.execute(
                    f"SELECT ctid::text, xmin::text, cmin::text FROM {table} ORDER BY ctid"
                )
                found[table] = cursor.fetchall()
        return found

    return read


@pytest.fixture
def send(tmp_path: Path) -> Callable[..., Path]:
    """Runs `export_data` as from the shell; gives the directory."""

    def run(folder: str = "out", **options: Any) -> Path:
        call_command("export_data", tmp_path / folder, stdout=StringIO(), **options)
        return tmp_path / folder

    return run
