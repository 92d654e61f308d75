"""The database backend «armclients.embedded»: Django's own, on the server the product brings."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.backends.postgresql import base, client

from armclients.embedded.programs import program
from armclients.embedded.server import SUPERUSER, EmbeddedServer


@cache
def server_of(home: Path) -> EmbeddedServer:
    return EmbeddedServer(home, extra=settings.EMBEDDED_SERVER_SWITCHES)


class DatabaseClient(client.DatabaseClient):
    """`dbshell` with the psql of the wheel."""

    executable_name = program("psql")

    def runshell(self, parameters: Iterable[str]) -> None:
        self.connection.get_connection_params()
        super().runshell(parameters)


class DatabaseWrapper(base.DatabaseWrapper):
    """A connection for whose sake the server is brought up when it is first needed."""

    client_class = DatabaseClient

    def get_connection_params(self) -> dict[str, Any]:
        server = server_of(settings.DATA_DIR)
        folder = server.join(settings.DATABASES["default"]["NAME"])
        self.settings_dict.update(HOST=str(folder), PORT="5432", USER=SUPERUSER)
        return super().get_connection_params()
