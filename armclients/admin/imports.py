"""Bringing in the files of a shop: upload, look at what would happen, say yes."""

import tempfile
from collections.abc import Sequence
from typing import Any, ClassVar
from zipfile import ZIP_DEFLATED, ZipFile

from django import forms
from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.decorators import method_decorator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST

from armclients.admin import import_job, uploads
from armclients.importing.files import CATALOGUE
from armclients.kit import clock
from armclients.kit.admin import LargeAdmin, ReadOnly
from armclients.models import ImportRun

PERMISSION = "armclients.import_data"
MAY_STAY_UNPACKED = 1 << 23  # bytes of rejects in memory before they go to the disk


class FilesInput(forms.FileInput):
    allow_multiple_selected = True


class FilesField(forms.FileField):
    """One file or several, each as a file field would take it."""

    widget = FilesInput(attrs={"accept": ".csv,.xlsx,.zip"})

    def clean(self, data: Sequence[UploadedFile], initial: Any = None) -> list[UploadedFile]:
        if not data:
            raise ValidationError(self.error_messages["required"], code="required")
        return [super(FilesField, self).clean(file, initial) for file in data]


class UploadForm(forms.ModelForm):
    """What is brought in, from where, and how."""

    uploaded = FilesField(
        label=gettext_lazy("Files"),
        help_text=gettext_lazy("Tables in .csv or .xlsx, or one .zip of them."),
    )

    class Meta:
        model = ImportRun
        fields = ("source", "mode")
        widgets: ClassVar = {"mode": forms.RadioSelect}
        help_texts: ClassVar = {
            "source": gettext_lazy("The system the rows come from; identifiers of two never meet.")
        }

    def __init__(self, *args: Any, handler: uploads.IntoFolder | None = None, **kwargs: Any):
        super().__init__(*args, **kwargs)
        self.handler = handler
        self.order_fields(["uploaded", "source", "mode"])

    def clean_source(self) -> str:
        source = self.cleaned_data["source"]
        if not source.isprintable():
            raise ValidationError(_("Only letters, digits and signs."))
        return source

    def clean(self) -> None:
        """The files stand ready to be imported."""
        super().clean()
        if self.handler and self.handler.overflows:
            limit = {"limit": uploads.LARGEST_UPLOAD >> 20}
            self.errors.pop("uploaded", None)
            self.add_error("uploaded", _("The files are larger than %(limit)s MB.") % limit)
        elif "uploaded" in self.cleaned_data:
            try:
                taken = uploads.take_in(self.cleaned_data["uploaded"], self.instance.token)
            except uploads.NotTaken as refusal:
                self.add_error("uploaded", str(refusal))
            else:
                self.instance.files = taken


@admin.register(ImportRun)
class ImportRunAdmin(ReadOnly, LargeAdmin):
    """All imports that were uploaded here. A page of one shows how far it is."""

    list_display = ("created_at", "author", "source", "names", "mode", "state")
    list_filter = ("state",)
    list_select_related = ("author",)

    def has_module_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_view_permission(self, request: HttpRequest, _obj: ImportRun | None = None) -> bool:
        return request.user.has_perm(PERMISSION)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm(PERMISSION)

    @admin.display(description=gettext_lazy("files"))
    def names(self, run: ImportRun) -> str:
        return ", ".join(run.files)

    def get_urls(self) -> list[URLPattern]:
        protect = self.admin_site.admin_view
        return [
            path("<int:pk>/start/", protect(self.start), name="armclients_importrun_start"),
            path("<int:pk>/rejects/", protect(self.rejects), name="armclients_importrun_rejects"),
            *super().get_urls(),
        ]

    # The handler must be there before anything reads the upload, the check of the token included.
    @method_decorator(csrf_exempt)
    def add_view(self, request: HttpRequest, *_args: Any, **_kwargs: Any) -> HttpResponse:
        if not self.has_add_permission(request):
            raise PermissionDenied
        run = ImportRun(author_id=request.user.pk, created_at=clock.now())
        handler = uploads.IntoFolder(request, run.token)
        request.upload_handlers = [handler]
        return self.upload(request, run, handler)

    @method_decorator(csrf_protect)
    def upload(
        self, request: HttpRequest, run: ImportRun, handler: uploads.IntoFolder
    ) -> HttpResponse:
        """The files are kept, and wait to be tried; or the form says why not."""
        if request.method != "POST":
            return self.shown(request, "admin/import_upload.html", form=UploadForm(instance=run))
        form = UploadForm(request.POST, request.FILES, instance=run, handler=handler)
        if not form.is_valid():
            uploads.drop(run.token)
            return self.shown(request, "admin/import_upload.html", form=form)
        with transaction.atomic():
            form.save()
            import_job.ask(run)
        return HttpResponseRedirect(page_of(run))

    def change_view(
        self, request: HttpRequest, object_id: str, *_args: Any, **_kwargs: Any
    ) -> HttpResponse:
        """How far it is, what was found, and what can be done about it."""
        if not self.has_view_permission(request):
            raise PermissionDenied
        run = self.get_object(request, unquote(object_id))
        if run is None:
            raise Http404
        if import_job.found_dead(run):
            run.refresh_from_db()
        return self.shown(request, "admin/import_run.html", run=run)

    @method_decorator(require_POST)
    def start(self, request: HttpRequest, pk: int) -> HttpResponse:
        """The second step, for those who uploaded the files and saw what would happen."""
        run = self.own_run(request, pk)
        if run.author_id != request.user.pk or request.POST.get("token") != str(run.token):
            raise PermissionDenied
        if not uploads.files_of(run.token).is_dir():
            messages.error(request, _("The files are no longer kept: upload them again."))
        elif not run.can_be_imported or not import_job.ask_to_import(run):
            messages.warning(request, _("This import was started already, or cannot be."))
        return HttpResponseRedirect(page_of(run))

    def rejects(self, request: HttpRequest, pk: int) -> FileResponse:
        """The rejected rows as one archive, ready to be mended and brought in again."""
        run = self.own_run(request, pk)
        found = uploads.rejects_of(run.token)
        if not found:
            raise Http404
        packed = tempfile.SpooledTemporaryFile(max_size=MAY_STAY_UNPACKED)  # noqa: SIM115 — the response closes it
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            for file in found:
                archive.write(file, file.name)
        packed.seek(0)
        return FileResponse(packed, as_attachment=True, filename=f"rejected-{run.pk}.zip")

    def own_run(self, request: HttpRequest, pk: int) -> ImportRun:
        if not self.has_view_permission(request):
            raise PermissionDenied
        return get_object_or_404(ImportRun, pk=pk)

    def shown(self, request: HttpRequest, template: str, **facts: Any) -> HttpResponse:
        run = facts.get("run")
        context = {
            **self.admin_site.each_context(request),
            "title": gettext_lazy("Import of files"),
            "opts": self.opts,
            "media": self.media,
            "has_change_permission": False,
            "known": [f"{form.name}.csv" for form in CATALOGUE],
            "has_rejects": bool(run and run.rejects and uploads.rejects_of(run.token)),
            "is_own": bool(run and run.author_id == request.user.pk),
            **facts,
        }
        return TemplateResponse(request, template, context)


def page_of(run: ImportRun) -> str:
    return reverse("admin:armclients_importrun_change", args=[run.pk])
