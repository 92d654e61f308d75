"""How a client is reached: added, changed, put in order, removed."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import windows
from armclients.kit.access import needs
from armclients.kit.htmx import CUSTOMER_CHANGED, back, done, screen
from armclients.kit.typing import HtmxRequest
from customers import queries
from customers.actions import contacts
from customers.forms import ContactForm, NewContactForm
from customers.models import Contact


@require_safe
@needs("customers.view_counterparty")
def contacts_all(request: HtmxRequest, pk: int) -> HttpResponse:
    """All ways to reach a client who has more than a card shows."""
    customer = queries.open_card(pk, by=request.user, why="info")
    context = {
        "customer": customer,
        "contacts": queries.contacts_of(customer),
        "back": back(request, f"/?customer={pk}"),
    }
    return screen(request, "customers/contacts.html", context, parts={"dialog": "dialog"})


@require_http_methods(["GET", "POST"])
@needs("customers.add_contact")
def contact_add(request: HtmxRequest, pk: int) -> HttpResponse:
    """One more way to reach the client."""
    customer = queries.open_card(pk, by=request.user, why="info")
    form = NewContactForm(request.POST or None, initial={"kind": Contact.Kind.MOBILE})
    return windows.write(
        request,
        form,
        lambda **given: contacts.add(customer, **given),
        CUSTOMER_CHANGED,
        title=_("New contact: %(client)s") % {"client": customer.name},
        said=form.with_doubts(_("The contact is added")),
        otherwise=f"/?customer={pk}",
    )


@require_http_methods(["GET", "POST"])
@needs("customers.change_contact")
def contact_edit(request: HtmxRequest, pk: int) -> HttpResponse:
    """The contact is right, or known to be wrong; what somebody else has changed meanwhile is
    chosen between."""
    contact = _contact(request, pk)
    form = ContactForm(request.POST or None, instance=contact)
    return windows.edit(
        request,
        form,
        contacts.change,
        CUSTOMER_CHANGED,
        row=contact,
        history=lambda: queries.changes_of_contact(contact),
        title=_("Contact"),
        said=form.with_doubts(_("The contact is changed")),
        otherwise=f"/?customer={contact.counterparty_id}",
        contact=contact,
        below="customers/contact_more.html",
    )


@require_http_methods(["GET", "POST"])
@needs("customers.delete_contact")
def contact_remove(request: HtmxRequest, pk: int) -> HttpResponse:
    """The contact is removed, once the user says so."""
    contact = _contact(request, pk)
    return windows.remove(
        request,
        lambda: contacts.remove(contact),
        CUSTOMER_CHANGED,
        what=contact.value,
        said=_("The contact is removed"),
        otherwise=f"/?customer={contact.counterparty_id}",
    )


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
