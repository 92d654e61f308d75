"""Putting a backup in the place of what is there; whatever fails leaves what is there."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.management import CommandError
from django.db import DatabaseError, connection
from django.utils.translation import gettext as _

from armclients.backups import archive, database
from armclients.backups.archive import BackupError, Manifest
from armclients.embedded.readiness import prepare_database, what_is_wrong
from armclients.version import as_numbers, version
from armclients.workstation import rebuild

DRAFT = ".restore-"


def restore(path: Path, *, overwrite: bool, tell: Callable[[Manifest], None]) -> None:
    """Database and uploads are those of the backup, on the newest migration, and were checked."""
    with archive.opened(path) as contents:
        tell(contents.manifest)
        refuse_a_newer(contents.manifest)
        contents.check()
        refuse_what_is_there(overwrite=overwrite)
        Path(settings.DATA_DIR).mkdir(mode=0o711, parents=True, exist_ok=True)
        forget_interrupted()
        with sentences(), TemporaryDirectory(prefix=DRAFT, dir=settings.DATA_DIR) as place:
            dump, uploads = unpacked(contents, Path(place))
            if database.may_be_replaced():
                with database.beside() as fresh:
                    fill(fresh, dump, contents.manifest)
                    with in_place_of_uploads(uploads):
                        database.replace_by(fresh)
            else:
                own = str(connection.settings_dict["NAME"])
                with in_place_of_uploads(uploads), database.empty_again_after_a_failure():
                    fill(own, dump, contents.manifest, at_once=True)


def forget_interrupted() -> None:
    """What a restore that was killed unpacked is gone; nobody else restores at the same time."""
    for draft in Path(settings.DATA_DIR).glob(f"{DRAFT}*"):
        shutil.rmtree(draft, ignore_errors=True)


def refuse_a_newer(manifest: Manifest) -> None:
    if as_numbers(manifest.facts.version) > as_numbers(version()):
        raise BackupError(
            _("The backup is of version %(its)s, and this is %(ours)s: upgrade the product first.")
            % {"its": manifest.facts.version, "ours": version()}
        )


def refuse_what_is_there(*, overwrite: bool) -> None:
    """The database is there, nobody works on it, and it may be replaced."""
    if problem := what_is_wrong():
        raise BackupError(problem)
    if (clients := database.clients()) and not overwrite:
        raise BackupError(
            _(
                "The database holds %(clients)s clients: nothing was changed. With --overwrite "
                "the backup takes their place."
            )
            % {"clients": clients}
        )
    if database.is_in_use():
        raise BackupError(
            _("Somebody works on the database: stop the product («serve», «work») first.")
        )
    can_be_filled = database.is_empty() and database.loads_at_once()
    if not database.may_be_replaced() and not can_be_filled:
        raise BackupError(
            _(
                "The user of DATABASE_URL may not make a database beside «%(name)s»: as the "
                "server's administrator run «ALTER ROLE … CREATEDB», or point DATABASE_URL at an "
                "empty database on PostgreSQL %(version)s or newer."
            )
            % {"name": connection.settings_dict["NAME"], "version": database.KNOWS_IT}
        )


def unpacked(contents: archive.Contents, place: Path) -> tuple[Path, Path]:
    """The dump, and the folder of the uploads."""
    uploads = place / archive.UPLOADS
    uploads.mkdir(mode=0o700)
    for name in contents.manifest.parts:
        contents.extract(name, place / name)
    return place / archive.DUMP, uploads


def fill(name: str, dump: Path, manifest: Manifest, *, at_once: bool = False) -> None:
    """The database `name` holds what the backup promises, in the form this version works with."""
    database.load(dump, name, at_once=at_once)
    with database.pointed_at(name):
        counted = database.counts()
        if counted != manifest.facts.counts:
            raise BackupError(
                _("Not everything came back: %(came)s instead of %(promised)s.")
                % {"came": counted, "promised": manifest.facts.counts}
            )
        prepare_database()
        with connection.cursor() as cursor:
            cursor.execute("VACUUM (ANALYZE)")
        if rebuild.differences():
            rebuild.rebuild()


@contextmanager
def in_place_of_uploads(fresh: Path) -> Iterator[None]:
    """The fresh uploads are in their place; the old ones are back when what happens here fails."""
    place = Path(settings.MEDIA_ROOT)
    aside = place.with_name(f"{place.name}.replaced")
    if aside.exists() and not place.exists():
        aside.rename(place)  # a restore was killed between two moves
    shutil.rmtree(aside, ignore_errors=True)
    had_some = place.exists()
    if had_some:
        place.rename(aside)
    fresh.rename(place)
    try:
        yield
    except BaseException:
        place.rename(fresh)
        if had_some:
            aside.rename(place)
        raise
    shutil.rmtree(aside, ignore_errors=True)


@contextmanager
def sentences() -> Iterator[None]:
    """What the server, the disk or the checks refuse is said in one sentence."""
    try:
        yield
    except (DatabaseError, OSError, CommandError, ImproperlyConfigured) as error:
        raise BackupError(
            _("The backup was not restored, and nothing was changed: %(reason)s")
            % {"reason": " ".join(str(error).split())}
        ) from error
