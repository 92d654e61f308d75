"""A message to a client: what stands in its variables, and the window it is written in."""

import datetime
import re
import uuid
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpResponse, QueryDict
from django.utils import formats
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.addresses import key
from armclients.kit.htmx import DOCUMENTS_CHANGED, EVENTS_CHANGED, back, done, screen
from armclients.kit.typing import HtmxRequest
from armclients.models import User
from armclients.templatetags import arm
from customers import queries as customers
from customers.actions import messages
from customers.messaging import optout
from customers.messaging.forms import REACHED_BY, Choices, MessageForm, one_line_end
from customers.messaging.segments import measure
from customers.messaging.variables import fill
from customers.models import Contact, Counterparty, MessageTemplate, OutgoingMessage
from customers.models.message import Channel, Purpose
from orders import links
from orders.actions import estimates, work_orders
from orders.models import Branch, Document
from orders.queries import branches
from orders.queries.documents import unfinished_of
from vehicles import queries as vehicles
from vehicles.models import Vehicle

PAGE = "message-page"
IN_BRACKETS = re.compile(r"\s*\([^()]*\)")


def values_for(
    customer: Counterparty,
    *,
    document: Document | None,
    vehicle: Vehicle | None,
    branch: Branch | None,
) -> dict[str, str]:
    """What the variables of a text mean here; those that mean nothing are left out."""
    values = {"client": customer.name}
    if branch := (document.branch if document else branch):
        values["branch"] = branch.name
    if car := (document.vehicle if document else vehicle):
        # Codes of the body are for the parts clerk.
        values["car"] = IN_BRACKETS.sub("", car.title)
        values["plate"] = getattr(document or car, "plate", None) or ""
    if document:
        values["document"] = document.number
        values["sum"] = money(document)
        values["to_pay"] = to_pay(document)
        values["qr"] = links.to_pay(document)
        values["ready"] = promised(document)
        if document.kind == Document.Kind.ESTIMATE:
            values["link"] = links.ESTIMATES.url_for(document.pk)
    return {name: value for name, value in values.items() if value}


def money(document: Document) -> str:
    """«12450,50» and «12450»: plain signs, which cost an SMS the least."""
    return f"{document.due:.2f}".removesuffix(".00").replace(".", ",")


def to_pay(document: Document) -> str:
    """«К оплате 12450 руб.», and of a document that is paid that it is."""
    if not document.due:
        return _("All is paid.")
    return _("To pay: %(sum)s rub.") % {"sum": money(document)}


def promised(document: Document) -> str:
    """When the client was told to come, on the clock of the document's branch."""
    if document.promised_at:
        at = document.promised_at.astimezone(document.branch.zone)
        return formats.date_format(at, "d.m H:i")
    return f"{document.promised_on:%d.%m}" if document.promised_on else ""


def only_vehicle_of(customer: Counterparty) -> Vehicle | None:
    """The client's vehicle, when there is exactly one. One statement."""
    theirs = vehicles.with_facts().filter(ownerships__counterparty=customer, ownerships__until=None)
    found = list(theirs[:2])
    return found[0] if len(found) == 1 else None


@dataclass
class Draft:
    """A message that is being written: what may be chosen, and what it says so far."""

    customer: Counterparty
    asked: QueryDict
    by: User

    @cached_property
    def contacts(self) -> list[Contact]:
        """Those by which the client is reached."""
        return [c for c in customers.contacts_of(self.customer) if not c.is_wrong]

    @cached_property
    def channel(self) -> str:
        """As asked for; else by the contact that was clicked; else by what the client has."""
        asked = self.asked.get("channel")
        if asked in Channel.values:
            return asked
        clicked = [c for c in self.contacts if str(c.pk) == self.asked.get("to")] or self.contacts
        is_phone = any(contact.is_phone for contact in clicked)
        return Channel.SMS if is_phone or not self._of("email") else Channel.EMAIL

    def _of(self, channel: str) -> list[Contact]:
        return [c for c in self.contacts if c.kind in REACHED_BY[Channel(channel)]]

    @property
    def recipients(self) -> Choices:
        """Mobiles first: to others an SMS seldom comes."""
        theirs = self._of(self.channel)
        theirs.sort(key=lambda c: (c.kind == Contact.Kind.WORK, c.kind == Contact.Kind.HOME))
        return [(str(contact.pk), self._shown(contact)) for contact in theirs]

    def _shown(self, contact: Contact) -> str:
        value = arm.phone(contact.normalized) if contact.is_phone else contact.value
        if not self.by.has_perm("customers.view_contact_value"):
            value = arm.masked(value)
        return f"{value}, {contact.person}" if contact.person else value

    def address_of(self, contact: str) -> str:
        """What the provider is given of the chosen contact."""
        return next(c.address for c in self.contacts if str(c.pk) == contact)

    @cached_property
    def documents(self) -> list[Document]:
        """What the message may be about: what is unfinished, and what was asked for."""
        known = unfinished_of(self.customer)
        asked = key(self.asked.get("document"))
        if asked and asked not in {document.pk for document in known}:
            known += self.customer.documents.for_lists().filter(pk=asked)
        return known

    @property
    def about(self) -> Choices:
        return [
            (str(document.pk), f"{document.operation} {document.number}, {document.state_label}")
            for document in self.documents
        ]

    def document(self, chosen: str | None) -> Document | None:
        return next((d for d in self.documents if str(d.pk) == chosen), None)

    def vehicle(self, document: Document | None) -> Vehicle | None:
        return document.vehicle if document else only_vehicle_of(self.customer)

    def values(self, document: Document | None) -> dict[str, str]:
        return values_for(
            self.customer,
            document=document,
            vehicle=None if document else self.vehicle(None),
            branch=branches.of_user(self.by),
        )

    def form(
        self,
        data: QueryDict | None,
        initial: dict[str, Any] | None = None,
        *,
        begin_at: str = "template",
    ) -> MessageForm:
        """The form; when nothing is wrong yet the cursor stands in `begin_at`."""
        form = MessageForm(
            data,
            channel=self.channel,
            recipients=self.recipients,
            documents=self.about,
            initial=initial,
            auto_id="message-%s",
        )
        if not form.is_bound and begin_at in form.fields:
            form.fields[begin_at].widget.attrs["autofocus"] = True
        return form

    def begun(self) -> dict[str, Any]:
        """What a new message begins with."""
        asked = self.asked.get("document")
        alone = self.about[0][0] if len(self.about) == 1 else ""
        begun = {
            "key": f"written-{uuid.uuid4().hex}",
            "recipient": self.asked.get("to"),
            "document": asked if self.document(asked) else alone,
            "purpose": Purpose.SERVICE,
        }
        document = self.document(asked)
        if document and document.kind == Document.Kind.ESTIMATE:
            begun |= self._with_a_link(document)
        return begun

    def _with_a_link(self, estimate: Document) -> dict[str, Any]:
        """The first words the shop has for sending an estimate."""
        templates = MessageTemplate.objects.filter(channel=self.channel, is_active=True)
        template = templates.filter(text__contains="{link}").order_by("pk").first()
        if template is None:
            return {"text": "{link}"}
        values = self.values(estimate)
        return {
            "template": template.pk,
            "subject": fill(template.subject, values),
            "text": fill(template.text, values),
        }

    def refilled(self, typed: QueryDict) -> dict[str, Any]:
        """What was typed, with the words of the chosen template in place of its own."""
        typed_so_far = {name: typed.get(name, "") for name in self.form(None).fields}
        templates = MessageTemplate.objects.filter(channel=self.channel)
        chosen = key(typed.get("template"))
        template = templates.filter(pk=chosen).first() if chosen else None
        if template is None:
            return typed_so_far
        values = self.values(self.document(typed.get("document")))
        return typed_so_far | {
            "purpose": template.purpose,
            "subject": fill(template.subject, values),
            "text": fill(template.text, values),
        }

    def preview(self, typed: Any) -> dict[str, Any]:
        """How the client will read it, and how long it is."""
        get = typed.get
        text = fill(one_line_end(get("text") or ""), self.values(self.document(get("document"))))
        if get("purpose") == Purpose.ADVERTISING and text:
            text += optout.tail_for(self.customer.pk)
        return {"text": text, "length": measure(text), "is_sms": self.channel == Channel.SMS}


@require_http_methods(["GET", "POST"])
@needs("customers.send_message")
def write(request: HtmxRequest, pk: int) -> HttpResponse:
    """A message to the client is written; sent, it waits for the worker."""
    customer = customers.open_card(pk, by=request.user, why="message")
    draft = Draft(customer, request.GET, request.user)
    if request.method == "GET":
        initial = draft.begun()
        return shown(request, draft, draft.form(None, initial), draft.preview(initial))
    if {"fill", "preview"} & set(request.POST):
        filled = draft.refilled(request.POST) if "fill" in request.POST else request.POST.dict()
        form = draft.form(None, filled, begin_at=request.POST.get("fill", "text"))
        return shown(request, draft, form, draft.preview(filled))
    form = draft.form(request.POST)
    if form.is_valid():
        try:
            send(draft, form.cleaned_data, at=clock.now())
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            said = _("The message is on its way")
            # What it is about may be sent, or its client told, by now.
            facts = (EVENTS_CHANGED, DOCUMENTS_CHANGED)
            return done(request, *facts, said=said, otherwise=f"/?customer={pk}")
    return shown(request, draft, form, draft.preview(request.POST))


def shown(
    request: HtmxRequest, draft: Draft, form: MessageForm, preview: dict[str, Any]
) -> HttpResponse:
    """The window, or the page of its own; to a preview, the preview."""
    words = _("SMS: %(client)s") if draft.channel == Channel.SMS else _("Letter: %(client)s")
    context = {
        "form": form,
        "preview": preview,
        "title": words % {"client": draft.customer.name},
        "back": back(request, f"/?customer={draft.customer.pk}"),
        "has_address": bool(draft.recipients),
        # On a page of its own, what is sent leads to another page.
        "host": "#dialog" if request.htmx and request.htmx.target != PAGE else f"#{PAGE}",
    }
    return screen(
        request,
        "workstation/message.html",
        context,
        parts={"dialog": "dialog", PAGE: "dialog", "message-preview": "preview"},
        status=422 if form.is_bound else 200,
    )


@transaction.atomic
def send(draft: Draft, written: dict[str, Any], *, at: datetime.datetime) -> OutgoingMessage:
    """The message waits, and a completed work order it is about counts as told.

    Raises ValidationError with what is wrong at which field.
    """
    document = draft.document(written.get("document"))
    vehicle = draft.vehicle(document)
    values = draft.values(document)
    message = messages.queue(
        customer=draft.customer,
        channel=draft.channel,
        purpose=written["purpose"],
        recipient=draft.address_of(written["recipient"]),
        subject=fill(written.get("subject") or "", values),
        text=fill(written["text"], values),
        key=written["key"],
        template=written["template"],
        document=document.pk if document else None,
        vehicle=vehicle.pk if vehicle else None,
        by=draft.by,
        at=at,
    )
    if document and message.purpose == Purpose.SERVICE:
        work_orders.note_told(document.pk, at=message.created_at)
    if document and values.get("link", "—") in message.text:
        estimates.sent(document.pk, by=draft.by, today=at.astimezone(document.branch.zone).date())
    return message
