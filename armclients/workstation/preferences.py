"""What a user chooses for themselves, and an administrator for a role."""

from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.models import Group
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from armclients import users
from armclients.kit.access import needs, open_to_all
from armclients.kit.addresses import key
from armclients.kit.htmx import back, leave, screen
from armclients.kit.typing import HtmxRequest
from armclients.workstation import layout as layouts
from armclients.workstation import saved
from armclients.workstation.filters import address
from armclients.workstation.layout import Layout

SETTINGS = "workstation/preferences.html"
SAVE = "workstation/save_search.html"


@require_POST
@open_to_all
def set_language(request: HttpRequest) -> HttpResponse:
    """Russian or English, kept with the user and, for the log-in page, with the browser."""
    language = request.POST.get("language", "")
    response = HttpResponseRedirect(back(request))
    if language in dict(settings.LANGUAGES):
        if request.user.is_authenticated:
            users.speak(language, by=request.user)
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            language,
            max_age=365 * 24 * 60 * 60,
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    return response


@require_http_methods(["GET", "POST"])
@needs("armclients.use_workstation")
def search_settings(request: HtmxRequest) -> HttpResponse:
    """«Настройка полей поиска» of the user, and the searches they saved."""
    context = {"saved": saved.forms_of(request.user)}
    return _settings(request, Layout.of(request.user), context, user=request.user)


@require_http_methods(["GET", "POST"])
@needs("armclients.change_searchlayout")
def role_settings(request: HtmxRequest) -> HttpResponse:
    """The same as the standard of a role, of which the address names one."""
    roles = {role.pk: role for role in Group.objects.order_by("name")}
    role = roles.get(key(request.GET.get("role")) or next(iter(roles), 0))
    if role is None:
        raise Http404
    context = {
        "role": role,
        "role_name": users.role_name(role),
        "roles": [(each, users.role_name(each)) for each in roles.values()],
    }
    return _settings(request, layouts.kept(role=role) or layouts.STANDARD, context, role=role)


def _settings(
    request: HtmxRequest, present: Layout, context: dict[str, Any], **whose: Any
) -> HttpResponse:
    """Shows the layout as it stands in the form; only «save» and «reset» change what is kept."""
    layout = Layout.posted(request.POST) if request.method == "POST" else present
    if "save" in request.POST:
        layouts.keep(layout, **whose)
        messages.success(request, _("Saved"))
        return leave(request, back(request))
    if "reset" in request.POST:
        layouts.forget(**whose)
        messages.success(request, _("The standard is back"))
        return leave(request, back(request))
    shown = {"layout": layout.moved(request.POST.get("move", "")), "back": back(request)}
    return screen(
        request, SETTINGS, context | shown, parts={"layout": "layout", "preview": "preview"}
    )


@require_http_methods(["GET", "POST"])
@needs("armclients.use_workstation")
def save_search(request: HtmxRequest) -> HttpResponse:
    """The present search gets a name and a place on the panel."""
    is_sent = request.method == "POST"
    given = request.POST if is_sent else None
    form = saved.SaveForm(given, by=request.user, initial={"query": back(request)})
    if is_sent and form.is_valid():
        chosen = {name: form.cleaned_data[name] for name in ("name", "query", "is_shared")}
        saved.save(by=request.user, **chosen)
        messages.success(request, _("The search is saved"))
        return leave(request, address(form.cleaned_data["query"]))
    status = 422 if is_sent else 200
    return screen(
        request, SAVE, {"save_form": form}, parts={"save-fields": "fields"}, status=status
    )


@require_POST
@needs("armclients.use_workstation")
def saved_searches(request: HtmxRequest) -> HttpResponse:
    """The user's saved searches: renamed and shared as the form says, then moved or removed."""
    rows = saved.forms_of(request.user, request.POST)
    if not saved.are_valid(rows, by=request.user):
        context = {"saved": rows, "layout": Layout.of(request.user), "back": back(request)}
        return screen(request, SETTINGS, context, parts={"saved": "saved"}, status=422)
    moved, _colon, way = request.POST.get("move", "").partition(":")
    saved.change(
        rows,
        by=request.user,
        removed=key(request.POST.get("remove")),
        moved=key(moved),
        down=way == "down",
    )
    messages.success(request, _("Saved"))
    return leave(
        request, f"{reverse('search_settings')}?{urlencode({'next': back(request)})}#saved"
    )
