"""What a text of a message may leave open, as `{sum}`; known by name, filled in before sending."""

import re
from collections.abc import Iterable, Mapping

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KNOWN = {
    "client": gettext_lazy("the client's name"),
    "car": gettext_lazy("the vehicle"),
    "plate": gettext_lazy("its plate"),
    "document": gettext_lazy("number of the document"),
    "sum": gettext_lazy("what is to pay"),
    "to_pay": gettext_lazy("what is to pay, in a sentence, or that all is paid"),
    "qr": gettext_lazy("link to a page with the QR code for payment"),
    "ready": gettext_lazy("when it is promised, on the branch's clock"),
    "branch": gettext_lazy("the branch"),
    "link": gettext_lazy("where the client answers an estimate"),
}
NAMED = re.compile(r"\{([^{}\s]*)\}")


def names_in(text: str) -> list[str]:
    """The variables of a text, each once, in their order."""
    return list(dict.fromkeys(NAMED.findall(text)))


def listed(names: Iterable[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in names)


def described() -> str:
    """All variables with what they mean, for whoever writes a text."""
    return "; ".join(f"{{{name}}} — {meaning}" for name, meaning in KNOWN.items())


def check_names(text: str) -> None:
    """Every variable of the text is known.

    Raises ValidationError with the unknown ones and the list of the known.
    """
    unknown = [name for name in names_in(text) if name not in KNOWN]
    if unknown:
        raise ValidationError(
            _("Unknown: %(unknown)s. There are: %(known)s."),
            params={"unknown": listed(unknown), "known": listed(KNOWN)},
            code="unknown_variable",
        )


def fill(text: str, values: Mapping[str, str]) -> str:
    """The text with what is known put in; what has no value stays as it stands."""
    return NAMED.sub(lambda found: values.get(found[1]) or found[0], text)
