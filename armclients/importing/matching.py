"""From staged rows to rows that can land: references found, rules tried, bad rows put aside.

Each file gets `import_FILE`: the staged row, the keys of what it refers to, its own key `pk` (the
one it has in the database, or the next free one) and `is_new`. Rows with errors leave that table.
"""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils.translation import gettext as _

from armclients.kit.fileformat import Check, Column, FileFormat

Params = dict[str, Any]


def run(sql: str, params: Params) -> int:
    """One statement; the number of rows it wrote."""
    with connection.cursor() as cursor:
        # Each statement gets a copy: the history's context adds parameters of its own.
        cursor.execute(sql, dict(params))
        return max(cursor.rowcount, 0)


def match(form: FileFormat, params: Params, *, is_there: bool) -> None:
    """`import_FILE` holds the rows of the file that can land; the others are among the errors.

    A file that is not there has the table too, for those that refer to it.
    """
    if not is_there:
        run(matched(form), params)
        return
    for column in form.columns:
        if column.refers and column.refers.make:
            make = column.refers.make.format(stage=f"stage_{form.name}", column=column.name)
            run(make, params)
    for statement in form.prepare:
        run(statement, params)
    run(matched(form), params)
    if form.lines:
        run(f"CREATE INDEX ON import_{form.name} ({form.lines.owner})", params)
    run(f"ANALYZE import_{form.name}", params)
    for check in (*missing_references(form), *form.checks):
        complain(form, check, params)
    put_bad_rows_aside(form, params)
    for statement in form.settle:
        run(statement, params)
    for check in (*(repeated(form) if form.key else ()), *form.conflicts):
        complain(form, check, params)
    put_bad_rows_aside(form, params)


def matched(form: FileFormat) -> str:
    """The statement that makes `import_FILE`; keys follow the order of the rows."""
    joins, found = [], {}
    for column in form.columns:
        if reference := column.refers:
            name = column.name
            in_base = reference.found_by.format(t=f"{name}_t", cell=f's."{name}"')
            joins.append(f"LEFT JOIN {reference.table} {name}_t ON {in_base}")
            found[f"{name}_id"] = f"{name}_t.id"
            if reference.file:
                key = reference.file_column
                joins.append(
                    f'LEFT JOIN import_{reference.file} {name}_f ON {name}_f.{key} = s."{name}"'
                )
                found[f"{name}_id"] = f"coalesce({name}_f.pk, {name}_t.id)"
    found |= form.derived
    own = [f's."{column.name}"' for column in form.columns if column.name not in found]
    added = [f"{expression} AS {name}" for name, expression in found.items()]
    rows = f"""
        SELECT {", ".join(["s.row", *own, *added])}
          FROM stage_{form.name} s {" ".join(joins)} {form.joins}
    """
    completed = "".join(f", {value} AS {name}" for name, value in form.completed.items())
    if form.lines:
        return f"""
            CREATE TEMPORARY TABLE import_{form.name} ON COMMIT DROP AS
            SELECT s.*, NULL::bigint AS pk, false AS is_new{completed}
              FROM ({rows}) s {form.completed_joins} ORDER BY s.row
        """
    target = form.targets[0].table
    return f"""
        CREATE TEMPORARY TABLE import_{form.name} ON COMMIT DROP AS
        SELECT m.*, coalesce(m.own, nextval(pg_get_serial_sequence('{target}', 'id'))) AS pk,
               m.own IS NULL AS is_new
          FROM (SELECT s.*, t.id AS own{completed}
                  FROM ({rows}) s LEFT JOIN {target} t ON {form.found_by}
                 ORDER BY s.row) m
    """


def missing_references(form: FileFormat) -> Iterator[Check]:
    """A cell that names a row which is nowhere, or which was itself put aside."""
    for column in form.columns:
        reference = column.refers
        if not reference or reference.make:
            continue
        when = f'm."{column.name}" IS NOT NULL AND m.{column.name}_id IS NULL'
        if not reference.file:
            yield Check(column.name, unknown(column), when=when)
            continue
        staged = (
            f"EXISTS (SELECT FROM stage_{reference.file} r"
            f' WHERE r.{reference.file_column} = m."{column.name}")'
        )
        yield Check(column.name, unknown(column), when=f"{when} AND NOT {staged}")
        yield Check(
            column.name,
            _("the row of %(file)s it refers to has errors") % {"file": reference.file},
            when=f"{when} AND {staged}",
        )


def unknown(column: Column) -> str:
    if column.refers and column.refers.file_column == "username":
        return _("there is no such user")
    return _("is neither in %(file)s nor imported before from this source") % {
        "file": column.refers.file if column.refers else ""
    }


def repeated(form: FileFormat) -> Iterator[Check]:
    column = form.key_column
    yield Check(
        column,
        _("the same as row %(detail)s"),
        rows=f"""
            SELECT row, "{column}"::text AS value, first::text AS detail
              FROM (SELECT *, min(row) OVER (PARTITION BY {form.key}) AS first
                      FROM import_{form.name}) AS m
             WHERE row > first
        """,
    )


def complain(form: FileFormat, check: Check, params: Params) -> int:
    """The rows that a check names are among the errors."""
    value = f'm."{check.column}"::text' if check.column else "NULL"
    rows = check.rows or (
        f"SELECT m.row, {value} AS value, {check.detail} AS detail"
        f" FROM import_{form.name} m WHERE {check.when}"
    )
    return run(
        f"""
        INSERT INTO import_error
        SELECT %(file)s, c.row, %(column)s, c.value, %(message)s, c.detail, %(warns)s
          FROM ({rows}) AS c
        """,
        params
        | {
            "file": form.name,
            "column": check.column,
            "message": str(check.message),
            "warns": check.warns,
        },
    )


def put_bad_rows_aside(form: FileFormat, params: Params) -> None:
    """Rows with errors are gone, and with them the other lines of their record."""
    bad = "SELECT row FROM import_error WHERE file = %(file)s AND NOT warns"
    here = params | {"file": form.name}
    if form.lines:
        owner = form.lines.owner
        run(
            f"""
            INSERT INTO import_error
            SELECT %(file)s, m.row, NULL, NULL, %(message)s, NULL, false FROM import_{form.name} m
             WHERE m.{owner} IN (SELECT b.{owner} FROM import_{form.name} b WHERE b.row IN ({bad}))
               AND m.row NOT IN ({bad})
            """,
            here | {"message": _("another line of the same record has an error")},
        )
    run(f"DELETE FROM import_{form.name} WHERE row IN ({bad})", here)
