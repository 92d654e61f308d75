"""What of this floor goes out, and into which file."""

from armclients.kit.fileselect import FileSelect, identifier, plain, with_offset

CUSTOMERS = FileSelect(
    "customers",
    {
        "id": identifier("c"),
        **plain("c", "name", "full_name", "kind", "legal_form", "inn", "kpp"),
        "manager": "u.username",
        "comment": "c.comment",
        "price_type_goods": "g.name",
        "price_type_works": "w.name",
        **plain("c", "attention", "attention_text"),
        "created_at": with_offset("c.created_at"),
        "author": "a.username",
        "attention_until": "c.attention_until",
        "attention_author": "f.username",
    },
    """
    customers_counterparty c
    LEFT JOIN armclients_user u ON u.id = c.manager_id
    LEFT JOIN armclients_user a ON a.id = c.author_id
    LEFT JOIN armclients_user f ON f.id = c.attention_author_id
    LEFT JOIN customers_pricetype g ON g.id = c.price_type_goods_id
    LEFT JOIN customers_pricetype w ON w.id = c.price_type_works_id
    ORDER BY c.id
    """,
)

CONTACTS = FileSelect(
    "contacts",
    {
        "customer": identifier("c"),
        **plain("t", "kind", "value", "person"),
        "primary": "t.is_primary::integer",
        "position": "t.position",
        "wrong": "t.is_wrong::integer",
    },
    """
    customers_contact t JOIN customers_counterparty c ON c.id = t.counterparty_id
    WHERE btrim(t.value) <> '' ORDER BY t.id
    """,
)

CARDS = FileSelect(
    "cards",
    {
        "number": "t.number",
        "customer": identifier("c"),
        "percent": "t.percent_goods",
        **plain("t", "valid_from", "valid_until", "percent_works"),
    },
    """
    customers_discountcard t JOIN customers_counterparty c ON c.id = t.holder_id
    WHERE btrim(t.number) <> '' ORDER BY t.id
    """,
)

CONSENTS = FileSelect(
    "consents",
    {
        "customer": identifier("c"),
        "purpose": "t.purpose",
        "given_at": with_offset("t.given_at"),
        **plain("t", "channel", "document", "version"),
        "withdrawn_at": with_offset("t.withdrawn_at"),
        "author": "a.username",
    },
    """
    customers_consent t JOIN customers_counterparty c ON c.id = t.counterparty_id
    LEFT JOIN armclients_user a ON a.id = t.author_id ORDER BY t.id
    """,
)

# The document stands on an upper floor, which adds it.
EVENTS = FileSelect(
    "events",
    {
        "id": identifier("e"),
        "kind": "e.kind",
        "occurred_at": with_offset("e.occurred_at"),
        "customer": identifier("c"),
        "vehicle": identifier("v"),
        **plain("e", "subject", "text", "result"),
        "author": "a.username",
        "manager": "m.username",
        "due_at": with_offset("e.due_at"),
        "processed_at": with_offset("e.processed_at"),
        "processed_by": "p.username",
    },
    """
    customers_event e
    LEFT JOIN customers_counterparty c ON c.id = e.counterparty_id
    LEFT JOIN vehicles_vehicle v ON v.id = e.vehicle_id
    LEFT JOIN armclients_user a ON a.id = e.author_id
    LEFT JOIN armclients_user m ON m.id = e.manager_id
    LEFT JOIN armclients_user p ON p.id = e.processed_by_id
    """,
)

FILES = (CUSTOMERS, CONTACTS, CARDS, CONSENTS)
