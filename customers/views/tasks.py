"""«Мои задачи»: what waits for somebody, by when."""

import datetime
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from armclients.kit import clock
from armclients.kit.access import needs
from armclients.kit.htmx import is_fragment, screen
from armclients.kit.typing import HtmxRequest
from customers import event_queries as queries
from customers.colleagues import colleagues, named

HEADINGS = {
    "overdue": _("Overdue"),
    "new": _("New events"),
    "today": _("Today"),
    "later": _("Later"),
}
ALL, NOBODY = "all", "nobody"


@require_safe
@needs("customers.view_event")
def tasks(request: HtmxRequest) -> HttpResponse:
    """All sections, or one of them page by page. At most six statements."""
    people = list(colleagues()) if request.user.has_perm("customers.view_tasks_of_all") else []
    whose = _whose(request, people)
    waiting = _waiting(whose)
    section = request.GET.get("show")
    counts = waiting.counts()
    if section in HEADINGS:
        pages = {section: waiting.page(section, after=request.GET.get("after"))}
    else:
        section, pages = "", waiting.first_pages()
    context = {
        "sections": [
            {"slug": slug, "label": HEADINGS[slug], "page": page, "count": counts[slug]}
            for slug, page in pages.items()
        ],
        "tabs": [(slug, label, counts[slug]) for slug, label in HEADINGS.items()],
        "show": section,
        "whose": whose,
        "people": people,
        "now": waiting.now,
    }
    return screen(
        request, "customers/tasks.html", context, parts={"tasks": "tasks", "more": "more"}
    )


@require_safe
@needs("customers.view_event")
def count(request: HtmxRequest) -> HttpResponse:
    """The header's link to the tasks, with how many events are new. One statement."""
    if not is_fragment(request):
        return HttpResponseRedirect("/tasks/")
    mine = {"my_new_events": queries.waiting_for(request.user)}
    return screen(request, "base.html", mine, parts={"my-tasks": "my_tasks"})


@require_POST
@needs("customers.view_event")
def colleagues_named(request: HtmxRequest) -> HttpResponse:
    """Colleagues to choose of, while the name of one is being typed. One statement, or none."""
    typed = request.POST.get(request.htmx.trigger_name or "", "").replace("\0", "")
    context = {"offered": named(typed)}
    return screen(request, "customers/colleagues.html", context, parts={"offered": "offered"})


def _whose(request: HtmxRequest, people: list[Any]) -> str:
    """Whose tasks are asked for, as the address says; one's own, where it says nothing allowed."""
    asked = request.GET.get("of", "")
    allowed = {NOBODY, *([ALL] if people else []), *(str(person.pk) for person in people)}
    return asked if asked in allowed else str(request.user.pk)


def _waiting(whose: str) -> queries.Tasks:
    now = clock.now()
    zone = timezone.get_current_timezone()
    tomorrow = clock.today(zone) + datetime.timedelta(days=1)
    manager = None if whose == ALL else whose if whose == NOBODY else int(whose)
    midnight = datetime.datetime.combine(tomorrow, datetime.time(), zone)
    return queries.Tasks(manager=manager, now=now, midnight=midnight)
