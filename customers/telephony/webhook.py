"""The door of the PBX: open to the world, and closed to whoever cannot sign."""

import logging
from functools import partial
from importlib import import_module
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from armclients.kit import clock
from armclients.kit.access import open_to_all
from armclients.kit.again import once_more
from customers.actions import calls
from customers.telephony.sent import Sent
from customers.telephony.story import Unreadable

logger = logging.getLogger(__name__)

LARGEST = 64 * 1024  # bytes; what PBXs say of a call is a hundredth of it


@csrf_exempt
@require_POST
@open_to_all
def pbx(request: HttpRequest, provider: str, rest: str = "") -> HttpResponse:
    """204 once the call shows what was said; 403 unsigned, 413 too large, 422 not understood."""
    if provider not in settings.PBXS:
        raise Http404
    secret = settings.PBX_SECRET
    if not secret:
        return refused(provider, 403, "PBX_SECRET is not set")
    body = body_of(request)
    if len(body) > LARGEST:
        return refused(provider, 413, "too large")
    parse: Any = import_module(f"customers.telephony.providers.{provider}.parse")
    sent = Sent(body, {name.lower(): value for name, value in request.headers.items()}, rest)
    if not parse.is_signed(sent, secret, clock.now()):
        return refused(provider, 403, "the signature is wrong, or old")
    try:
        for word in parse.words(sent):
            once_more(partial(calls.hear, provider, word))
    except Unreadable as reason:
        return refused(provider, 422, str(reason))
    return HttpResponse(status=204)


def body_of(request: HttpRequest) -> bytes:
    """All of it, or more than is taken."""
    try:
        return request.body
    except RequestDataTooBig:
        return bytes(LARGEST + 1)


def refused(provider: str, status: int, reason: str) -> HttpResponse:
    """Written down without what was sent: it may be anybody's number."""
    logger.warning("PBX «%s»: refused with %s, %s", provider, status, reason)
    return HttpResponse(reason, status=status, content_type="text/plain; charset=utf-8")
