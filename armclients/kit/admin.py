"""Django admin that stays quick on large tables, and says in words what the database refuses."""

import datetime
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from typing import Any, ClassVar, cast
from urllib.parse import urlencode

from django.apps import apps
from django.contrib import admin
from django.contrib.admin.options import BaseModelAdmin
from django.contrib.auth import get_user_model
from django.core.exceptions import FieldError, ValidationError
from django.core.paginator import Paginator
from django.db import DataError, IntegrityError
from django.db.models import (
    PROTECT,
    BigIntegerField,
    CharField,
    DecimalField,
    Model,
    OuterRef,
    QuerySet,
    Subquery,
)
from django.db.models.fields.json import KeyTextTransform
from django.db.models.functions import Cast
from django.forms import (
    BaseFormSet,
    BaseInlineFormSet,
    BaseModelFormSet,
    Field,
    ModelForm,
    MultiWidget,
    NumberInput,
    TextInput,
)
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.functional import Promise, cached_property
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

CAP = 1000
FEW = 10

# Lists that never count or sort a million rows


class Capped(int):
    """A count that was given up: shown as `1000+`."""

    def __str__(self) -> str:
        return f"{int(self)}+"

    __repr__ = __str__


class CappedPaginator(Paginator):
    """Counts only so far; the rows behind are for the search to find."""

    object_list: QuerySet[Any]

    @cached_property
    def count(self) -> int:
        counted = self.object_list.order_by().values("pk")[: CAP + 1].count()
        return Capped(CAP) if counted > CAP else counted


def screen_url(view: str, **query: Any) -> str:
    """The address of one of our screens, for a button of the admin."""
    return f"{reverse(view)}?{urlencode(query)}"


def link(url: str, label: str | Promise) -> SafeString:
    return format_html('<a href="{}">{}</a>', url, label)


# What the database refuses is an error of the form

SENTENCES: dict[str, str | Promise] = {}


def explain(sentences: dict[str, str | Promise]) -> None:
    """From now on a violated rule of the database is told by its sentence."""
    SENTENCES.update(sentences)


def sentence_of(refusal: IntegrityError | DataError) -> str | Promise:
    if isinstance(refusal, DataError):
        return _("A value is too large to be kept.")
    rule = getattr(getattr(refusal.__cause__, "diag", None), "constraint_name", None)
    return SENTENCES.get(rule or "", _("The database refuses these values together (%s).") % rule)


class TruthfulForm(ModelForm):
    """Checks the constraints of the database before it does, in the words of `explain()`.

    With a `refusal` of the database itself it is never valid, and says so.
    """

    refusal: str | Promise | None = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            if isinstance(field.widget, MultiWidget):
                name_aloud(field)

    def clean(self) -> dict[str, Any] | None:
        cleaned = super().clean()
        if self.refusal:
            self.add_error(None, str(self.refusal))
        return cleaned

    def _post_clean(self) -> None:
        with in_words(self.instance):
            super()._post_clean()  # type: ignore[misc]


class Named(BaseFormSet):
    """Forms in the rows of a table: the heading of a column is no label of the fields below it."""

    def add_fields(self, form: Any, index: int | None) -> None:
        super().add_fields(form, index)
        for field in form.fields.values():
            name_aloud(field)


class NamedForms(Named, BaseModelFormSet):
    """Of a list that is edited in place."""


class NamedRows(Named, BaseInlineFormSet):
    """Of rows that belong to a record."""


def name_aloud(field: Field) -> None:
    """Whoever listens to the page hears what each part of the field is."""
    widget = getattr(field.widget, "widget", field.widget)
    for part in getattr(widget, "widgets", [widget]):
        part.attrs.setdefault("aria-label", str(field.label or ""))


@contextmanager
def in_words(instance: Any) -> Iterator[None]:
    """Meanwhile what the instance's constraints refuse is told in the words of `explain()`."""
    # Django asks the instance, and has no other place to put the words in.
    instance.validate_constraints = partial(_refuse, instance)
    try:
        yield
    finally:
        del instance.validate_constraints


def _refuse(instance: Any, exclude: set[str]) -> None:
    refusals = []
    exclude = exclude | _given_by_the_database(instance)
    for model, constraints in instance.get_constraints():
        for constraint in constraints:
            try:
                constraint.validate(model, instance, exclude=exclude)
            except ValidationError as error:
                refusals.append(SENTENCES.get(constraint.name, error))
            except FieldError:
                # Its condition is about a derived column: the database will say.
                continue
    if refusals:
        raise ValidationError(refusals)


def _given_by_the_database(instance: Any) -> set[str]:
    """Fields of a new row that nobody knows before it is written."""
    fields = [field for field in instance._meta.concrete_fields if not field.generated]
    return {f.name for f in fields if hasattr(getattr(instance, f.attname), "resolve_expression")}


class Titled(admin.ModelAdmin):
    """Headed by the name of its records, which Django would put unbent into a Russian sentence."""

    def changelist_view(self, request: HttpRequest, extra_context: Any = None) -> HttpResponse:
        title = {"title": capfirst(self.opts.verbose_name_plural)}
        return super().changelist_view(request, title | (extra_context or {}))

    def render_change_form(
        self, request: HttpRequest, context: dict[str, Any], *args: Any, **kwargs: Any
    ) -> HttpResponse:
        context["title"] = capfirst(self.opts.verbose_name)
        return super().render_change_form(request, context, *args, **kwargs)


class RecordAdmin(Titled):
    """A small table. What its constraints and triggers refuse is shown on the form."""

    form = TruthfulForm
    list_per_page = 50
    list_max_show_all = 50
    show_full_result_count = False

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        """With what a row is called by, also where autocompletion asks."""
        rows = super().get_queryset(request)
        related = self.get_list_select_related(request)
        return rows if isinstance(related, bool) else rows.select_related(*related)

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        return super().get_search_results(request, queryset, search_term.replace("\0", ""))

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Saves, or shows the same form again with the database's refusal as its error."""
        try:
            return super().changeform_view(request, *args, **kwargs)
        except (IntegrityError, DataError) as refusal:
            request.refusal = sentence_of(refusal)  # type: ignore[attr-defined]
            return super().changeform_view(request, *args, **kwargs)

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[ModelForm]:
        form = super().get_form(request, *args, **kwargs)
        refusal = getattr(request, "refusal", None)
        return type(form.__name__, (form,), {"refusal": refusal}) if refusal else form

    def get_fields(self, request: HttpRequest, obj: Any = None) -> Any:
        """A new record has nothing yet of what is only shown."""
        fields = super().get_fields(request, obj)
        if obj is not None:
            return fields
        return [name for name in fields if name not in self.get_readonly_fields(request)]

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """What would go too; of a million rows that forbid it the first few."""
        if forbidding := list(self.forbidding(objs)):
            return [], {}, set(), forbidding
        return super().get_deleted_objects(objs, request)

    def forbidding(self, objs: Any) -> Iterator[str]:
        for relation in self.opts.related_objects:
            if relation.on_delete is PROTECT:
                model = cast(type[Model], relation.related_model)
                name = capfirst(model._meta.verbose_name)
                holders = model._default_manager.filter(**{f"{relation.field.name}__in": objs})
                yield from (f"{name}: {holder}" for holder in holders[:FEW])

    def save_model(self, _request: HttpRequest, obj: Any, form: ModelForm, change: Any) -> None:
        """Of a row that exists only what was changed is written: the other columns may have been
        derived anew or edited by a colleague since they were read."""
        columns = {field.name for field in obj._meta.concrete_fields}
        changed = [name for name in form.changed_data if name in columns]
        obj.save(update_fields=changed if change else None)


class LargeAdmin(RecordAdmin):
    """A table that may hold millions: newest first by key, sorted by nothing else."""

    paginator = CappedPaginator
    ordering: ClassVar[tuple[str, ...]] = ("-pk",)
    sortable_by = ()
    show_facets = admin.ShowFacets.NEVER


class FoundThrough(LargeAdmin):
    """A large table searched by what its rows belong to, with that record's own indexed search.

    `belongs_to` is the look-up path to the record; `find` gives the records for what was typed.
    Of more than a thousand records only so many are followed: nobody wanted them all.
    """

    belongs_to = "pk"
    find: Callable[[str], QuerySet[Any]]
    search_fields = ("pk",)  # shows the field; what is asked stands below

    def get_search_results(
        self, _request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        typed = search_term.replace("\0", "").strip()
        if typed:
            found = type(self).find(typed)
            if self.belongs_to != "pk":
                found = found[:CAP]
            queryset = queryset.filter(**{f"{self.belongs_to}__in": found})
        return queryset, False


class Rows(admin.TabularInline):
    """Rows that belong to a record, edited on its page in narrow columns."""

    form = TruthfulForm
    formset = NamedRows
    extra = 0
    formfield_overrides: ClassVar = {
        CharField: {"widget": TextInput(attrs={"size": 24})},
        DecimalField: {"widget": NumberInput(attrs={"class": "vBigIntegerField"})},
    }


class ReadOnly(BaseModelAdmin):
    """Written by the database alone."""

    def has_add_permission(self, *_args: Any) -> bool:
        return False

    def has_change_permission(self, *_args: Any) -> bool:
        return False

    def has_delete_permission(self, *_args: Any) -> bool:
        return False


# History

HAPPENED = {"change": _("changed"), "delete": _("deleted")}


class Happened(admin.SimpleListFilter):
    """Named here: Django would look through the whole table for what there is to choose."""

    title = _("what happened")
    parameter_name = "happened"

    def lookups(self, *_args: Any) -> Any:
        return HAPPENED.items()

    def queryset(self, _request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(pgh_label=self.value()) if self.value() else queryset


class HistoryAdmin(ReadOnly, FoundThrough):
    """What rows held before each change, and who changed them."""

    list_display = ("when", "happened", "row", "changed_by", "held")
    list_filter = (Happened,)
    exclude = ("pgh_context",)
    readonly_fields = ("changed_by",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        users = get_user_model()
        changed_by = users.objects.filter(pk=Cast(OuterRef("user_key"), BigIntegerField())).values(
            users.USERNAME_FIELD
        )
        return (
            super()
            .get_queryset(request)
            .annotate(user_key=KeyTextTransform("user", "pgh_context__metadata"))
            .annotate(changed_by=Subquery(changed_by))
        )

    @admin.display(description=_("when"))
    def when(self, history: Any) -> datetime.datetime:
        return history.pgh_created_at

    @admin.display(description=_("what happened"))
    def happened(self, history: Any) -> str | Promise:
        return HAPPENED.get(history.pgh_label, history.pgh_label)

    @admin.display(description=_("row"))
    def row(self, history: Any) -> int:
        return history.pgh_obj_id

    @admin.display(description=_("changed by"))
    def changed_by(self, history: Any) -> str | None:
        return history.changed_by

    @admin.display(description=_("held until then"))
    def held(self, history: Any) -> str:
        own = (field for field in history._meta.concrete_fields if not _is_bookkeeping(field.name))
        values = ((field.verbose_name, field.value_from_object(history)) for field in own)
        return "; ".join(f"{name}: {value}" for name, value in values if value not in ("", None))


def _is_bookkeeping(name: str) -> bool:
    return name in {"id", "document_ptr"} or name.startswith("pgh_")


def register_histories(
    app: str, find: Callable[[str], QuerySet[Any]], paths: dict[str, str]
) -> None:
    """Histories become readable, searched through `find` by the record at the end of their path."""
    for name, path in paths.items():
        history: type[Model] = apps.get_model(app, name)
        shown_by = type(
            f"{name}Admin", (HistoryAdmin,), {"belongs_to": path, "find": staticmethod(find)}
        )
        admin.site.register(history, shown_by)
