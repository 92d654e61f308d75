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


def counts_stock() -> list[pgtrigger.Trigger]:
    """A quantity that changes by itself, and not by a movement, leaves a movement behind."""
    counted = """
        IF current_setting('arm.moving', true) IS DISTINCT FROM 'on' THEN
            INSERT INTO orders_stockmovement (stock_id, kind, quantity, balance, by_id, why)
            SELECT n.id, 'count', n.quantity - {before}, n.quantity,
                   context_fact('user')::bigint, coalesce(context_fact('why'), '')
              FROM new_rows n {old} WHERE n.quantity <> {before} ORDER BY n.id;
        END IF;
        RETURN NULL;
    """
    both = {"new": "new_rows", "old": "old_rows"}
    joined = {"before": "o.quantity", "old": "JOIN old_rows o ON o.id = n.id"}
    return [
        _statement(
            "count_insert", pgtrigger.Insert, {"new": "new_rows"}, counted, before=0, old=""
        ),
        _statement("count_update", pgtrigger.Update, both, counted, **joined),
    ]


def moves_stock() -> pgtrigger.Trigger:
    """A movement changes its stock; a count is written by the stock itself, and by nobody else."""
    return pgtrigger.Trigger(
        name="move",
        when=pgtrigger.Before,
        operation=pgtrigger.Insert,
        func="""
            IF NEW.kind = 'count' THEN
                IF pg_trigger_depth() < 2 THEN
                    RAISE check_violation USING MESSAGE =
                        'a count is the change of a quantity', CONSTRAINT = 'stockmovement_counted';
                END IF;
                RETURN NEW;
            END IF;
            PERFORM set_config('arm.moving', 'on', true);
            UPDATE orders_stock SET quantity = quantity + NEW.quantity
             WHERE id = NEW.stock_id RETURNING quantity INTO NEW.balance;
            PERFORM set_config('arm.moving', '', true);
            RETURN NEW;
        """,
    )


def movement_stays() -> pgtrigger.Trigger:
    """What was moved stays as it was; only a line that is written anew may be another."""
    return pgtrigger.Trigger(
        name="stay",
        when=pgtrigger.Before,
        operation=pgtrigger.Update | pgtrigger.Delete,
        func="""
            IF TG_OP = 'DELETE' AND current_setting('arm.derivations', true) = 'suspended' THEN
                RETURN OLD;
            ELSIF TG_OP = 'UPDATE' AND (NEW.stock_id, NEW.kind, NEW.quantity, NEW.balance)
                                  = (OLD.stock_id, OLD.kind, OLD.quantity, OLD.balance) THEN
                RETURN NEW;
            END IF;
            RAISE check_violation USING MESSAGE = 'a stock movement stays as it is',
                CONSTRAINT = 'stockmovement_stays';
        """,
    )


def issues_lines() -> list[pgtrigger.Trigger]:
    """What was issued for a line follows the movements."""
    return _derives("issue", "line_issued", "line_id")


# Orders whose goods have begun to move here: of others, what a file says holds.
HAS_BEGUN = """
    EXISTS (SELECT FROM orders_partline l LEFT JOIN orders_reserve r ON r.line_id = l.id
             WHERE l.document_id = {key}
               AND (l.issued > 0 OR l.ordered > 0 OR l.expected_on IS NOT NULL OR r.id IS NOT NULL))
"""


def supplies_by_line() -> list[pgtrigger.Trigger]:
    """How far the supply of a customer order is follows its lines."""
    begun_new, begun_old = (HAS_BEGUN.format(key=f"{row}.document_id") for row in "no")
    moved = """
        SELECT n.document_id FROM new_rows n JOIN old_rows o ON o.id = n.id
         WHERE (n.issued, n.ordered) <> (o.issued, o.ordered)
            OR n.expected_on IS DISTINCT FROM o.expected_on
    """
    resized = f"""
        SELECT n.document_id FROM new_rows n JOIN old_rows o ON o.id = n.id
         WHERE n.quantity <> o.quantity AND {begun_new}
    """
    both = {"new": "new_rows", "old": "old_rows"}
    return [
        _after(
            "supply_insert",
            pgtrigger.Insert,
            "order_supply",
            f"SELECT n.document_id FROM new_rows n WHERE {begun_new}",
            {"new": "new_rows"},
        ),
        _after(
            "supply_update",
            pgtrigger.Update,
            "order_supply",
            f"{moved} UNION {resized}",
            both,
        ),
        _after(
            "supply_delete",
            pgtrigger.Delete,
            "order_supply",
            f"SELECT o.document_id FROM old_rows o WHERE {begun_old}",
            {"old": "old_rows"},
        ),
    ]


def supplies_by_reserve() -> list[pgtrigger.Trigger]:
    """… and what is held for them."""
    return _derives(
        "supply",
        "order_supply",
        "l.document_id",
        rows="{rows} r JOIN orders_partline l ON l.id = r.line_id",
    )


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


def dates_work() -> pgtrigger.Trigger:
    """A work order knows when it was first started and last completed."""
    return pgtrigger.Trigger(
        name="dates_work",
        when=pgtrigger.After,
        operation=pgtrigger.Update,
        condition=pgtrigger.AnyChange("state"),
        func="""
            UPDATE orders_workorder
               SET started_at = CASE WHEN NEW.state = 'in_progress' THEN coalesce(started_at, now())
                                     ELSE started_at END,
                   completed_at = CASE WHEN NEW.state = 'closed' OR OLD.state = 'closed'
                                       THEN completed_at
                                       WHEN NEW.state = 'completed' THEN now() END
             WHERE document_ptr_id = NEW.id;
            RETURN NULL;
        """,
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


def _derives(
    name: str, function: str, column: str, *, rows: str = "{rows}"
) -> list[pgtrigger.Trigger]:
    """Statement triggers that call `function` with the keys the changed rows hold in `column`."""
    of_new, of_old = (
        f"SELECT {column} FROM {rows.format(rows=changed)}" for changed in ("new_rows", "old_rows")
    )
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
    call = f"PERFORM {function}(array(SELECT DISTINCT * FROM ({rows}) AS changed)); RETURN NULL;"
    return _statement(name, operation, transition, call)


def _statement(
    name: str,
    operation: pgtrigger.Operation,
    transition: dict[str, str],
    does: str,
    **told: object,
) -> pgtrigger.Trigger:
    """A trigger that runs once after a statement, and sees all rows that it changed."""
    return pgtrigger.Trigger(
        name=name,
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**transition),
        func=does.format(**told) if told else does,
    )
