"""The state of a document: where it has been, and where it may go now."""

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from armclients.kit.access import needs
from armclients.kit.htmx import DOCUMENTS_CHANGED, back, done, screen, sent
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from orders import states as known
from orders.actions import states
from orders.forms.states import StateForm
from orders.queries import documents as queries

# What has to be said aloud before a document is closed in spite of it.
CONFIRMED = {"releases": states.StillReservedError, "leaves_goods": states.NotIssuedError}


@require_http_methods(["GET", "POST"])
@needs("orders.view_document")
def document_state(request: HtmxRequest, pk: int) -> HttpResponse:
    """The way a document went; each state it may go to is a button."""
    form = StateForm(sent(request))
    asks: set[str] = set()
    if form.is_valid():
        try:
            document = states.change_state(pk, by=request.user, **form.cleaned_data)
            said = _("%(number)s: %(state)s") % {
                "number": document.number,
                "state": document.state_label,
            }
            return done(request, DOCUMENTS_CHANGED, said=said, otherwise=document.screen_url)
        except RefusedError as refusal:
            form.add_error(None, str(refusal))
            # Whoever has said yes to one is not asked again because of the other.
            asks = {name for name in CONFIRMED if form.cleaned_data[name]}
            asks |= {name for name, kind in CONFIRMED.items() if isinstance(refusal, kind)}
        except states.Document.DoesNotExist as error:
            raise Http404 from error
    return _show(request, form, pk, asks=asks)


def _show(request: HtmxRequest, form: StateForm, pk: int, *, asks: set[str]) -> HttpResponse:
    document = queries.with_log(pk)
    targets = states.possible_for(request.user, document)
    context = {
        "document": document,
        "targets": [(state, known.label(document.kind, state)) for state in targets],
        "form": form,
        "asks": [form[name] for name in CONFIRMED if name in asks],
        "back": back(request, document.screen_url),
    }
    status = 422 if form.is_bound else 200
    return screen(request, "orders/state.html", context, parts={"dialog": "dialog"}, status=status)
