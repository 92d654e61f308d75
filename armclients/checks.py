"""What `manage.py check` proves about the house as a whole."""

from collections.abc import Iterator
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.urls import URLPattern, URLResolver, get_resolver

from armclients.embedded.readiness import check_database

# The log-in and log-out pages guard themselves, and so does all of the admin.
GUARDED = ("django.contrib.auth.views", "armclients.login")


# Run by `migrate` and by whatever else is about to rely on the database.
register(check_database, Tags.database)


@register()
def every_view_names_a_permission(**_kwargs: Any) -> list[CheckMessage]:
    """A view without `@needs(...)` or `@open_to_all` is an oversight."""
    return [
        Error(
            f"The view of «{route}» names no permission.",
            hint="Decorate it with @needs('app.permission') or @open_to_all.",
            obj=view,
            id="armclients.E001",
        )
        for route, view in views(get_resolver())
        if not hasattr(view, "needs") and not _module(view).startswith(GUARDED)
    ]


def views(resolver: URLResolver, prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every route of the product with its view, but for the admin's."""
    for entry in resolver.url_patterns:
        route = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLPattern):
            yield route, entry.callback
        elif entry.namespace != "admin":
            yield from views(entry, route)


def _module(view: Any) -> str:
    return getattr(view, "view_class", view).__module__
