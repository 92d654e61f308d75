"""Rows of a dictionary as rows of a table.

A row is the same row as before when its natural key is, without regard to case. Columns are headed
as the screen names them, or by the names of the fields; a column nobody knows is an error.
"""

from functools import partial
from typing import Any

import tablib
from django.core.exceptions import ValidationError
from django.db.models import ForeignKey, Model
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from import_export.fields import Field
from import_export.instance_loaders import BaseInstanceLoader
from import_export.resources import Diff, ModelResource, modelresource_factory

from armclients.kit.admin import in_words
from armclients.kit.dictionaries.formats import (
    EMPTY,
    ByName,
    Choice,
    Day,
    Number,
    Whole,
    YesNo,
    as_typed,
)


class ByKey(BaseInstanceLoader):
    """The one row with this natural key, or none."""

    def get_instance(self, row: dict[str, Any]) -> Model | None:
        wanted = {}
        for name in self.resource.get_import_id_fields():
            try:
                value = self.resource.fields[name].clean(row)
            except ValueError:
                # The field says so when its turn comes.
                return None
            wanted[f"{name}__iexact" if isinstance(value, str) else name] = value
        found = self.resource.get_queryset().filter(**wanted)[:2]
        if len(found) > 1:
            raise ValidationError(_("There are several such rows: change them by hand."))
        return found[0] if found else None


class PlainDiff(Diff):
    """Before and after, without the colours that our pages may not carry."""

    def as_html(self) -> list[SafeString]:
        return [
            conditional_escape(now)
            if self.new or was == now
            else format_html("<del>{}</del> <ins>{}</ins>", was, now)
            for was, now in zip(self.left, self.right, strict=True)
        ]


class Dictionary(ModelResource):
    WIDGETS_MAP = ModelResource.WIDGETS_MAP | {
        "BooleanField": YesNo,
        "DateField": Day,
        "DecimalField": Number,
        "PositiveSmallIntegerField": Whole,
    }

    class Meta:
        instance_loader_class = ByKey
        clean_model_instances = True
        skip_unchanged = True
        report_skipped = True
        use_transactions = True

    @classmethod
    def field_from_django_field(
        cls,
        field_name: str,
        django_field: Any,
        readonly: bool,  # noqa: FBT001
    ) -> Field:
        if isinstance(django_field, ForeignKey):
            widget = ByName(django_field.remote_field.model)
            return Field(attribute=field_name, column_name=field_name, widget=widget)
        return super().field_from_django_field(field_name, django_field, readonly)

    @classmethod
    def widget_from_django_field(cls, f: Any, *args: Any, **kwargs: Any) -> Any:
        if f.choices:
            return partial(Choice, choices=f.choices)
        return super().widget_from_django_field(f, *args, **kwargs)

    def get_diff_class(self) -> type[Diff]:
        return PlainDiff

    def heading(self, name: str) -> str:
        return str(capfirst(self._meta.model._meta.get_field(name).verbose_name))

    def get_export_headers(self, **_kwargs: Any) -> list[str]:
        return [self.heading(field.column_name) for field in self.get_export_fields()]

    def get_diff_headers(self) -> list[str]:
        return [self.heading(field.column_name) for field in self.get_import_fields()]

    def before_import(self, dataset: tablib.Dataset, **_kwargs: Any) -> None:
        """The columns bear the names of fields; blank rows and columns are gone."""
        columns = self.columns_of(dataset)
        rows = [[as_typed(row[at]) for at in columns.values()] for row in dataset]
        if missing := [n for n in self.get_import_id_fields() if n not in columns]:
            raise ValidationError(
                _("The column «%(name)s» is missing.") % {"name": self.heading(missing[0])}
            )
        dataset.wipe()
        dataset.headers = list(columns)
        dataset.extend(row for row in rows if any(cell not in EMPTY for cell in row))

    def columns_of(self, dataset: tablib.Dataset) -> dict[str, int]:
        """The place of each field among the columns."""
        known = {self.heading(name).casefold(): name for name in self.fields}
        known |= {name: name for name in self.fields}
        places: dict[str, int] = {}
        for place, heading in enumerate(dataset.headers or []):
            typed = str(heading or "").strip()
            if not typed and all(row[place] in EMPTY for row in dataset):
                continue
            name = known.get(typed.casefold())
            if name is None or name in places:
                raise ValidationError(
                    _("The column «%(name)s» is unknown or there twice; known are: %(known)s.")
                    % {"name": typed, "known": ", ".join(map(self.heading, self.fields))}
                )
            places[name] = place
        return places

    def validate_instance(self, instance: Model, *args: Any, **kwargs: Any) -> None:
        with in_words(instance):
            super().validate_instance(instance, *args, **kwargs)


def resource_of(model: type[Model], fields: tuple[str, ...], key: tuple[str, ...]) -> Any:
    meta = {"fields": fields, "import_order": fields, "export_order": fields}
    return modelresource_factory(
        model, resource_class=Dictionary, meta_options=meta | {"import_id_fields": key}
    )
