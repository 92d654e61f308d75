"""History that the database keeps: what a row held before each change, and who changed it."""

from collections.abc import Callable
from typing import TypeVar

import pghistory
from django.db import models
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

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
            meta={
                "verbose_name": format_lazy(_("history: {of}"), of=model._meta.verbose_name),
                "verbose_name_plural": format_lazy(
                    _("history: {of}"), of=model._meta.verbose_name_plural
                ),
            },
        )(model)

    return decorate
