"""From rows that can land to rows that have: new ones inserted, different updated, equal left."""

from armclients.importing.matching import Params, run
from armclients.kit.fileformat import FileFormat, Kept, Lines, Target, Touch

# Fewer new rows than these leave the planner's knowledge good enough.
WORTH_ANALYZING = 1_000


def merge(form: FileFormat, params: Params) -> None:
    """The rows of `import_FILE` are in the database, and what they concern is noted."""
    for statement in form.before:
        run(statement, params)
    if form.lines:
        replace(form, form.lines, params)
    for target in form.targets:
        update(form, target, params)
        if run(insertion(form, target), params) > WORTH_ANALYZING:
            # The planner does not see uncommitted rows by itself: it would go on believing that
            # the table is as small as before, and read all of it for each row of the next.
            run(f"ANALYZE {target.table}", params)
    note(form, "import_client", form.clients, params)
    note(form, "import_vehicle", form.vehicles, params)
    for statement in form.after:
        run(statement, params)


def insertion(form: FileFormat, target: Target) -> str:
    values = {
        column: f"coalesce({value.given}, {value.new})" if isinstance(value, Kept) else value
        for column, value in {**target.values, **target.at_first}.items()
    }
    return f"""
        INSERT INTO {target.table} ({", ".join([target.key, *values])})
        SELECT {", ".join(["m.pk", *values.values()])} FROM import_{form.name} m
         WHERE m.is_new ORDER BY m.pk
    """


def update(form: FileFormat, target: Target, params: Params) -> None:
    """Rows that differ hold what the file says; no other row is touched."""
    values = {
        column: f"coalesce({value.given}, t.{column})" if isinstance(value, Kept) else value
        for column, value in target.values.items()
    }
    if not values:
        return
    different = f"""
        t.{target.key} = m.pk AND NOT m.is_new
        AND ({", ".join(f"t.{column}" for column in values)})
            IS DISTINCT FROM ({", ".join(values.values())})
    """
    found = run(
        f"""
        INSERT INTO import_changed
        SELECT '{form.name}', m.row, m.pk FROM import_{form.name} m
          JOIN {target.table} t ON {different}
        """,
        params,
    )
    if not found:
        return
    for table, touch in (("import_client", form.clients), ("import_vehicle", form.vehicles)):
        if touch and target is form.targets[0]:
            run(
                f"INSERT INTO {table} SELECT {touch.was} FROM {target.table} t"
                f" JOIN import_changed c ON c.file = '{form.name}' AND c.pk = t.{target.key}",
                params,
            )
    run(
        f"""
        UPDATE {target.table} t
           SET {", ".join(f"{column} = {value}" for column, value in values.items())}
          FROM import_{form.name} m WHERE {different}
        """,
        params,
    )


def note(form: FileFormat, table: str, touch: Touch | None, params: Params) -> None:
    """Whom new and changed rows concern is among those to derive."""
    if touch:
        run(
            f"""
            INSERT INTO {table} SELECT {touch.now} FROM import_{form.name} m
             WHERE m.is_new
                OR m.row IN (SELECT row FROM import_changed WHERE file = '{form.name}')
            """,
            params,
        )


def replace(form: FileFormat, lines: Lines, params: Params) -> None:
    """The lines of each record in the file are those of the file; equal ones are left.

    `replaced_FILE` names the records whose lines were written, and whether they had any.
    """
    columns = list(lines.values)
    place = {"position": "m.position"} if lines.numbered else {}
    given = ", ".join([*lines.values.values(), *(pair[0] for pair in lines.alike)])
    held = ", ".join([*(f"t.{column}" for column in columns), *(pair[1] for pair in lines.alike)])
    owner = lines.owner
    order = "t.position, t.id" if lines.numbered else "t.id"
    run(
        f"""
        CREATE TEMPORARY TABLE replaced_{form.name} ON COMMIT DROP AS
        WITH given AS (
            SELECT m.{owner} AS owner, array_agg(ROW({given})::text ORDER BY m.position) AS lines
              FROM import_{form.name} m GROUP BY m.{owner}
        ), held AS (
            SELECT t.{owner} AS owner,
                   array_agg(ROW({held})::text ORDER BY {order}) AS lines
              FROM {lines.table} t {lines.joins}
             WHERE t.{owner} IN (SELECT owner FROM given) GROUP BY t.{owner}
        )
        SELECT given.owner, held.owner IS NOT NULL AS had_lines
          FROM given LEFT JOIN held USING (owner)
         WHERE given.lines IS DISTINCT FROM held.lines
        """,
        params,
    )
    run(f"CREATE INDEX ON replaced_{form.name} (owner)", params)
    run(f"ANALYZE replaced_{form.name}", params)
    run(
        f"""
        INSERT INTO import_changed SELECT '{form.name}', m.row, NULL FROM import_{form.name} m
          JOIN replaced_{form.name} r ON r.owner = m.{owner} AND r.had_lines
        """,
        params,
    )
    for statement in lines.before_delete:
        run(statement.format(replaced=f"replaced_{form.name}"), params)
    run(
        f"DELETE FROM {lines.table} t USING replaced_{form.name} r"
        f" WHERE r.had_lines AND r.owner = t.{owner}",
        params,
    )
    written = run(
        f"""
        INSERT INTO {lines.table} ({", ".join([owner, *place, *columns])})
        SELECT {", ".join([f"m.{owner}", *place.values(), *lines.values.values()])}
          FROM import_{form.name} m
          JOIN replaced_{form.name} r ON r.owner = m.{owner}
         ORDER BY m.row
        """,
        params,
    )
    if written > WORTH_ANALYZING:
        run(f"ANALYZE {lines.table}", params)
