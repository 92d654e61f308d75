"""Why a number of a vehicle looks wrong: a word, never a refusal, for it is stored all the same."""

from django.utils.translation import gettext as _
from vininfo import Vin
from vininfo.exceptions import VininfoException

from vehicles.identity import BODY, LETTERS_OF_PLATES, PLATE, joined

VIN_LENGTH = 17
NO_LETTERS_OF_A_VIN = frozenset("IOQ")
# Of the first character; elsewhere the check digit is anything the maker likes.
NORTH_AMERICA = frozenset("12345")


def about_vin(typed: str) -> str:
    number = joined(typed)
    if not number:
        return ""
    if not number.isascii():
        return _("there are Cyrillic letters in it")
    if len(number) != VIN_LENGTH:
        return _("a VIN has 17 characters, this has %(count)s") % {"count": len(number)}
    if NO_LETTERS_OF_A_VIN & set(number):
        return _("the letters I, O and Q do not occur in a VIN")
    if number[0] in NORTH_AMERICA and not _has_its_check_digit(number):
        return _("the check digit does not match")
    return ""


def _has_its_check_digit(number: str) -> bool:
    try:
        return Vin(number).verify_checksum(check_year=False)
    except VininfoException:
        return False


def about_body(typed: str) -> str:
    if not joined(typed) or BODY.fullmatch(joined(typed)):
        return ""
    return _("an unusual body number")


def about_plate(typed: str) -> str:
    number = joined(typed)
    if not number:
        return ""
    letters = {character for character in number.removesuffix("RUS") if character.isalpha()}
    if not PLATE.fullmatch(number):
        return _("an unusual plate")
    if letters - LETTERS_OF_PLATES:
        return _("Russian plates do not have these letters")
    return ""
