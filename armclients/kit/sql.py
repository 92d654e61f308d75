"""SQL that stands in files of its own, for migrations to run."""

from pathlib import Path

from django.db.migrations import RunSQL


def run_sql(app: str, name: str) -> RunSQL:
    """The statements of `APP/sql/NAME.sql`, which replace what they define and undo nothing."""
    path = Path(__file__).resolve().parents[2] / app / "sql" / f"{name}.sql"
    return RunSQL(path.read_text(encoding="utf-8"), RunSQL.noop)
