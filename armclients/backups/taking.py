"""Taking a backup, and proving that it can be read."""

import os
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext as _

from armclients.backups import archive, database
from armclients.backups.archive import SUFFIX, BackupError, Manifest
from armclients.kit import clock
from armclients.version import version

DRAFT = ".draft-"
# What people uploaded to import it and did not confirm yet.
UNFINISHED = ("imports", "dictionaries")
NAMED = f"arm-%Y-%m-%d-%H%M{SUFFIX}"


def folder() -> Path:
    """Where backups lie when nobody says otherwise."""
    return Path(settings.DATA_DIR) / "backups"


def name_of_now() -> str:
    return clock.now().astimezone(timezone.get_default_timezone()).strftime(NAMED)


def take(to: Path) -> Manifest:
    """The file `to` holds all of this moment and was read back; before that it is not there."""
    try:
        to.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=DRAFT, dir=to.parent) as place:
            draft = Path(place) / to.name
            dump = Path(place) / archive.DUMP
            facts = dump_of_now(dump)
            uploads = Path(settings.MEDIA_ROOT)
            archive.write(draft, facts, dump=dump, uploads=uploads, without=UNFINISHED)
            draft.chmod(0o600)
            manifest = read_back(draft)
            draft.rename(to)
        seal(to.parent)
    except OSError as error:
        raise BackupError(
            _("The backup %(path)s cannot be written (%(reason)s).")
            % {"path": to, "reason": error.strerror or error}
        ) from error
    return manifest


def dump_of_now(to: Path) -> archive.Facts:
    with database.moment() as snapshot:
        facts = archive.Facts(
            version=version(),
            taken_at=clock.now().isoformat(timespec="seconds"),
            server=database.server_version(),
            database_bytes=database.size(),
            counts=database.counts(),
        )
        database.dump(to, snapshot)
    return facts


def read_back(path: Path) -> Manifest:
    """Every part is whole, and PostgreSQL finds in the dump what it put there."""
    with archive.opened(path) as contents:
        contents.check()
        offset = contents.offset(archive.DUMP)
        if not any(" TABLE DATA " in line for line in database.catalogue(path, offset=offset)):
            raise BackupError(_("%(path)s holds no data.") % {"path": path})
        return contents.manifest


def seal(parent: Path) -> None:
    """The new name outlives a power cut, too."""
    descriptor = os.open(parent, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
