"""What the base holds of a client: read to them, given to them, forgotten."""

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, windows
from armclients.kit.access import needs
from armclients.kit.again import once_more
from armclients.kit.htmx import CUSTOMER_CHANGED, screen
from armclients.kit.typing import HtmxRequest
from armclients.privacy import anonymising, telling
from customers import queries

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@needs("customers.export_counterparty")
def held(request: HtmxRequest, pk: int) -> HttpResponse:
    """«Что мы храним»: to be read to the client, and printed."""
    customer = queries.open_card(pk, by=request.user, why="export")
    sections = telling.sections(customer)
    context = {
        "customer": customer,
        "sections": [section for section in sections if section.total],
        "nothing": [section.name for section in sections if not section.total],
    }
    return screen(request, "privacy/held.html", context, parts={"panel": "panel"})


@require_safe
@needs("customers.export_counterparty")
def held_file(request: HtmxRequest, pk: int) -> HttpResponse:
    """The same as a file, with every row and every column."""
    customer = queries.open_card(pk, by=request.user, why="export")
    headers = {"Content-Disposition": f'attachment; filename="client-{customer.pk}.xlsx"'}
    return HttpResponse(telling.whole_file(customer), content_type=XLSX, headers=headers)


@require_http_methods(["GET", "POST"])
@needs("customers.anonymise_counterparty")
def anonymise(request: HtmxRequest, pk: int) -> HttpResponse:
    """The client is nobody any more, once the user says so."""
    customer = queries.open_card(pk, by=request.user, why="log")
    at = clock.now()
    return windows.confirm(
        request,
        lambda: once_more(lambda: anonymising.anonymise(customer.pk, by=request.user, at=at)),
        CUSTOMER_CHANGED,
        title=_("Anonymise: %(client)s?") % {"client": customer.name},
        about=_(
            "Name, phones, talks, cars, carts and all remarks are gone for good, from the history"
            " too. Documents, payments, photographs of the car and consents stay without a name;"
            " papers that were printed for a signature stay as they are: the law wants them kept"
            " for five years."
        ),
        submit=_("Anonymise"),
        said=_("The client is anonymised"),
        otherwise=f"/customers/{customer.pk}/log/",
    )
