"""Why a value of this floor looks wrong: a word, never a refusal, for it is stored all the same."""

import re

import phonenumbers
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _
from stdnum.ru import inn as inn_number

from customers.identity import EXTENSION

HOME = "RU"
# Four digits of the tax office, two of the reason, three of the order.
KPP = re.compile(r"\d{4}[\dA-Z]{2}\d{3}")


def about_inn(typed: str) -> str:
    digits = typed.strip()
    if not digits or inn_number.is_valid(digits):
        return ""
    if len(digits) not in (10, 12) or not digits.isdigit():
        return _("an INN has 10 or 12 digits")
    return _("the check digit does not match")


def about_kpp(typed: str) -> str:
    if not typed.strip() or KPP.fullmatch(typed.strip().upper()):
        return ""
    return _("a KPP has 9 characters")


def about_phone(typed: str) -> str:
    own = EXTENSION.sub("", typed).strip()
    if not own:
        return ""
    try:
        number = phonenumbers.parse(own, HOME)
    except phonenumbers.NumberParseException:
        return _("this does not look like a phone")
    if phonenumbers.is_valid_number(number):
        return ""
    return _("there is no such phone number: count its digits")


def about_email(typed: str) -> str:
    if not typed.strip():
        return ""
    try:
        validate_email(typed.strip())
    except ValidationError:
        return _("this does not look like an e-mail address")
    return ""


def about_contact(kind: str, typed: str) -> str:
    if kind == "email":
        return about_email(typed)
    return about_phone(typed) if kind in ("mobile", "work", "home", "fax", "whatsapp") else ""
