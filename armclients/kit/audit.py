"""History that the database keeps: what a row held before each change, and who changed it."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models

M = TypeVar("M", bound=type[models.Model])


def keeps_history(*, exclude: tuple[str, ...] = ()) -> Callable[[M], M]:
    """The decorated model's old rows are kept on update and delete, by triggers.

    The live row is the newest state, so an insert writes no history. Columns that the database
    derives are left out by `exclude`.
    """

    def decorate(model: M) -> M:
        name = model._meta.model_name
        return pghistory.track(
            pghistory.UpdateEvent("change", row=pghistory.Old),
            pghistory.DeleteEvent("delete"),
            exclude=list(exclude),
            # Parent and child tables would claim the same default name.
            obj_field=pghistory.ObjForeignKey(related_name=f"{name}_history"),
            model_name=f"{model._meta.object_name}History",
        )(model)

    return decorate
