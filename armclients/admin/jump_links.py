"""Jump links, and where each would lead."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AutocompleteSelect
from django.core.exceptions import PermissionDenied, ValidationError
from django.db.models import ForeignKey, Subquery
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from armclients.admin.people import RightField
from armclients.kit.admin import NamedForms, RecordAdmin
from armclients.models import JumpLink
from armclients.models.jump_link import known_placeholders
from armclients.workstation.jumps import Jump, jumps
from customers import queries as customers
from customers.models import Counterparty
from vehicles import queries as vehicles
from vehicles.models import Vehicle, VehicleOwnership


class Chosen(AutocompleteSelect):
    """The administration's own search for a client or a vehicle; a key that is none is nobody's."""

    def __init__(self, field: str) -> None:
        super().__init__(VehicleOwnership._meta.get_field(field), admin.site)

    def optgroups(self, name: str, value: Sequence[str], attr: Any = None) -> Any:
        return super().optgroups(name, [key for key in value if key.isdecimal()], attr)


class TryForm(forms.Form):
    """For whom a link is tried; with nobody chosen, the shop's first client and their vehicle."""

    customer = forms.ModelChoiceField(
        Counterparty.objects.all(),
        label=_("client"),
        required=False,
        widget=Chosen("counterparty"),
    )
    vehicle = forms.ModelChoiceField(
        Vehicle.objects.select_related("model__make"),
        label=_("vehicle"),
        required=False,
        widget=Chosen("vehicle"),
    )

    def jump(self, link: JumpLink, *, shows_contacts: bool) -> Jump:
        """The button as the workstation would show it."""
        customer, vehicle = self.cleaned_data["customer"], self.cleaned_data["vehicle"]
        (jump,) = jumps(
            customer and with_phone().get(pk=customer.pk),
            vehicle and vehicles.with_facts().get(pk=vehicle.pk),
            shows_contacts=shows_contacts,
            among=JumpLink.objects.filter(pk=link.pk),
        )
        return jump


def with_phone() -> Any:
    phone = customers.primary_phone().values("normalized")[:1]
    return Counterparty.objects.annotate(phone=Subquery(phone))


def first_choice() -> dict[str, int | None]:
    """The shop's first client and a vehicle of theirs; of nobody, the first vehicle."""
    customer = Counterparty.objects.order_by("pk").values_list("pk", flat=True).first()
    owned = VehicleOwnership.objects.filter(counterparty=customer).order_by("pk")
    vehicle = owned.values_list("vehicle", flat=True).first()
    return {"customer": customer, "vehicle": vehicle or first_vehicle()}


def first_vehicle() -> int | None:
    return Vehicle.objects.order_by("pk").values_list("pk", flat=True).first()


@admin.register(JumpLink)
class JumpLinkAdmin(RecordAdmin):
    list_display = ("label", "is_on", "position", "needs", "only_makes", "target")
    list_editable = ("is_on", "position")
    list_filter = ("is_on",)
    save_as = True
    search_fields = ("label", "slug", "target")
    ordering = ("position", "pk")
    change_form_template = "admin/jump_link.html"
    fieldsets = (
        (
            None,
            {
                "fields": ("label", "slug", "icon", "is_on", "target", "in_new_window", "position"),
                "description": _(
                    "A button of the workstation's jump bar. Without a target it is not shown;"
                    " without the client or vehicle it needs it says why it cannot be pressed."
                    " An address that starts with / stays in the workstation, any other opens"
                    " a new browser tab."
                ),
            },
        ),
        (
            _("When it can be pressed"),
            {
                "fields": ("needs", "only_makes", "permission"),
                "description": _(
                    "Buttons for OEM catalogues by VIN, body number and make come with the product;"
                    " tick «is shown» to switch one on. Their addresses are of public catalogues"
                    " and may be replaced by those your shop works with. For a catalogue of"
                    " another make, save the one by make as new, and write its address and make."
                ),
            },
        ),
    )

    def formfield_for_foreignkey(
        self, db_field: ForeignKey, request: HttpRequest, **kwargs: Any
    ) -> Any:
        if db_field.name == "permission":
            return db_field.formfield(form_class=RightField)
        return super().formfield_for_foreignkey(db_field, request, **kwargs)

    def get_changelist_formset(self, request: HttpRequest, **kwargs: Any) -> Any:
        return super().get_changelist_formset(request, formset=NamedForms, **kwargs)

    def get_urls(self) -> list[URLPattern]:
        view = self.admin_site.admin_view(self.try_view)
        return [path("<int:pk>/try/", view, name="armclients_jumplink_try"), *super().get_urls()]

    def try_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Where the saved link leads for a client and a vehicle, before advisors press it."""
        link = get_object_or_404(JumpLink, pk=pk)
        allowed = ("customers.view_counterparty", "vehicles.view_vehicle")
        if not self.has_view_permission(request, link) or not request.user.has_perms(allowed):
            raise PermissionDenied
        form = TryForm(request.GET if "customer" in request.GET else first_choice())
        jump, problem = None, ""
        try:
            known_placeholders(link.target)
        except ValidationError as error:
            problem = (
                " ".join(error.messages) if link.target else gettext("The link has no target yet.")
            )
        else:
            if form.is_valid():
                shows = request.user.has_perm("customers.view_contact_value")
                jump = form.jump(link, shows_contacts=shows)
        context = {
            **self.admin_site.each_context(request),
            "title": _("Try «%(link)s»") % {"link": link},
            "opts": self.opts,
            "link": link,
            "form": form,
            "jump": jump,
            "problem": problem,
            "media": self.media + form.media,
        }
        return TemplateResponse(request, "admin/jump_try.html", context)
