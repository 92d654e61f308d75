"""The files of this floor: clients, how they are reached, their cards, and the contact log."""

from django.utils.translation import gettext_lazy as _

from armclients.kit.columns import Boolean, Code, Date, Integer, Moment, Percent, Text
from armclients.kit.fileformat import (
    BY_SOURCE,
    ID,
    IN_SOURCE,
    SOURCED,
    Check,
    Column,
    FileFormat,
    Kept,
    Reference,
    Target,
    Touch,
    at_zone,
    by_name,
    kept,
    same,
    text,
)
from customers.models import Consent, Contact, Counterparty, Event

A_CLIENT = Reference("customers_counterparty", IN_SOURCE, file="customers")
A_USER = Reference("armclients_user", "{t}.username = {cell}", file="users", file_column="username")
NOBODY = "NULL::bigint"
# Upper floors' records, known by the names of their tables only.
A_VEHICLE = Reference("vehicles_vehicle", IN_SOURCE, file="vehicles")

RUBLES = {"currency": "'RUB'"}
PRICES_OF_GOODS = by_name("customers_pricetype", within={"scope": "'goods'"}, at_first=RUBLES)
PRICES_OF_WORKS = by_name("customers_pricetype", within={"scope": "'works'"}, at_first=RUBLES)

CUSTOMERS = FileFormat(
    "customers",
    columns=(
        Column("id", ID, required=True),
        Column("name", Text(200), required=True),
        Column("full_name", Text(500)),
        Column("kind", Code(tuple(Counterparty.Kind.values))),
        Column("legal_form", Code(tuple(Counterparty.LegalForm.values))),
        Column("inn", Text(12)),
        Column("kpp", Text(9)),
        Column("manager", Text(150), refers=A_USER),
        Column("comment", Text()),
        Column("price_type_goods", Text(100), refers=PRICES_OF_GOODS),
        Column("price_type_works", Text(100), refers=PRICES_OF_WORKS),
        Column("attention", Code(tuple(Counterparty.Attention.values))),
        Column("attention_text", Text(300)),
        Column("attention_until", Date()),
        Column("attention_author", Text(150), refers=A_USER),
        Column("created_at", Moment()),
        Column("author", Text(150), refers=A_USER),
    ),
    key="id",
    found_by=BY_SOURCE,
    derived={"created_at": at_zone("s.created_at", "%(zone)s")},
    targets=(
        Target(
            "customers_counterparty",
            {
                **text("name", "full_name", "inn", "kpp", "comment", "attention", "attention_text"),
                **same("manager_id", "price_type_goods_id", "price_type_works_id"),
                **same("attention_until", "attention_author_id"),
                **kept("author_id", new=NOBODY),
                "kind": Kept("m.kind", "'buyer'"),
                "legal_form": Kept("m.legal_form", "'person'"),
                "created_at": Kept("m.created_at", "now()"),
            },
            at_first=SOURCED,
        ),
    ),
    clients=Touch("m.pk", "t.id"),
)

CONTACTS = FileFormat(
    "contacts",
    columns=(
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("kind", Code(tuple(Contact.Kind.values)), required=True),
        Column("value", Text(300), required=True),
        Column("person", Text(100)),
        Column("primary", Boolean()),
        Column("position", Integer(most=32_767)),
        Column("wrong", Boolean()),
    ),
    key="customer_id, kind, folded",
    checks=(
        Check(
            "wrong", _("a wrong contact cannot be the primary one"), when='m.wrong AND m."primary"'
        ),
    ),
    derived={"folded": "fold_contact(s.value)"},
    found_by="""t.counterparty_id = s.customer_id AND t.kind = s.kind
        AND t.normalized = s.folded""",
    conflicts=(
        Check(
            "primary",
            _("row %(detail)s is already the client's primary contact"),
            rows="""
                SELECT row, 'primary' AS value, first::text AS detail
                  FROM (SELECT *, min(row) OVER (PARTITION BY customer_id) AS first
                          FROM import_contacts WHERE "primary") AS m
                 WHERE row > first
            """,
        ),
    ),
    # Of two primary contacts the old one steps back first: there is never a moment with both.
    before=(
        """
        CREATE TEMPORARY TABLE import_stepping_back ON COMMIT DROP AS
        SELECT t.id FROM customers_contact t
          JOIN import_contacts m ON m.customer_id = t.counterparty_id AND m."primary"
         WHERE t.is_primary AND t.id <> m.pk
        """,
        """
        INSERT INTO import_changed
        SELECT 'contacts', m.row, m.pk FROM import_contacts m
         WHERE m.pk IN (SELECT id FROM import_stepping_back)
        """,
        """
        UPDATE customers_contact SET is_primary = false
         WHERE id IN (SELECT id FROM import_stepping_back)
        """,
    ),
    targets=(
        Target(
            "customers_contact",
            {
                **text("person"),
                "value": "m.value",
                # What is said of one of the two tells the other, where nothing is said of that.
                "is_primary": Kept('CASE WHEN m.wrong THEN false ELSE m."primary" END', "false"),
                "is_wrong": Kept('CASE WHEN m."primary" THEN false ELSE m.wrong END', "false"),
                "position": Kept("m.position", "0"),
            },
            at_first={"counterparty_id": "m.customer_id", "kind": "m.kind"},
        ),
    ),
    clients=Touch("m.customer_id", "t.counterparty_id"),
)

CARDS = FileFormat(
    "cards",
    columns=(
        Column("number", Text(50), required=True),
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("percent", Percent),
        Column("valid_from", Date()),
        Column("valid_until", Date()),
        Column("percent_works", Percent),
    ),
    key="number",
    found_by="t.number = s.number",
    checks=(Check("valid_until", _("ends before it starts"), when="m.valid_until < m.valid_from"),),
    targets=(
        Target(
            "customers_discountcard",
            {
                **same("valid_from", "valid_until"),
                "holder_id": "m.customer_id",
                "percent_goods": "coalesce(m.percent, 0)",
                "percent_works": "coalesce(m.percent_works, m.percent, 0)",
            },
            at_first={"number": "m.number"},
        ),
    ),
    clients=Touch("m.customer_id", "t.holder_id"),
)

CONSENTS = FileFormat(
    "consents",
    columns=(
        Column("customer", ID, required=True, refers=A_CLIENT),
        Column("purpose", Code(tuple(Consent.Purpose.values)), required=True),
        Column("given_at", Moment(), required=True),
        Column("channel", Code(tuple(Consent.Channel.values))),
        Column("document", Text(200)),
        Column("version", Text(40)),
        Column("withdrawn_at", Moment()),
        Column("author", Text(150), refers=A_USER),
    ),
    key="customer_id, purpose, given_at",
    derived={name: at_zone(f"s.{name}", "%(zone)s") for name in ("given_at", "withdrawn_at")},
    found_by="""t.counterparty_id = s.customer_id AND t.purpose = s.purpose
        AND t.given_at = s.given_at""",
    checks=(
        Check(
            "withdrawn_at", _("withdrawn before it was given"), when="m.withdrawn_at < m.given_at"
        ),
    ),
    targets=(
        Target(
            "customers_consent",
            {
                **same("withdrawn_at"),
                **text("document", "version"),
                **kept("author_id", new=NOBODY),
                "channel": Kept("m.channel", "'other'"),
            },
            at_first={"counterparty_id": "m.customer_id", **same("purpose", "given_at")},
        ),
    ),
)

EVENTS = FileFormat(
    "events",
    columns=(
        Column("id", ID, required=True),
        Column("kind", Code(tuple(Event.Kind.values)), required=True),
        Column("occurred_at", Moment(), required=True),
        Column("customer", ID, refers=A_CLIENT),
        Column("vehicle", ID, refers=A_VEHICLE),
        Column("subject", Text(200)),
        Column("text", Text()),
        Column("result", Text(200)),
        Column("author", Text(150), refers=A_USER),
        Column("manager", Text(150), refers=A_USER),
        Column("due_at", Moment()),
        Column("processed_at", Moment()),
        Column("processed_by", Text(150), refers=A_USER),
    ),
    key="id",
    found_by=BY_SOURCE,
    derived={
        name: at_zone(f"s.{name}", "%(zone)s") for name in ("occurred_at", "due_at", "processed_at")
    },
    targets=(
        Target(
            "customers_event",
            {
                **same("kind", "occurred_at", "due_at", "processed_at"),
                **same("vehicle_id", "author_id", "manager_id"),
                **kept("processed_by_id", new=NOBODY),
                **text("subject", "text", "result"),
                "counterparty_id": "m.customer_id",
            },
            at_first=SOURCED,
        ),
    ),
    clients=Touch("m.customer_id", "t.counterparty_id"),
)
