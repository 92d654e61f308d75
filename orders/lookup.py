"""What the database derives on this floor, and this floor's part of the search.

`orders/sql/derive.sql` holds the functions; the triggers here say when they run. The rows a search
flag is made of (documents, slots, reserves) report their client, see `customers.lookup`.
"""

import pgtrigger

CLIENT_AND_PAYER = "SELECT unnest(ARRAY[r.counterparty_id, r.payer_id]) AS id FROM {rows} r"
SEARCHED_BY = (
    "counterparty_id",
    "payer_id",
    "state",
    "author_id",
    "manager_id",
    "date",
    "due",
    "base_id",
)
CLIENT_OF_SLOT = (
    "SELECT d.counterparty_id AS id FROM {rows} r JOIN orders_document d ON d.id = r.request_id"
)
CLIENT_OF_LINE_ITSELF = (
    "SELECT d.counterparty_id AS id FROM {rows} r JOIN orders_document d ON d.id = r.document_id"
)
CLIENTS_OF_BRANCH = (
    "SELECT d.counterparty_id AS id FROM {rows} r JOIN orders_document d ON d.branch_id = r.id"
    " JOIN orders_slot s ON s.request_id = d.id"
)
CLIENT_OF_LINE = (
    "SELECT d.counterparty_id AS id FROM {rows} r JOIN orders_partline l ON l.id = r.line_id"
    " JOIN orders_document d ON d.id = l.document_id"
)


def settles_total() -> list[pgtrigger.Trigger]:
    """A document's total follows its lines."""
    return _derives("settle", "document_total", "document_id")


def settles_paid() -> list[pgtrigger.Trigger]:
    """What a document was paid follows its payments."""
    return _derives("settle", "document_paid", "document_id")


def holds_stock() -> list[pgtrigger.Trigger]:
    """A stock's reserved quantity follows the reserves, and refuses to exceed what there is."""
    return _derives("hold", "stock_reserved", "stock_id")


def reserve_is_possible() -> pgtrigger.Trigger:
    """A reserve is of the line's own part, and of goods still to be handed over."""
    return pgtrigger.Trigger(
        name="possible",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="PERFORM reserve_check(NEW.line_id, NEW.stock_id); RETURN NEW;",
    )


def reserve_stays_possible() -> pgtrigger.Trigger:
    """A line that moves to another document or part takes its reserve along only where it may."""
    return pgtrigger.Trigger(
        name="stay_possible",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("document", "part"),
        func="""
            PERFORM reserve_check(NEW.id, r.stock_id)
               FROM orders_reserve r WHERE r.line_id = NEW.id;
            RETURN NULL;
        """,
    )


def holds_bay() -> pgtrigger.Trigger:
    """A slot holds its bay unless the request is cancelled or missed."""
    return pgtrigger.Trigger(
        name="hold_bay",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="""
            NEW.is_held := (SELECT state NOT IN ('cancelled', 'no_show')
                              FROM orders_document WHERE id = NEW.request_id);
            RETURN NEW;
        """,
    )


def keeps_state_log() -> pgtrigger.Trigger:
    """A change of state is logged, frees or takes the bay, and releases idle reserves."""
    return pgtrigger.Trigger(
        name="state_changed",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("state"),
        func="PERFORM document_state_changed(NEW.id, OLD.state, NEW.state); RETURN NULL;",
    )


def tells_the_board() -> pgtrigger.Trigger:
    """New work orders, and new masters and promises of old ones, are on every board at once."""
    return pgtrigger.Trigger(
        name="board",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=pgtrigger.Insert | pgtrigger.Update,
        func="PERFORM board_changed(); RETURN NULL;",
    )


def _derives(name: str, function: str, column: str) -> list[pgtrigger.Trigger]:
    """Statement triggers that call `function` with the keys the changed rows hold in `column`."""
    of_new, of_old = f"SELECT {column} FROM new_rows", f"SELECT {column} FROM old_rows"
    return [
        _after(f"{name}_{event}", operation, function, rows, transition)
        for event, operation, rows, transition in (
            ("insert", pgtrigger.Insert, of_new, {"new": "new_rows"}),
            (
                "update",
                pgtrigger.Update,
                f"{of_new} UNION {of_old}",
                {"new": "new_rows", "old": "old_rows"},
            ),
            ("delete", pgtrigger.Delete, of_old, {"old": "old_rows"}),
        )
    ]


def _after(
    name: str, operation: pgtrigger.Operation, function: str, rows: str, transition: dict[str, str]
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**transition),
        func=f"PERFORM {function}(array(SELECT DISTINCT * FROM ({rows}) AS changed)); RETURN NULL;",
    )
