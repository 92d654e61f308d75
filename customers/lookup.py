"""This floor's part of the search: which tables a client's search row is made of.

A floor hangs `reports_to_search(...)` on a model whose rows the search looks through; the triggers
call `search_touch(bigint[])`, which this floor leaves empty and the roof fills with life.
"""

import pgtrigger


def reports_client(column: str, *, watch: tuple[str, ...] = ()) -> list[pgtrigger.Trigger]:
    """The plain case: the changed row itself names its client in `column`."""
    return reports_to_search(
        f"SELECT r.{column} AS id FROM {{rows}} r", watch=(column, *watch) if watch else ()
    )


def reports_to_search(clients: str, *, watch: tuple[str, ...] = ()) -> list[pgtrigger.Trigger]:
    """Statement triggers that report the clients a change concerns.

    `clients` is a SELECT over `{rows}`, the changed rows, that gives client keys as `id`. An update
    counts only when one of the columns to `watch` changed, and shows these columns and `id` alone;
    without them every update counts.
    PostgreSQL allows transition tables to one operation a trigger, hence three.
    """
    before, after = "old_rows", "new_rows"
    if watch:
        # Without a join, whose plan a session keeps: made for one row, it would pair all of many.
        columns = ", ".join(dict.fromkeys(("id", *watch)))
        changed = f"(SELECT {columns} FROM {{}} EXCEPT SELECT {columns} FROM {{}})"
        before, after = changed.format(before, after), changed.format(after, before)
    both = f"{clients.format(rows=after)} UNION {clients.format(rows=before)}"
    return [
        _report("insert", pgtrigger.Insert, clients.format(rows="new_rows"), new="new_rows"),
        _report("update", pgtrigger.Update, both, old="old_rows", new="new_rows"),
        _report("delete", pgtrigger.Delete, clients.format(rows="old_rows"), old="old_rows"),
    ]


def _report(
    name: str, operation: pgtrigger.Operation, clients: str, **transition: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        name=f"search_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**transition),
        func=f"""
            PERFORM search_touch(array_agg(id ORDER BY id)) FROM ({clients}) AS concerned
             WHERE id IS NOT NULL HAVING count(*) > 0;
            RETURN NULL;
        """,
    )
