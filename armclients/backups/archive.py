"""One file that holds a whole shop: an uncompressed tar of the dump, the uploads and a manifest.

The manifest comes last, so that everything is read once while it is written, and a file that was
cut off has none.
"""

import datetime
import json
import os
import tarfile
from collections.abc import Collection, Iterator
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from hashlib import sha256
from io import BytesIO
from pathlib import Path, PurePosixPath
from typing import IO

from django.utils.translation import gettext as _

SUFFIX = ".armbackup"
FORMAT = 1
MANIFEST = "manifest.json"
DUMP = "database.dump"
UPLOADS = "uploads"
LONGEST_MANIFEST = 256 * 1024 * 1024
CHUNK = 1024 * 1024
# What reading a manifest that is none of ours raises.
MALFORMED = (tarfile.TarError, AttributeError, KeyError, TypeError, ValueError)


class BackupError(Exception):
    """A backup that was not taken or not restored, and one sentence that says why."""


@dataclass(frozen=True)
class Facts:
    """What was true in the database at the moment of the dump."""

    version: str
    taken_at: str
    server: int
    database_bytes: int
    counts: dict[str, int]

    @property
    def at(self) -> datetime.datetime:
        return datetime.datetime.fromisoformat(self.taken_at)


@dataclass(frozen=True)
class Part:
    size: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    facts: Facts
    parts: dict[str, Part]

    def as_json(self) -> bytes:
        parts = {name: asdict(part) for name, part in self.parts.items()}
        told = {"format": FORMAT, **asdict(self.facts), "parts": parts}
        return json.dumps(told, ensure_ascii=False, indent=1).encode()

    @classmethod
    def from_json(cls, written: bytes) -> "Manifest":
        told = json.loads(written)
        if told.pop("format") != FORMAT:
            raise ValueError(MANIFEST)
        parts = {name: Part(**part) for name, part in told.pop("parts").items()}
        return cls(Facts(**told), parts)

    @property
    def uploads(self) -> list[str]:
        return [name for name in self.parts if name != DUMP]


class Digesting:
    """A stream that knows the checksum of what was read from it."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream = stream
        self.digest = sha256()

    def read(self, size: int = -1) -> bytes:
        data = self.stream.read(size)
        self.digest.update(data)
        return data


def write(
    path: Path, facts: Facts, *, dump: Path, uploads: Path, without: Collection[str] = ()
) -> None:
    """The file is on the disk, whole, but for the folders of uploads that were not wanted."""
    parts = {}
    with path.open("xb") as file:
        with tarfile.open(fileobj=file, mode="w", format=tarfile.PAX_FORMAT) as tar:
            parts[DUMP] = _add(tar, DUMP, dump)
            for upload in _files(uploads):
                within = upload.relative_to(uploads)
                if within.parts[0] in without:
                    continue
                name = f"{UPLOADS}/{within.as_posix()}"
                with suppress(FileNotFoundError):  # removed meanwhile
                    parts[name] = _add(tar, name, upload)
            manifest = Manifest(facts, parts).as_json()
            tar.addfile(_heading(MANIFEST, len(manifest)), BytesIO(manifest))
        file.flush()
        os.fsync(file.fileno())


def _files(folder: Path) -> Iterator[Path]:
    return (each for each in sorted(folder.rglob("*")) if each.is_file() and not each.is_symlink())


def _add(tar: tarfile.TarFile, name: str, path: Path) -> Part:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        stream = Digesting(file)
        tar.addfile(_heading(name, size), stream)
    return Part(size, stream.digest.hexdigest())


def _heading(name: str, size: int) -> tarfile.TarInfo:
    heading = tarfile.TarInfo(name)
    heading.size = size
    heading.mode = 0o600
    return heading


class Contents:
    """An open backup, whose manifest was read."""

    def __init__(self, path: Path, tar: tarfile.TarFile) -> None:
        self.path = path
        self.members = {member.name: member for member in tar.getmembers()}
        self.tar = tar
        self.manifest = Manifest.from_json(self._stream(MANIFEST).read(LONGEST_MANIFEST))
        if set(self.members) != {MANIFEST, *self.manifest.parts} or DUMP not in self.members:
            raise ValueError(MANIFEST)
        for name in self.manifest.uploads:
            steps = PurePosixPath(name).parts
            if steps[0] != UPLOADS or len(steps) == 1 or ".." in steps:
                raise ValueError(name)

    def _stream(self, name: str) -> IO[bytes]:
        stream = self.tar.extractfile(self.members[name])
        if stream is None:  # a folder, a link or a device
            raise ValueError(name)
        return stream

    def offset(self, name: str) -> int:
        """Where in the file this part begins."""
        return self.members[name].offset_data

    def check(self) -> None:
        """Every part is what the manifest promises."""
        for name in self.manifest.parts:
            self._copy(name)

    def extract(self, name: str, to: Path) -> None:
        """The part as a file of its own."""
        to.parent.mkdir(parents=True, exist_ok=True)
        with to.open("xb") as file:
            self._copy(name, file)

    def _copy(self, name: str, to: IO[bytes] | None = None) -> None:
        promised = self.manifest.parts[name]
        stream = Digesting(self._stream(name))
        size = 0
        while chunk := stream.read(CHUNK):
            size += len(chunk)
            if to:
                to.write(chunk)
        if (size, stream.digest.hexdigest()) != (promised.size, promised.sha256):
            raise BackupError(
                _("%(path)s is damaged: its part %(name)s is not what was written.")
                % {"path": self.path, "name": name}
            )


@contextmanager
def opened(path: Path) -> Iterator[Contents]:
    """The contents of a backup; a file that is none, or no longer whole, is refused."""
    try:
        file = path.open("rb")
    except OSError as error:
        raise BackupError(
            _("%(path)s cannot be read (%(reason)s).") % {"path": path, "reason": error.strerror}
        ) from error
    with file:
        try:
            contents = Contents(path, tarfile.open(fileobj=file, mode="r:"))  # noqa: SIM115
        except MALFORMED as error:
            raise BackupError(
                _("%(path)s is no backup of this product, or it is damaged.") % {"path": path}
            ) from error
        yield contents
