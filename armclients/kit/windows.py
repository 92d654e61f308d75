"""Windows in which something is written: asked for, tried, refused or done."""

from collections.abc import Callable, Mapping
from typing import Any

from django.db.models import Model
from django.forms import Form, ModelForm
from django.http import HttpResponse
from django.utils.translation import gettext as _

from armclients.kit import clashes
from armclients.kit.changes import Change
from armclients.kit.forms import Doubt, EditForm
from armclients.kit.htmx import ask, done, screen, sent
from armclients.kit.refusals import RefusedError
from armclients.kit.typing import HtmxRequest


def write(
    request: HtmxRequest,
    form: Form | ModelForm,
    action: Callable[..., Any],
    *facts: str,
    said: str,
    otherwise: str,
    **context: Any,
) -> HttpResponse:
    """The window, until what is given in it could be written; a refusal stands at its field."""
    if form.is_valid():
        try:
            action(**form.cleaned_data)
        except RefusedError as refusal:
            # An action may be asked by a window that shows only some of what it speaks of.
            field = refusal.field if refusal.field in form.fields else None
            form.add_error(field, str(refusal))
        else:
            return done(request, *facts, said=said, otherwise=otherwise)
    return ask(request, form, otherwise=otherwise, **context)


def confirm(
    request: HtmxRequest, action: Callable[[], Any], *facts: str, **told: Any
) -> HttpResponse:
    """The same where there is nothing to fill in: it is done once the user says so."""
    return write(request, Form(sent(request)), action, *facts, **told)


def remove(
    request: HtmxRequest, action: Callable[[], Any], *facts: str, what: object, **told: Any
) -> HttpResponse:
    """It is gone, once the user says so."""
    title = _("Remove «%(what)s»?") % {"what": what}
    return confirm(request, action, *facts, title=title, submit=_("Remove"), **told)


def edit(
    request: HtmxRequest,
    form: EditForm,
    action: Callable[..., Any],
    *facts: str,
    row: Model,
    history: Callable[[], list[Change]],
    said: str,
    otherwise: str,
    **context: Any,
) -> HttpResponse:
    """The same for a row that somebody else may have changed: then one chooses, field by field."""
    others: list[clashes.Clash] = []
    if form.is_valid():
        try:
            action(row.pk, seen=form.cleaned_data["seen"], given=form.given)
        except clashes.ClashError as clash:
            others = clashes.described(clash, row=row, mine=form.given, changes=history())
            form = form.after(clash)
        except RefusedError as refusal:
            form.add_error(refusal.field, str(refusal))
        else:
            return done(request, *facts, said=said, otherwise=otherwise)
    return ask(request, form, otherwise=otherwise, clashes=others, **context)


def hint(request: HtmxRequest, doubts: Mapping[str, Doubt]) -> HttpResponse:
    """What looks wrong about the field that is being typed."""
    asked = doubts.get(request.htmx.trigger_name or "")
    word = asked.about(lambda name: request.POST.get(name, "")) if asked else ""
    return screen(request, "hint.html", {"doubt": word}, parts={"hint": "hint"})
