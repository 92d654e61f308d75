"""Why a number of an organisation looks wrong: a word, never a refusal."""

import re
from typing import Any

from django.utils.translation import gettext as _
from stdnum.ru import ogrn as ogrn_number

from customers.doubts import about_inn, about_kpp

BIC_DIGITS, ACCOUNT_DIGITS = 9, 20
# [law: ЦБ РФ, порядок расчёта контрольного ключа] repeated over the bank's digits and the account.
WEIGHTS = (7, 1, 3)


def about_ogrn(typed: str) -> str:
    return "" if not typed or ogrn_number.is_valid(typed) else _("the check digit does not match")


def about_bic(typed: str) -> str:
    if not typed or re.fullmatch(rf"\d{{{BIC_DIGITS}}}", typed):
        return ""
    return _("a BIC has 9 digits")


def about_account(account: str, bic: str) -> str:
    """Of an account in the bank."""
    return _about_account(account, bic[-3:], bic)


def about_correspondent_account(account: str, bic: str) -> str:
    """Of the bank's own account in the Bank of Russia."""
    return _about_account(account, f"0{bic[4:6]}", bic)


def _about_account(account: str, bank: str, bic: str) -> str:
    if not account:
        return ""
    if not re.fullmatch(rf"\d{{{ACCOUNT_DIGITS}}}", account):
        return _("an account has 20 digits")
    if not bic or about_bic(bic):
        return ""
    digits = (int(digit) for digit in bank + account)
    key = sum(digit * WEIGHTS[n % len(WEIGHTS)] for n, digit in enumerate(digits))
    return _("the account does not belong to the bank of this BIC") if key % 10 else ""


def about_organisation(own: Any) -> list[str]:
    """All that looks wrong about an organisation, each with the name of its field."""
    said = {
        "inn": about_inn(own.inn),
        "kpp": about_kpp(own.kpp),
        "ogrn": about_ogrn(own.ogrn),
        "bic": about_bic(own.bic),
        "account": about_account(own.account, own.bic),
        "correspondent_account": about_correspondent_account(own.correspondent_account, own.bic),
    }
    labels = {name: own._meta.get_field(name).verbose_name for name in said}
    return [f"{labels[name]}: {doubt}" for name, doubt in said.items() if doubt]
