"""What people upload to import: kept in a folder of its own, under names of ours, within limits."""

import lzma
import shutil
import zlib
from collections.abc import Iterable, Iterator, Set
from datetime import datetime
from pathlib import Path, PurePosixPath
from typing import IO, Any
from uuid import UUID
from zipfile import BadZipFile, ZipFile, ZipInfo

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest
from django.utils.translation import gettext as _

from armclients.importing import rejects
from armclients.importing.files import CATALOGUE, SUFFIXES
from armclients.importing.problems import shown

LARGEST_UPLOAD = 1 << 30
LARGEST_UNPACKED = 4 << 30
CHUNK = 1 << 20
NOT_AN_ARCHIVE = (
    BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    NotImplementedError,  # a compression nobody uses
    RuntimeError,  # a password
    ValueError,
)


class NotTaken(Exception):  # noqa: N818 — it reads as a sentence where it is raised
    """Nothing of the upload is used, and this sentence says why."""


def shelf() -> Path:
    return Path(settings.MEDIA_ROOT) / "imports"


def folder_of(token: UUID) -> Path:
    return shelf() / str(token)


def files_of(token: UUID) -> Path:
    """The directory to import."""
    return folder_of(token) / "files"


def rejects_of(token: UUID) -> list[Path]:
    return sorted((files_of(token) / rejects.FOLDER).glob("*.csv"))


def drop(token: UUID) -> None:
    shutil.rmtree(folder_of(token), ignore_errors=True)


def drop_all_but(tokens: Set[UUID], *, older_than: datetime) -> None:
    """No folder is left of uploads that are none of these, but for those just being received."""
    kept = set(map(str, tokens))
    if shelf().is_dir():
        for folder in shelf().iterdir():
            if folder.name not in kept and folder.stat().st_mtime < older_than.timestamp():
                shutil.rmtree(folder, ignore_errors=True)


def drop_all_but_rejects(token: UUID) -> None:
    if not rejects_of(token):
        return drop(token)
    for path in files_of(token).iterdir():
        if path.is_file():
            path.unlink()
    return None


class IntoFolder(FileUploadHandler):
    """Uploaded files go straight to the disk of the product, and no further than they may."""

    def __init__(self, request: HttpRequest, token: UUID) -> None:
        super().__init__(request)
        self.folder = folder_of(token) / "received"
        self.received = 0
        self.count = 0

    @property
    def overflows(self) -> bool:
        return self.received > LARGEST_UPLOAD

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.folder.mkdir(parents=True, exist_ok=True)
        self.count += 1
        self.file = (self.folder / str(self.count)).open("w+b")

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:  # noqa: ARG002
        self.received += len(raw_data)
        if self.overflows:
            raise SkipFile
        self.file.write(raw_data)

    def file_complete(self, file_size: int) -> UploadedFile:
        self.file.flush()
        return UploadedFile(self.file, self.file_name, self.content_type, file_size)


def take_in(uploads: Iterable[UploadedFile], token: UUID) -> list[str]:
    """The uploaded tables, those in archives too, stand ready to be imported; gives their names."""
    ready = files_of(token)
    ready.mkdir(parents=True, exist_ok=True)
    for upload in uploads:
        received = Path(str(upload.file and upload.file.name))
        if PurePosixPath(upload.name or "").suffix.lower() == ".zip":
            unpack(received, upload.name or "", ready)
        else:
            received.rename(place_for(upload.name or "", ready))
    shutil.rmtree(folder_of(token) / "received", ignore_errors=True)
    tables = sorted(ready.iterdir())
    for table in tables:
        refuse_swollen_workbook(table)
    return [table.name for table in tables]


def place_for(name: str, folder: Path) -> Path:
    """Where a table goes. Of its own name only what the catalogue knows is used."""
    given = PurePosixPath(name)
    for form in CATALOGUE:
        for suffix in SUFFIXES:
            if given.name.lower() == f"{form.name}{suffix}":
                if taken := [s for s in SUFFIXES if (folder / f"{form.name}{s}").exists()]:
                    raise NotTaken(
                        _("There are two files of one name, %(name)s and %(other)s: keep one.")
                        % {"name": shown(given.name), "other": f"{form.name}{taken[0]}"}
                    )
                return folder / f"{form.name}{suffix}"
    raise NotTaken(
        _("%(name)s is none of the files to import: %(known)s (.csv or .xlsx).")
        % {"name": shown(given.name), "known": ", ".join(form.name for form in CATALOGUE)}
    )


def unpack(archive: Path, name: str, folder: Path) -> None:
    """The tables of an archive are in the folder, whatever folders they were packed in."""
    left = LARGEST_UNPACKED
    try:
        with ZipFile(archive) as box:
            for entry in tables_of(box):
                with box.open(entry) as packed, place_for(entry.filename, folder).open("xb") as out:
                    left = copy_within(packed, out, left)
    except NOT_AN_ARCHIVE as error:
        raise NotTaken(
            _("%(name)s is no .zip archive that can be unpacked.") % {"name": shown(name)}
        ) from error
    if not any(folder.iterdir()):
        raise NotTaken(_("%(name)s holds no .csv or .xlsx file.") % {"name": shown(name)})


def tables_of(box: ZipFile) -> Iterator[ZipInfo]:
    """Without what systems add, and without the rejects of an earlier import."""
    for entry in box.infolist():
        path = PurePosixPath(entry.filename)
        aside = {"__MACOSX", rejects.FOLDER} & set(path.parts[:-1])
        is_table = path.suffix.lower() in SUFFIXES and not path.name.startswith((".", "~"))
        if is_table and not aside and not entry.is_dir():
            yield entry


def copy_within(packed: IO[bytes], out: IO[bytes], left: int) -> int:
    """Copies, counting what really comes out and not what the archive promises."""
    while chunk := packed.read(CHUNK):
        left -= len(chunk)
        if left < 0:
            raise NotTaken(
                _("Unpacked, the files are larger than %(limit)s MB.")
                % {"limit": LARGEST_UNPACKED >> 20}
            )
        out.write(chunk)
    return left


def refuse_swollen_workbook(path: Path) -> None:
    """A workbook is an archive too; what is none at all the import itself will say."""
    if path.suffix != ".xlsx":
        return
    try:
        with ZipFile(path) as book:
            size = sum(entry.file_size for entry in book.infolist())
    except NOT_AN_ARCHIVE:
        return
    if size > LARGEST_UPLOAD:
        raise NotTaken(
            _("%(name)s is too large for a workbook: save it as CSV.") % {"name": path.name}
        )
