"""How many each box would leave of the present search: shown beside it, a moment later."""

from typing import Any

from armclients.kit.limits import TooLongError, rows_in_time
from armclients.workstation.criteria import BOXES
from armclients.workstation.filters import ClientFilter
from armclients.workstation.statement import CARDS, Statement

MOST = 999  # what there is room for beside a box


def counts(search: ClientFilter) -> dict[str, str]:
    """By box, the clients it would find with everything else that is asked, counted up to a cap.

    One statement; empty where that takes too long, or where nothing can be found anyway.
    """
    wanted = search.wanted
    if wanted.impossible:
        return {}
    params: dict[str, Any] = {}
    statement = Statement(wanted, after=None, limit=1)
    statement.params = params
    asked = statement.conditions()
    columns = []
    for number, box in enumerate(BOXES):
        params[f"box{number}"] = [box.tag(search.asking)]
        columns.append(
            f"(SELECT count(*) FROM (SELECT FROM {CARDS} WHERE {asked}"
            f" AND tags @> %(box{number})s::integer[] LIMIT {MOST + 1}) AS counted)"
        )
    try:
        ((*found,),) = rows_in_time(f"SELECT {', '.join(columns)}", params)
    except TooLongError:
        return {}
    return {
        box.slug: f"{MOST}+" if count > MOST else str(count)
        for box, count in zip(BOXES, found, strict=True)
    }
