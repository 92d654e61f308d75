"""The errors of an import, as many of them as a person reads."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection

from armclients.importing.problems import Complaint
from armclients.importing.reading import Table

SHOWN_PER_FILE = 20


@dataclass
class Complaints:
    """The first errors and warnings of each file, and how many there are in all."""

    errors: dict[str, list[Complaint]] = field(default_factory=dict)
    warnings: dict[str, list[Complaint]] = field(default_factory=dict)
    counted: dict[tuple[str, bool], int] = field(default_factory=dict)

    @property
    def total(self) -> int:
        return sum(count for (_file, warns), count in self.counted.items() if not warns)

    def of(self, *, warns: bool) -> Iterable[tuple[str, list[Complaint]]]:
        return (self.warnings if warns else self.errors).items()

    @classmethod
    def read(cls, tables: dict[str, Table]) -> "Complaints":
        found = cls()
        with connection.cursor() as cursor:
            cursor.execute(
                """
                SELECT * FROM (
                    SELECT file, warns, row, "column", value, message, detail,
                           count(*) OVER (PARTITION BY file, warns) AS counted,
                           row_number() OVER (
                               PARTITION BY file, warns ORDER BY row, "column", message) AS place
                      FROM import_error) AS e
                 WHERE place <= %s ORDER BY file, warns, place
                """,
                [SHOWN_PER_FILE],
            )
            for name, warns, row, column, value, message, detail, counted, _place in cursor:
                file = tables[name].file
                side = found.warnings if warns else found.errors
                side.setdefault(name, []).append(
                    Complaint(file, row, column or "", value or "", with_detail(message, detail))
                )
                found.counted[name, warns] = counted
        return found


def with_detail(message: str, detail: str | None) -> str:
    return message if detail is None else message.replace("%(detail)s", detail)
