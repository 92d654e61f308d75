"""Tables as people export them: CSV of any usual make, or the first sheet of an .xlsx."""

import csv
import datetime
import io
import zipfile
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

from django.utils.translation import gettext as _
from openpyxl import load_workbook
from openpyxl.utils.exceptions import InvalidFileException

from armclients.importing.problems import FileRefused

BOMS = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
CHUNK = 1 << 20
DELIMITERS = ",;\t"
# The two ends of a chunk may each cut a letter in two.
CUT_LETTERS = 2
NOT_A_WORKBOOK = (
    zipfile.BadZipFile,
    InvalidFileException,
    ParseError,
    IndexError,
    KeyError,
    ValueError,
    OSError,
)

Row = list[str]


@dataclass(frozen=True)
class Table:
    """A file whose rows can be read again and again, in constant memory.

    Bytes that the encoding does not know come as lone surrogates, when `is_damaged`.
    """

    path: Path
    encoding: str = "auto"

    @property
    def file(self) -> str:
        return self.path.name

    @property
    def is_workbook(self) -> bool:
        return self.path.suffix.lower() == ".xlsx"

    @property
    def size(self) -> int:
        return self.path.stat().st_size

    @cached_property
    def header(self) -> Row:
        """The names of the columns."""
        for _row, cells in self._all_rows():
            names = [cell.strip().casefold() for cell in cells]
            while names and not names[-1]:
                names.pop()
            if names:
                return names
            break
        raise FileRefused(self.file, _("the file is empty: the first row must name the columns"))

    @cached_property
    def charset(self) -> str:
        return charset_of(self.path) if self.encoding == "auto" else self.encoding

    @cached_property
    def is_damaged(self) -> bool:
        return not self.is_workbook and not decodes(self.path, self.charset)

    def rows(self) -> Iterator[tuple[int, Row]]:
        """Each row that is not blank, with its number as a table program shows it."""
        rows = self._all_rows()
        next(rows, None)
        return ((number, cells) for number, cells in rows if any(cells))

    def _all_rows(self) -> Iterator[tuple[int, Row]]:
        return self._sheet_rows() if self.is_workbook else self._csv_rows()

    def _csv_rows(self) -> Iterator[tuple[int, Row]]:
        try:
            with self.path.open(
                encoding=self.charset, errors="surrogateescape", newline=""
            ) as text:
                delimiter = delimiter_of(text.readline())
                text.seek(0)
                reader = csv.reader(text, delimiter=delimiter, strict=True)
                number = 0
                try:
                    for number, cells in enumerate(reader, 1):
                        yield number, cells
                except csv.Error as error:
                    sentence = _("a quote is not closed, or stands where none can (%(error)s)")
                    raise FileRefused(self.file, sentence % {"error": error}, number + 1) from error
        except LookupError as error:
            raise FileRefused(
                self.file, _("the encoding %(name)s is unknown") % {"name": self.charset}
            ) from error
        except UnicodeError as error:
            raise FileRefused(
                self.file, _("the text is not %(name)s") % {"name": self.charset}
            ) from error
        except OSError as error:
            raise FileRefused(
                self.file, _("cannot be read (%(error)s)") % {"error": error.strerror}
            ) from error

    def _sheet_rows(self) -> Iterator[tuple[int, Row]]:
        try:
            with closing(load_workbook(self.path, read_only=True, data_only=True)) as book:
                sheet = book.worksheets[0]
                # The size a writer noted may be wrong; what is there is read instead.
                sheet.reset_dimensions()
                for number, cells in enumerate(sheet.iter_rows(values_only=True), 1):
                    yield number, [as_text(cell) for cell in cells]
        except NOT_A_WORKBOOK as error:
            raise FileRefused(
                self.file, _("this is no .xlsx workbook: save it anew, or as CSV")
            ) from error


def delimiter_of(header: str) -> str:
    """Whichever separates most in the first line."""
    outside_quotes = "".join(header.split('"')[::2])
    return max(DELIMITERS, key=outside_quotes.count)


def charset_of(path: Path) -> str:
    """UTF-8 where the file is that, cp1251 where it is not.

    A file of either that is damaged in a few places still counts as what most of it is.
    """
    with path.open("rb") as file:
        start = file.read(4)
    for mark, charset in BOMS.items():
        if start.startswith(mark):
            return charset
    if decodes(path, "utf-8"):
        return "utf-8"
    with path.open("rb") as file:
        for chunk in iter(lambda: file.read(CHUNK), b""):
            text = chunk.decode("utf-8", "replace")
            wrong = text.count("\ufffd")
            if wrong > CUT_LETTERS:
                right = sum(character > "\x7f" for character in text) - wrong
                return "utf-8" if right > wrong else "cp1251"
    return "utf-8" if non_ascii_letters(path, "utf-8") else "cp1251"


def non_ascii_letters(path: Path, charset: str) -> bool:
    with path.open(encoding=charset, errors="ignore") as text:
        return any(not line.isascii() for line in text)


def decodes(path: Path, charset: str) -> bool:
    try:
        with path.open(encoding=charset) as text:
            while text.read(CHUNK):
                pass
    except (UnicodeError, LookupError):
        return False
    return True


def as_text(cell: Any) -> str:
    """A typed cell as it would stand in a CSV: no «1.0» for one, no time where there is none."""
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "1" if cell else "0"
    if isinstance(cell, float):
        # Fifteen digits are what a table program shows; the sixteenth is binary noise.
        number = f"{cell:.15g}"
        return f"{float(number):f}".rstrip("0").rstrip(".") if "e" in number else number
    if isinstance(cell, datetime.datetime):
        at_midnight = cell.time() == datetime.time()
        return cell.date().isoformat() if at_midnight else f"{cell:%Y-%m-%d %H:%M:%S}"
    return str(cell)


def decodable(cells: Row) -> str | None:
    """The first cell that holds bytes its encoding does not know."""
    return next((cell for cell in cells if any("\udc80" <= c <= "\udcff" for c in cell)), None)


def csv_writer(file: io.TextIOBase) -> Any:
    """What a Russian table program and `Table` both open without asking."""
    return csv.writer(file, delimiter=";", lineterminator="\r\n")


REJECTS_ENCODING = "utf-8-sig"
