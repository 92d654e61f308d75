"""What an import cannot take, said in one sentence."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

SHOWN = 60


class ImportRefused(Exception):  # noqa: N818 — it reads as a sentence where it is raised
    """Nothing was imported, and this sentence says why."""


class FileRefused(ImportRefused):
    """A file as a whole cannot be read."""

    def __init__(self, file: str, sentence: str, row: int | None = None):
        where = _("%(file)s, row %(row)s") % {"file": file, "row": row} if row else file
        super().__init__(f"{where}: {sentence}")


@dataclass(frozen=True)
class Complaint:
    """What is wrong with one cell, or with a row when `column` is empty."""

    file: str
    row: int
    column: str
    value: str
    message: str

    def __str__(self) -> str:
        where = _("%(file)s, row %(row)s") % {"file": self.file, "row": self.row}
        if self.column:
            where = _("%(where)s, column %(column)s") % {"where": where, "column": self.column}
        if self.value:
            return f"{where}: «{self.value}» — {self.message}"
        return f"{where}: {self.message}"


def shown(value: str) -> str:
    """A cell as a message may hold it: short, on one line, without what no terminal can show."""
    plain = "".join(
        c if c.isprintable() else "�" if c not in "\r\n\t" else " " for c in value[: SHOWN + 1]
    )
    return plain if len(value) <= SHOWN else f"{plain[:SHOWN]}…"
