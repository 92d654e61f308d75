"""What is asked about defects, approvals and the client's own materials."""

from decimal import Decimal
from typing import Any

from django import forms
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.forms import MomentInput
from armclients.kit.refusals import RefusedError
from orders import photos
from orders.actions import defects
from orders.models import Approval, Defect, OwnMaterial


class SeveralFiles(forms.ClearableFileInput):
    allow_multiple_selected = True


class PhotosField(forms.FileField):
    """Any number of photographs, none included; gives the uploads."""

    def clean(self, data: Any, initial: Any = None) -> list[UploadedFile]:
        uploads = data if isinstance(data, list | tuple) else [data]
        clean = super().clean
        return [clean(upload, initial) for upload in uploads if upload]


class DefectForm(forms.ModelForm):
    """What is wrong, how badly, and photographs: taken now, or chosen from files."""

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

    class Meta:
        model = Defect
        fields = ("text", "severity")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}

    def clean(self) -> dict[str, Any]:
        """With the pictures, once they are understood."""
        given = super().clean() or {}
        for name in ("shot", "photos"):
            try:
                given[name] = defects.read(given.pop(name, []))
            except RefusedError as refusal:
                self.add_error(name, str(refusal))
        if not self.errors:
            given["pictures"] = [*given.pop("shot"), *given.pop("photos")]
        return given


class DeferForm(forms.Form):
    """What is to be done about a defect, and what it would cost."""

    name = forms.CharField(label=_("what is to be done"), max_length=300)
    price = forms.DecimalField(
        label=_("Price, ₽"), max_digits=14, decimal_places=2, min_value=0, required=False
    )


class ApprovalForm(forms.ModelForm):
    """Who agreed, how and when, to what and up to how much."""

    amount = forms.DecimalField(label=_("up to, ₽"), max_digits=14, decimal_places=2, min_value=0)
    at = forms.DateTimeField(label=pgettext_lazy("approved", "when"), widget=MomentInput)

    class Meta:
        model = Approval
        fields = ("who", "how", "at", "what", "amount", "is_firm")

    field_order = ("amount", "is_firm", "who", "how", "at", "what")


class MaterialForm(forms.ModelForm):
    """What the client brought, and with which papers."""

    quantity = forms.DecimalField(
        label=_("quantity"),
        max_digits=12,
        decimal_places=3,
        min_value=Decimal("0.001"),
        initial=1,
    )

    class Meta:
        model = OwnMaterial
        fields = ("name", "quantity", "unit", "has_certificate", "has_receipt")
