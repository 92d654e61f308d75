"""What migrations let roles do."""

from collections.abc import Collection, Mapping
from typing import Any

from django.apps import apps as installed
from django.contrib.auth.management import create_permissions
from django.db.migrations import RunPython


def grant(roles: Mapping[str, Collection[str]]) -> RunPython:
    """Each role, by the name of its group, may also what is named as `app.codename`.

    A permission that does not exist ends the migration with a KeyError; a role that a shop has
    removed stays removed.
    """

    def let(apps: Any, _schema_editor: Any) -> None:
        group, permission = (apps.get_model("auth", name) for name in ("Group", "Permission"))
        named = sorted({name for allowed in roles.values() for name in allowed})
        floors = {name.partition(".")[0] for name in named}
        # Permissions are otherwise made after the last migration of all.
        for floor in sorted(floors):
            create_permissions(installed.get_app_config(floor), apps=apps, verbosity=0)
        known = {
            f"{each.content_type.app_label}.{each.codename}": each
            for each in permission.objects.filter(
                content_type__app_label__in=floors
            ).select_related("content_type")
        }
        for role, allowed in roles.items():
            for each in group.objects.filter(name=role):
                each.permissions.add(*(known[name] for name in allowed))

    return RunPython(let, RunPython.noop)


def revoke(names: Collection[str]) -> RunPython:
    """No role may any longer what is named as `app.codename`, where that exists."""

    def forbid(apps: Any, _schema_editor: Any) -> None:
        for name in names:
            floor, _dot, codename = name.partition(".")
            for permission in apps.get_model("auth", "Permission").objects.filter(
                content_type__app_label=floor, codename=codename
            ):
                permission.group_set.clear()

    return RunPython(forbid, RunPython.noop)
