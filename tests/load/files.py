"""The files of a shop of SIZE clients and three times as many documents, the same at every run."""

from collections.abc import Iterator
from pathlib import Path

from django.db import connection

from armclients.demo import makes, parts
from tests.load import words

SELECTS = Path(__file__).with_suffix(".sql")
FLEET_EVERY = 5000


def proportions(size: int) -> dict[str, int]:
    """How many rows of each; those of a vehicle that is nobody's fall away."""
    return {
        "size": size,
        "vehicles": size * 13 // 10,
        "orders": size,
        "work_orders": size * 17 // 10,
        "bookings": size * 3 // 10,
        "events": size * 3 // 2,
        "parts": len(parts.CATALOGUE),
        "staff": words.STAFF,
    }


def write(directory: Path, size: int) -> dict[str, int]:
    """The directory holds every file; the number of rows of each."""
    directory.mkdir(parents=True, exist_ok=True)
    for statement in words.functions():
        _run(statement)
    _lists()
    _owners(size)
    rows = {name: _copied(directory / f"{name}.csv", select) for name, select in _selects(size)}
    _run("DROP SCHEMA bench CASCADE")
    return rows


def _selects(size: int) -> Iterator[tuple[str, str]]:
    source = SELECTS.read_text()
    for name, value in sorted(proportions(size).items(), key=lambda each: -len(each[0])):
        source = source.replace(f":{name}", f"{value}::bigint")
    for step in source.split("-- == ")[1:]:
        name, select = step.split("\n", 1)
        yield name, select


def _copied(path: Path, select: str) -> int:
    with path.open("wb") as file, connection.cursor() as cursor:
        with cursor.copy(f"COPY ({select}) TO STDOUT (FORMAT csv, HEADER)") as copy:
            for block in copy:
                file.write(block)
        return cursor.rowcount


def _lists() -> None:
    _run("CREATE TABLE bench.models (place bigint, make text, model text)")
    _run(
        "CREATE TABLE bench.parts"
        " (place bigint, article text, manufacturer text, name text, unit text, price numeric)"
    )
    with connection.cursor() as cursor:
        cursor.executemany(
            "INSERT INTO bench.models VALUES (%s, %s, %s)",
            [(n, make, model) for n, (make, model, *_) in enumerate(makes.MODELS, 1)],
        )
        cursor.executemany(
            "INSERT INTO bench.parts VALUES (%s, %s, %s, %s, %s, %s)",
            [
                (n, article, maker, name, unit, price)
                for n, (article, maker, name, _group, unit, price) in enumerate(parts.CATALOGUE, 1)
            ],
        )


def _owners(size: int) -> None:
    """Whose a vehicle is: some are nobody's, some belong to fleets."""
    _run(
        f"""
        CREATE TABLE bench.owned AS
        SELECT n AS vehicle,
               CASE WHEN bench.chance(n, 60) < 0.06
                    THEN least({size}, {FLEET_EVERY} * (
                         1 + floor(bench.chance(n, 61) * ({size} / {FLEET_EVERY}))))
                    ELSE 1 + floor(bench.chance(n, 61) * {size}) END::bigint AS client
          FROM generate_series(1, {proportions(size)["vehicles"]}::bigint) AS n
         WHERE bench.chance(n, 60) > 0.02
        """
    )


def _run(statement: words.sql.Composed | str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement)
