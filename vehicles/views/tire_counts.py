"""Counting by scanning: one code after another, each ended by Enter."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import TIRES_CHANGED, ask, done, leave, screen
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest
from vehicles import tire_forms, tire_queries
from vehicles.actions import storage
from vehicles.models import TireCount


@require_safe
@needs("vehicles.add_tirecount")
def counts(request: HtmxRequest) -> HttpResponse:
    """The counts there were, and the one that goes on."""
    context = {"counts": tire_queries.counts_made()}
    return screen(request, "vehicles/tire_counts.html", context, parts={"counts": "counts"})


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_tirecount")
def count_start(request: HtmxRequest) -> HttpResponse:
    """What is to be counted."""
    form = tire_forms.CountForm(request.POST or None)
    if form.is_valid():
        given = form.cleaned_data
        count = storage.start_count(by=request.user, at=clock.now(), **given)
        return leave(request, reverse("tires:count", args=[count.pk]))
    words = {"title": _("Start a count"), "submit": _("Start a count")}
    return ask(request, form, otherwise=reverse("tires:counts"), **words)


@require_http_methods(["GET", "POST"])
@needs("vehicles.add_tirecount")
def count(request: HtmxRequest, pk: int) -> HttpResponse:
    """A scanned label, and what all of them come to."""
    counted = get_object_or_404(TireCount.objects.select_related("store", "cell", "author"), pk=pk)
    form = tire_forms.ScanForm(request.POST or None)
    said = ""
    if form.is_valid():
        try:
            said = storage.scan(pk, at=clock.now(), **form.cleaned_data)
        except RefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            counted.refresh_from_db()
            form = tire_forms.ScanForm()
    context = {
        "count": counted,
        "form": form,
        "said": said,
        "result": tire_queries.result_of(counted),
    }
    status = 422 if form.is_bound else 200
    return screen(
        request, "vehicles/tire_count.html", context, parts={"count": "count"}, status=status
    )


@require_POST
@needs("vehicles.add_tirecount")
def count_finish(request: HtmxRequest, pk: int) -> HttpResponse:
    """The count is over."""
    address = reverse("tires:count", args=[pk])
    get_object_or_404(TireCount, pk=pk)
    try:
        storage.finish_count(pk, at=clock.now())
    except RefusedError:
        return redirect(address)
    return done(request, TIRES_CHANGED, said=_("The count is finished"), otherwise=address)
