"""Import and export on the list of a dictionary, for those who may change and see it."""

from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any
from uuid import uuid4
from zipfile import BadZipFile, ZipFile

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from import_export.admin import ImportExportMixin
from import_export.forms import ExportForm, ImportForm
from import_export.results import Result
from import_export.tmp_storages import BaseStorage

from armclients.kit.dictionaries.formats import MOST_ROWS, SpreadsheetCSV, SpreadsheetXLSX
from armclients.kit.dictionaries.resources import resource_of

if TYPE_CHECKING:
    from django.contrib.admin import ModelAdmin

    Base = ModelAdmin
else:
    Base = object

UNCONFIRMED = timedelta(days=1)
LARGEST_FILE = 16 << 20
LARGEST_UNPACKED = 256 << 20


def shelf() -> Path:
    return Path(settings.MEDIA_ROOT) / "dictionaries"


def sweep(now: datetime) -> None:
    """Tables that nobody confirmed within a day are gone."""
    for table in shelf().glob("*"):
        with suppress(FileNotFoundError):  # confirmed just now
            if table.stat().st_mtime < (now - UNCONFIRMED).timestamp():
                table.unlink()


class Kept(BaseStorage):
    """The uploaded table between the preview and the confirmation."""

    @property
    def path(self) -> Path:
        return shelf() / PurePath(self.name).name

    def save(self, data: bytes) -> None:
        self.name = uuid4().hex
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_bytes(data)

    def read(self) -> bytes:
        return self.path.read_bytes()

    def remove(self) -> None:
        self.path.unlink(missing_ok=True)


class TableForm(ImportForm):
    """A table small enough to be held in memory."""

    def clean_import_file(self) -> UploadedFile:
        file = self.cleaned_data["import_file"]
        size = file.size
        try:
            with ZipFile(file) as book:
                unpacked = sum(entry.file_size for entry in book.infolist())
        except (BadZipFile, ValueError):
            unpacked = 0
        file.seek(0)
        if size > LARGEST_FILE or unpacked > LARGEST_UNPACKED:
            raise ValidationError(
                _("The file is larger than %(limit)s MB.") % {"limit": LARGEST_FILE >> 20}
            )
        return file


class Exchanged(ImportExportMixin, Base):
    """The columns that go out and come in, and those that tell its rows apart."""

    exchanged: tuple[str, ...] = ("name",)
    natural_key: tuple[str, ...] = ("name",)
    formats = (SpreadsheetCSV, SpreadsheetXLSX)
    import_template_name = "admin/dictionary_import.html"
    import_form_class = TableForm
    export_form_class = ExportForm
    tmp_storage_class = Kept

    def get_resource_classes(self, request: HttpRequest) -> list[Any]:  # noqa: ARG002
        return [resource_of(self.model, self.exchanged, self.natural_key)]

    def has_import_permission(self, request: HttpRequest) -> bool:
        return self.has_add_permission(request) and self.has_change_permission(request)

    def has_export_permission(self, request: HttpRequest) -> bool:
        return self.has_view_permission(request)

    def get_import_context_data(self, **kwargs: Any) -> dict[str, Any]:
        resource = resource_of(self.model, self.exchanged, self.natural_key)()
        return super().get_import_context_data(**kwargs) | {
            "headings": resource.get_diff_headers(),
            "key_headings": [resource.heading(name) for name in self.natural_key],
        }

    def get_import_data_kwargs(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_import_data_kwargs(**kwargs) | {"rollback_on_validation_errors": True}

    def import_action(self, request: HttpRequest, **kwargs: Any) -> TemplateResponse:
        """The form, or what the uploaded table would do, row by row."""
        page = super().import_action(request, **kwargs)
        if result := page.context_data.get("result"):
            page.context_data["problems"] = self.problems_of(result)
        return page

    def problems_of(self, result: Result) -> list[tuple[int, list[str]]]:
        """What is wrong, with the number a table program gives the row."""
        heading = resource_of(self.model, self.exchanged, self.natural_key)().heading
        problems = [
            (number, [str(e.error) for e in errors]) for number, errors in result.row_errors()
        ]
        for row in result.invalid_rows:
            of_fields = [
                f"{heading(name)}: {' '.join(sentences)}"
                for name, sentences in row.field_specific_errors.items()
            ]
            problems.append((row.number, [*of_fields, *row.non_field_specific_errors]))
        return [(number + 1, sentences) for number, sentences in sorted(problems)]

    def add_data_read_fail_error_to_form(self, form: ImportForm, e: Exception) -> None:
        told = e if isinstance(e, ValidationError) else _("The file is no such table.")
        form.add_error("import_file", told)

    def get_export_queryset(self, request: HttpRequest) -> QuerySet[Any]:
        return super().get_export_queryset(request)[: MOST_ROWS + 1]

    def get_export_data(
        self, file_format: Any, request: HttpRequest, queryset: QuerySet[Any], **kwargs: Any
    ) -> Any:
        if queryset.count() > MOST_ROWS:
            # Shown as a message of the page.
            raise ValueError(_("More than %(most)s rows: search first.") % {"most": MOST_ROWS})
        return super().get_export_data(file_format, request, queryset, **kwargs)

    def process_import(self, request: HttpRequest, **kwargs: Any) -> HttpResponse:
        try:
            return super().process_import(request, **kwargs)
        except (OSError, ValueError, IndexError):
            messages.error(request, _("The file is no longer kept: upload it again."))
            return HttpResponseRedirect(self.import_page)

    def process_result(self, result: Result, request: HttpRequest) -> HttpResponse:
        """What became wrong since the preview is said; then nothing was imported."""
        if not result.has_errors() and not result.has_validation_errors():
            return super().process_result(result, request)
        messages.error(request, _("Nothing was imported: upload the file again to see why."))
        return HttpResponseRedirect(self.import_page)

    @property
    def import_page(self) -> str:
        app, model = self.get_model_info()
        return reverse(f"admin:{app}_{model}_import")
