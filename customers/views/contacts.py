"""How a client is reached: added, changed, put in order, removed."""

from django.core.exceptions import PermissionDenied
from django.forms import Form
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, ask, done
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.actions import contacts
from customers.forms import ContactForm
from customers.models import Contact


@require_http_methods(["GET", "POST"])
@needs("customers.add_contact")
def contact_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more way to reach the client."""
    customer = queries.open_card(pk, by=request.user, why="info")
    form = ContactForm(request.POST or None, initial={"kind": Contact.Kind.MOBILE})
    card = f"/?customer={pk}"
    if form.is_valid():
        try:
            contacts.add(customer, **form.cleaned_data)
        except contacts.ContactRefusedError as refusal:
            form.add_error("value", str(refusal))
        else:
            said = _said(_("The contact is added"), form)
            return done(request, CUSTOMER_CHANGED, said=said, otherwise=card)
    title = _("New contact: %(client)s") % {"client": customer.name}
    return ask(request, form, title=title, otherwise=card)


@require_http_methods(["GET", "POST"])
@needs("customers.change_contact")
def contact_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """The contact is right, or known to be wrong."""
    contact = _contact(request, pk)
    form = ContactForm(request.POST or None, instance=contact)
    card = f"/?customer={contact.counterparty_id}"
    if form.is_valid():
        try:
            contacts.change(contact, **form.cleaned_data)
        except contacts.ContactRefusedError as refusal:
            form.add_error("value", str(refusal))
        else:
            said = _said(_("The contact is changed"), form)
            return done(request, CUSTOMER_CHANGED, said=said, otherwise=card)
    title, below = _("Contact"), "customers/contact_more.html"
    return ask(request, form, title=title, otherwise=card, contact=contact, below=below)


@require_http_methods(["GET", "POST"])
@needs("customers.delete_contact")
def contact_remove(request: HtmxRequest, pk: int) -> HttpResponse:
    """The contact is removed, once the user says so."""
    contact = _contact(request, pk)
    card = f"/?customer={contact.counterparty_id}"
    if request.method == "POST":
        contacts.remove(contact)
        return done(request, CUSTOMER_CHANGED, said=_("The contact is removed"), otherwise=card)
    title = _("Remove «%(contact)s»?") % {"contact": contact.value}
    return ask(request, Form(), title=title, submit=_("Remove"), otherwise=card)


@require_POST
@needs("customers.change_contact")
def contact_up(request: HtmxRequest, pk: int) -> HttpResponse:
    """One place higher."""
    contact = _contact(request, pk)
    contacts.move_up(contact)
    card = f"/?customer={contact.counterparty_id}"
    return done(request, CUSTOMER_CHANGED, said=_("The order is changed"), otherwise=card)


def _contact(request: HtmxRequest, pk: int) -> Contact:
    """The contact, its client opened and written down as anywhere else.

    Whoever may not see phones may not change them either.
    """
    if not request.user.has_perm("customers.view_contact_value"):
        raise PermissionDenied
    contact = get_object_or_404(Contact, pk=pk)
    queries.open_card(contact.counterparty_id, by=request.user, why="info")
    return contact


def _said(what: str, form: ContactForm) -> str:
    """What was done, and what looks wrong about it."""
    return f"{what}. {form.doubtful}" if form.doubtful else what
