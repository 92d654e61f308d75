"""What a form would send back if nothing was touched."""

from typing import Any

from django.http import HttpResponse
from django.test import Client


def shown(web: Client, address: str) -> dict[str, Any]:
    """The form of this page."""
    return sent_back(web.get(address))


def sent_back(answer: HttpResponse) -> dict[str, Any]:
    """The form of this answer; boxes that are not ticked are not sent."""
    form = answer.context["form"]
    values = {name: form[name].value() for name in form.fields}
    sent = {name: "" if value is None else value for name, value in values.items()}
    return {name: value for name, value in sent.items() if value is not False}
