"""This floor's part of the search: the identifiers a vehicle is found by, folded in one column.

`Vehicle.lookup` and `Vehicle.is_owned` are derived by `vehicle_touch(bigint[])`; the tables they
are made of call it through the triggers below.
"""

import pgtrigger


def follows_vehicle(of_new: str, of_old: str | None = None) -> list[pgtrigger.Trigger]:
    """Statement triggers that derive anew the vehicles named by SELECTs over the changed rows."""
    triggers = [_touch("insert", pgtrigger.Insert, of_new, new="new_rows")]
    both = f"{of_new} UNION {of_old}" if of_old else of_new
    transition = {"new": "new_rows"} | ({"old": "old_rows"} if of_old else {})
    triggers.append(_touch("update", pgtrigger.Update, both, **transition))
    if of_old:
        triggers.append(_touch("delete", pgtrigger.Delete, of_old, old="old_rows"))
    return triggers


def _touch(
    name: str, operation: pgtrigger.Operation, vehicles: str, **transition: str
) -> pgtrigger.Trigger:
    return pgtrigger.Trigger(
        # Triggers fire in the order of their names: the vehicle first, then the search row.
        name=f"follow_{name}",
        level=pgtrigger.Statement,
        when=pgtrigger.After,
        operation=operation,
        referencing=pgtrigger.Referencing(**transition),
        func=f"""
            PERFORM vehicle_touch(array(SELECT DISTINCT * FROM ({vehicles}) AS changed));
            RETURN NULL;
        """,
    )
