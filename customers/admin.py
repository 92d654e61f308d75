"""Clients, how they are reached, and what was said, for the administrator."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.admin.options import BaseModelAdmin
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from armclients.kit import clock
from armclients.kit.admin import (
    FoundThrough,
    ReadOnly,
    RecordAdmin,
    Rows,
    explain,
    link,
    register_histories,
    screen_url,
)
from armclients.kit.dictionaries.admin import Exchanged
from customers.actions.messages import again
from customers.finding import clients
from customers.messaging.variables import described
from customers.models import (
    AccessLogEntry,
    Call,
    Consent,
    Contact,
    ContactResult,
    Counterparty,
    CustomerMerge,
    DiscountCard,
    Event,
    MessageTemplate,
    OutgoingMessage,
    PriceType,
)

explain(
    {
        "message_uid_once": _("There is a message of this name already."),
        "message_sent_at_a_time": _("What was sent has a time of sending."),
        "message_delivered_at_a_time": _("What was delivered has a time of delivery."),
        "message_says_something_to_somebody": _("The message has no text, or no recipient."),
        "template_once": _("There is a template of this name already."),
        "template_one_an_occasion": _("Another active template sends itself then."),
        "template_has_a_text": _("The text is empty."),
        "pricetype_once": _("There is a price type of this name already."),
        "discountcard_percent_within_100": _("A discount is between 0 and 100 %."),
        "discountcard_ends_after_start": _("The card ends before it starts."),
        "contactresult_once": _("There is such a result already."),
        "contact_once": _("The client has this contact already."),
        "contact_one_primary": _("The client has another primary contact."),
        "contact_primary_is_not_wrong": _("A wrong contact cannot be the primary one."),
        "merge_has_a_reason": _("Say why the clients are made one."),
        "merge_one_at_a_time": _("This client was merged already."),
        "consent_once": _("This consent is written down already."),
        "consent_ends_after_start": _("It is withdrawn before it was given."),
        "counterparty_has_a_name": _("The name is empty."),
    }
)


class OfClient(FoundThrough):
    """Found by the client whose row it is."""

    belongs_to = "counterparty"
    find = staticmethod(clients)


class Unmasked(BaseModelAdmin):
    """Phones and e-mails in full are only for those who may see them."""

    def has_view_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self._may_see(request) and super().has_view_permission(request, *args)

    def has_change_permission(self, request: HttpRequest, *args: Any) -> bool:
        return self._may_see(request) and super().has_change_permission(request, *args)

    def _may_see(self, request: HttpRequest) -> bool:
        return request.user.has_perm("customers.view_contact_value")


class Contacts(Unmasked, Rows):
    model = Contact


class Cards(Rows):
    model = DiscountCard


@admin.register(Counterparty)
class CounterpartyAdmin(OfClient):
    belongs_to = "pk"
    list_display = ("name", "workstation", "kind", "inn", "manager", "attention")
    list_filter = ("kind", "legal_form", "attention")
    list_select_related = ("manager",)
    autocomplete_fields = ("manager", "author")
    readonly_fields = ("created_at", "source", "source_id")
    inlines = (Contacts, Cards)

    def get_object(self, request: HttpRequest, *args: Any) -> Counterparty | None:
        """Whoever opens a client here is written down as anywhere else [law: 152-ФЗ]."""
        client = super().get_object(request, *args)
        if client and request.method == "GET":
            AccessLogEntry.objects.create(counterparty=client, user_id=request.user.pk, why="admin")
        return client

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)

    def view_on_site(self, client: Counterparty) -> str:
        return screen_url("workstation", customer=client.pk)

    @admin.display(description=_("workstation"))
    def workstation(self, client: Counterparty) -> str:
        return link(self.view_on_site(client), _("Go"))


@admin.register(Contact)
class ContactAdmin(Unmasked, OfClient):
    list_display = ("value", "kind", "person", "counterparty", "is_primary")
    list_filter = ("kind",)
    list_select_related = ("counterparty",)
    autocomplete_fields = ("counterparty",)
    readonly_fields = ("normalized", "extension")


@admin.register(DiscountCard)
class DiscountCardAdmin(OfClient):
    belongs_to = "holder"
    list_display = (
        "number",
        "holder",
        "percent_goods",
        "percent_works",
        "valid_from",
        "valid_until",
    )
    list_select_related = ("holder",)
    autocomplete_fields = ("holder",)


@admin.register(PriceType)
class PriceTypeAdmin(Exchanged, RecordAdmin):
    exchanged = ("scope", "name", "currency")
    natural_key = ("scope", "name")
    list_display = ("name", "scope", "currency")
    list_filter = ("scope",)
    search_fields = ("name",)
    ordering = ("scope", "name")


@admin.register(ContactResult)
class ContactResultAdmin(Exchanged, RecordAdmin):
    exchanged = ("name", "position")
    list_display = ("name", "position")
    search_fields = ("name",)
    ordering = ("position", "name")


@admin.register(Event)
class EventAdmin(OfClient):
    list_display = ("occurred_at", "kind", "counterparty", "subject", "manager", "processed_at")
    list_filter = ("kind", ("processed_at", admin.EmptyFieldListFilter))
    list_select_related = ("counterparty", "manager")
    autocomplete_fields = (
        "counterparty",
        "vehicle",
        "document",
        "author",
        "manager",
        "processed_by",
    )
    readonly_fields = ("source", "source_id")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)


@admin.register(Consent)
class ConsentAdmin(OfClient):
    list_display = ("counterparty", "purpose", "given_at", "channel", "withdrawn_at", "author")
    list_filter = ("purpose", "channel", ("withdrawn_at", admin.EmptyFieldListFilter))
    list_select_related = ("counterparty", "author")
    autocomplete_fields = ("counterparty", "author")

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        return {"author": request.user.pk} | super().get_changeform_initial_data(request)


@admin.register(Call)
class CallAdmin(Unmasked, ReadOnly, OfClient):
    belongs_to = "counterparties"
    list_display = ("started_at", "direction", "number", "line", "user", "state", "recording")
    list_filter = ("state", "direction", "user")
    list_select_related = ("user",)

    @admin.display(description=_("recording"))
    def recording(self, call: Call) -> str:
        return link(call.recording_url, _("Listen")) if call.recording_url else ""


@admin.register(MessageTemplate)
class MessageTemplateAdmin(Exchanged, RecordAdmin):
    exchanged = ("channel", "name", "purpose", "subject", "text", "occasion", "is_active")
    natural_key = ("channel", "name")
    list_display = ("name", "channel", "purpose", "occasion", "is_active")
    list_filter = ("channel", "is_active")
    search_fields = ("name", "text")
    ordering = ("channel", "name")

    def get_form(self, request: HttpRequest, *args: Any, **options: Any) -> Any:
        """With the variables beside the text."""
        return super().get_form(request, *args, help_texts={"text": described()}, **options)


@admin.register(OutgoingMessage)
class OutgoingMessageAdmin(ReadOnly, Unmasked, OfClient):
    """What was sent, and what became of it; what failed may be sent once more."""

    list_display = ("created_at", "recipient", "counterparty", "state", "error")
    list_filter = ("state", "channel", "purpose")
    list_select_related = ("counterparty",)
    actions = ("send_again",)

    def has_send_permission(self, request: HttpRequest) -> bool:
        return request.user.has_perm("customers.send_message")

    @admin.action(description=_("Send once more what was not delivered"), permissions=["send"])
    def send_again(self, request: HttpRequest, chosen: QuerySet[OutgoingMessage]) -> None:
        sent = 0
        for message in chosen.filter(state=OutgoingMessage.State.FAILED):
            try:
                again(message, by=request.user, at=clock.now())
            except ValidationError as refusal:
                self.message_user(
                    request, f"{message}: {' '.join(refusal.messages)}", messages.ERROR
                )
            else:
                sent += 1
        said = ngettext("%(count)s message waits", "%(count)s messages wait", sent)
        self.message_user(request, said % {"count": sent})


@admin.register(CustomerMerge)
class CustomerMergeAdmin(ReadOnly, RecordAdmin):
    list_display = ("at", "former_name", "kept", "author", "undone_at")
    list_select_related = ("kept", "author")
    search_fields = ("former_name", "kept__name")
    exclude = ("snapshot",)
    ordering = ("-at",)


@admin.register(AccessLogEntry)
class AccessLogEntryAdmin(ReadOnly, OfClient):
    list_display = ("at", "user", "counterparty", "why")
    list_filter = ("user",)
    list_select_related = ("user", "counterparty")


register_histories(
    "customers",
    clients,
    {
        "CounterpartyHistory": "pgh_obj",
        "ConsentHistory": "counterparty",
        "ContactHistory": "counterparty",
        "DiscountCardHistory": "holder",
        "EventHistory": "counterparty",
    },
)
