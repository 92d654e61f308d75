"""The picture that browsers ask for by themselves where a page names none."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static
from django.views.decorators.http import require_safe

from armclients.kit.access import open_to_all


@require_safe
@open_to_all
def favicon(_request: HttpRequest) -> HttpResponse:
    return redirect(static("icons/arm.svg"))
