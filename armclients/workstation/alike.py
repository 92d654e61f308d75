"""Who a client being entered may be already: same phone, INN, car, or name and phone's end."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from armclients.kit.limits import Looked, in_time, rows_in_time
from armclients.kit.lookups import holding
from armclients.workstation.statement import CARDS
from customers.identity import name_needles
from customers.models import Contact, Counterparty

CLIENTS = Counterparty._meta.db_table
CONTACTS = Contact._meta.db_table
SHOWN = 5
TAIL = 4
# Shorter texts are still being typed, and fit too many.
WHOLE_CONTACT, WHOLE_NUMBER, WHOLE_INN = 7, 5, 10
WHY: dict[str, str | Promise] = {
    "phone": _("the same phone"),
    "email": _("the same e-mail address"),
    "inn": _("the same INN"),
    "vin": _("the same VIN or body number"),
    "plate": _("the same plate"),
    "name": _("the name, and the end of the phone"),
}


@dataclass(frozen=True, slots=True)
class Alike:
    """A client who may be the one that is being entered, and why."""

    pk: int
    name: str
    phone: str
    extension: str
    attention: str
    attention_text: str
    reasons: list[str]

    @property
    def why(self) -> str:
        return ", ".join(str(WHY[reason]) for reason in self.reasons)

    @property
    def attention_label(self) -> str:
        return str(Counterparty.Attention(self.attention).label)


def alike(said: Callable[[str], str]) -> Looked[Alike]:
    """At most five; `said` is what stands in a field of the form. Two statements, or none."""
    return in_time(lambda: _alike(said))


def _alike(said: Callable[[str], str]) -> list[Alike]:
    typed = {name: said(name).replace("\0", "").strip() for name in ("name", *WHY)}
    if not any(typed.values()):
        return []
    wanted, params = _wanted(_folded(typed))
    if not wanted:
        return []
    none = "SELECT NULL::bigint AS customer_id, NULL::text AS reason WHERE false"
    union = " UNION ALL ".join((none, *(f"({each} LIMIT {SHOWN})" for each in wanted)))
    sql = f"""
        SELECT c.id, c.name, coalesce(t.normalized, ''), coalesce(t.extension, ''), c.attention,
               c.attention_text, k.reasons
          FROM (SELECT customer_id, array_agg(DISTINCT reason) AS reasons, count(*) AS weight
                  FROM ({union}) AS hits GROUP BY customer_id) AS k
          JOIN {CLIENTS} c ON c.id = k.customer_id
          LEFT JOIN LATERAL (
               SELECT normalized, extension FROM {CONTACTS}
                WHERE counterparty_id = c.id AND NOT is_wrong AND kind IN ('mobile', 'work', 'home')
                ORDER BY is_primary DESC, position, id LIMIT 1) AS t ON true
         ORDER BY k.weight DESC, c.id LIMIT {SHOWN}"""
    return [Alike(*row) for row in rows_in_time(sql, params)]


def _folded(typed: dict[str, str]) -> dict[str, str]:
    """As the search rows hold it. One statement."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT fold_name(%(name)s), fold_contact(%(phone)s), fold_contact(%(email)s),"
            " fold_vehicle(%(vin)s), fold_vehicle(%(plate)s)",
            typed,
        )
        row = cursor.fetchone()
    return dict(zip(("name", "phone", "email", "vin", "plate"), row, strict=True)) | {
        "inn": typed["inn"]
    }


def _wanted(folded: dict[str, str]) -> tuple[list[str], dict[str, Any]]:
    """A SELECT of client and reason for each value that is whole enough, and their parameters."""
    wanted, params = [], {}
    columns = {"phone": "contacts", "email": "contacts", "vin": "vehicles", "plate": "vehicles"}
    for reason, column in columns.items():
        least = WHOLE_CONTACT if column == "contacts" else WHOLE_NUMBER
        if len(folded[reason]) >= least:
            params[reason] = holding(f" {folded[reason]} ")
            wanted.append(
                f"SELECT customer_id, '{reason}' FROM {CARDS} WHERE {column} LIKE %({reason})s"
            )
    if len(folded["inn"]) >= WHOLE_INN:
        params["inn"] = folded["inn"]
        wanted.append(f"SELECT id, 'inn' FROM {CLIENTS} WHERE inn = %(inn)s")
    tail = folded["phone"][-TAIL:]
    needles = name_needles(folded["name"])
    if needles and len(tail) == TAIL and tail.isdigit():
        params |= {f"n{n}": holding(needle) for n, needle in enumerate(needles)}
        params["tail"] = holding(f"{tail} ")
        names = " AND ".join(f"names LIKE %(n{n})s" for n in range(len(needles)))
        wanted.append(
            f"SELECT customer_id, 'name' FROM {CARDS} WHERE contacts LIKE %(tail)s AND {names}"
        )
    return wanted, params
