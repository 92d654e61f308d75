"""What is asked about defects, approvals and the client's own materials."""

from decimal import Decimal

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from armclients.kit.forms import MomentInput
from armclients.kit.photo_forms import TakesPhotos
from orders.models import Approval, Defect, OwnMaterial


class DefectForm(TakesPhotos, forms.ModelForm):
    """What is wrong, how badly, and photographs of it."""

    class Meta:
        model = Defect
        fields = ("text", "severity")
        widgets = {"text": forms.Textarea(attrs={"rows": 2})}


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
