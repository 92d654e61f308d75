"""Photographs in forms: taken now, or chosen from files."""

from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from armclients.kit import photos
from armclients.kit.refusals import RefusedError


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of photographs, none included; gives the uploads."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = data if isinstance(data, list | tuple) else [data]
        clean = super().clean
        return [clean(upload, initial) for upload in uploads if upload]


class TakesPhotos(forms.Form):
    """What else is asked comes with photographs; gives `pictures`, once they are understood."""

    shot = PhotosField(
        label=_("take a photo"),
        required=False,
        widget=forms.FileInput(attrs={"accept": photos.TAKEN, "capture": "environment"}),
    )
    photos = PhotosField(
        label=_("photos from files"),
        required=False,
        widget=SeveralFiles(attrs={"accept": photos.TAKEN, "multiple": True}),
        help_text=_("JPEG, PNG or WebP; place and time of taking are removed."),
    )

    def clean(self) -> dict[str, Any]:
        given = super().clean() or {}
        for name in ("shot", "photos"):
            try:
                given[name] = photos.read(given.pop(name, []))
            except RefusedError as refusal:
                self.add_error(name, str(refusal))
        if not self.errors:
            given["pictures"] = [*given.pop("shot"), *given.pop("photos")]
        return given


class PhotosForm(TakesPhotos):
    """Photographs, and nothing else is asked."""

    def clean(self) -> dict[str, Any]:
        given = super().clean()
        if not self.errors and not given["pictures"]:
            self.add_error("photos", _("Take a photo, or choose a file."))
        return given
