"""Documents on paper: as pages, as PDF, and as they were signed."""

from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.template.loader import render_to_string
from django.utils import timezone, translation
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from customers import queries as customers
from orders import sections
from orders.actions import prints
from orders.models import Document, PrintedForm
from orders.printing import forms, pdf
from orders.printing.sheet import Sheet, filled_in
from orders.queries import documents as queries

KEEP = "orders.add_printedform"


@require_safe
@needs("orders.view_document")
def document_print(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    """A form filled in: a page that prints well, or the same as a PDF."""
    sheet = _sheet(request, pk, form)
    if request.GET.get("as") == "pdf":
        try:
            return _as_file(_drawn(request, sheet), f"{sheet.title}.pdf")
        except RefusedError as refusal:
            return HttpResponse(str(refusal), status=503, content_type="text/plain; charset=utf-8")
    tools = {
        "can_keep": request.user.has_perm(KEEP),
        "has_pdf": pdf.is_possible(),
        "said": pdf.WITHOUT_PANGO,
    }
    with translation.override("ru"), timezone.override(sheet.document.branch.zone):
        return render(request, sheet.template, _context(request, sheet) | tools)


@require_POST
@needs(KEEP)
def document_keep(request: HtmxRequest, pk: int, form: str) -> HttpResponse:
    """The form is kept as it is now, and shown to be printed and signed."""
    sheet = _sheet(request, pk, form)
    try:
        content = _drawn(request, sheet)
    except RefusedError as refusal:
        return HttpResponse(str(refusal), status=503, content_type="text/plain; charset=utf-8")
    kept = prints.keep(
        sheet.document,
        form=sheet.slug,
        title=_in_russian(sheet),
        content=content,
        by=request.user,
        at=sheet.made_at,
    )
    return HttpResponseRedirect(kept.url)


@require_safe
@needs("orders.view_document")
def document_prints(request: HtmxRequest, pk: int) -> HttpResponse:
    """The forms of a document, and what was signed of it."""
    document = queries.open_document(pk, by=request.user)
    context = {
        **sections.shell(document, opened="prints", by=request.user),
        "kept": queries.printed_forms_of(document),
    }
    return screen(request, "orders/prints.html", context, parts={"document": "document"})


@require_safe
@needs("orders.view_document")
def kept_print(request: HtmxRequest, pk: int) -> HttpResponse:
    """What was signed, byte for byte."""
    kept = get_object_or_404(PrintedForm.objects.select_related("document"), pk=pk)
    _note_opening(request, kept.document)
    content = prints.content_of(kept)
    if content is None:
        raise Http404(_("The file is lost, or is not the one that was printed."))
    return _as_file(content, kept.file_name)


def _sheet(request: HtmxRequest, pk: int, form: str) -> Sheet:
    """The form filled in, the client's card noted as opened. Raises Http404."""
    try:
        document = filled_in(pk)
    except Document.DoesNotExist as error:
        raise Http404 from error
    drawn = forms.FORMS.get(form)
    if drawn is None or document.kind not in drawn.kinds:
        raise Http404
    _note_opening(request, document)
    return drawn(document, clock.now())


def _note_opening(request: HtmxRequest, document: Document) -> None:
    if document.counterparty_id:
        customers.open_card(document.counterparty_id, by=request.user, why="document")


def _context(request: HtmxRequest, sheet: Sheet) -> dict[str, object]:
    return {
        "sheet": sheet,
        "may_see_contacts": request.user.has_perm("customers.view_contact_value"),
    }


def _drawn(request: HtmxRequest, sheet: Sheet) -> bytes:
    """Documents speak Russian, whatever the user's language, and the branch's time."""
    with translation.override("ru"), timezone.override(sheet.document.branch.zone):
        html = render_to_string(sheet.template, _context(request, sheet) | {"is_pdf": True})
    return pdf.of_html(html)


def _in_russian(sheet: Sheet) -> str:
    with translation.override("ru"):
        return sheet.title


def _as_file(content: bytes, name: str) -> HttpResponse:
    shown = content_disposition_header(as_attachment=False, filename=name)
    headers = {"Content-Disposition": shown or "inline"}
    return HttpResponse(content, content_type="application/pdf", headers=headers)
