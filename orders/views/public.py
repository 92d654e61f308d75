"""The one page that clients see: an estimate they answer without logging in.

The link is the proof; it opens one estimate and nothing else. Whoever guesses is slowed down, and
learns nothing from the difference between a link that is wrong and one that never was.
"""

import uuid

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from armclients.kit import clock, visitors
from armclients.kit.access import open_to_all
from armclients.kit.htmx import sent
from armclients.kit.photos import served
from armclients.kit.refusals import RefusedError
from armclients.kit.visitors import said, slowed_down
from orders import links
from orders.actions import estimates
from orders.forms.estimates import AnswerForm
from orders.models import Estimate
from orders.queries import defects
from orders.queries import estimates as queries
from orders.queries.estimates import Offer

GONE, UNPROCESSABLE, TOO_LARGE = 410, 422, 413
# Of one address in a minute, pages and answers; its photographs are counted apart.
LOOKS, PICTURES = 60, 300
LARGEST_ANSWER = 64 << 10  # bytes


@csrf_exempt  # the link itself is the proof: no log-in stands behind it that could be borrowed
@require_http_methods(["GET", "HEAD", "POST"])
@open_to_all
@slowed_down(LOOKS)
def answer_estimate(request: HttpRequest, token: str) -> HttpResponse:
    """The client reads the estimate and says yes or no to each line, once."""
    estimate = queries.named(links.ESTIMATES.pk_of(token))
    if estimate is None:
        return said(request, _("This link is not valid."), status=404)
    with timezone.override(estimate.branch.zone):
        return _answered(request, estimate, token)


@require_safe
@open_to_all
@slowed_down(PICTURES)
def answer_photo(request: HttpRequest, token: str, name: uuid.UUID) -> HttpResponseBase:
    """A photograph of what the estimate is about, as long as it is on offer."""
    estimate = queries.named(links.ESTIMATES.pk_of(token))
    if estimate is None or not _is_open(queries.offer(estimate)):
        raise Http404
    shown = {photo.name for defect in defects.shown_in(estimate) for photo in defect.photos.all()}
    if name not in shown:
        raise Http404
    return served(name, preview="preview" in request.GET)


def _answered(request: HttpRequest, estimate: Estimate, token: str) -> HttpResponse:
    offer = queries.offer(estimate)
    today = clock.today(estimate.branch.zone)
    if why := queries.why_unanswerable(offer, today=today, by_link=True):
        return _closed(request, estimate, why)
    told_length = str(request.META.get("CONTENT_LENGTH") or 0)
    if not told_length.isdecimal() or int(told_length) > LARGEST_ANSWER:
        return said(request, _("The answer is too long."), status=TOO_LARGE)
    form = AnswerForm(sent(request), offer=offer)
    if form.is_valid():
        try:
            told = form.said(address=visitors.address_of(request))
            estimates.answer(estimate.pk, told, at=clock.now(), today=today)
        except estimates.UnanswerableError as refusal:
            return said(request, str(refusal), status=GONE)
        except RefusedError as refusal:
            offer = queries.offer(estimate)
            form = AnswerForm(offer=offer)
            form.refusal = str(refusal)  # type: ignore[attr-defined]
        else:
            return _closed(request, estimate, "answered")
    return _offered(request, offer, form, token)


def _offered(request: HttpRequest, offer: Offer, form: AnswerForm, token: str) -> HttpResponse:
    was_refused = form.is_bound or hasattr(form, "refusal")
    context = {
        "estimate": offer.estimate,
        "offer": offer,
        "form": form,
        "lines": [(key, line, key in form.agreed) for key, line in form.choices],
        "defects": defects.shown_in(offer.estimate),
        "token": token,
    }
    status = UNPROCESSABLE if was_refused else 200
    return render(request, "public/estimate.html", context, status=status)


def _closed(request: HttpRequest, estimate: Estimate, why: str) -> HttpResponse:
    """What the client said, when they have; else why there is nothing to be said."""
    if why != "answered":
        return said(request, str(estimates.REASONS[why]), status=GONE)
    given, lines = queries.answer_to(estimate)
    context = {"estimate": estimate, "answer": given, "lines": lines}
    return render(request, "public/answered.html", context)


def _is_open(offer: Offer) -> bool:
    today = clock.today(offer.estimate.branch.zone)
    return not queries.why_unanswerable(offer, today=today, by_link=True)
