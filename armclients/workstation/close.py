"""Whom a search that found nobody may have meant: «Возможно, вы искали»."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from typing import Any

from armclients.kit.limits import TooLongError, rows_in_time
from armclients.kit.lookups import holding
from armclients.kit.text import slips
from armclients.workstation.filters import ClientFilter
from armclients.workstation.statement import CARDS, ORDER, Statement
from armclients.workstation.wanted import Wanted
from customers.models import Counterparty
from vehicles.identity import PLATE

CLIENTS = Counterparty._meta.db_table
SHOWN = 10
WORDS = 4  # of a search are compared with the names there are
SHORTEST_WORD = 4
LIKE_A_WORD = 4  # words that may be meant by one
SPELLINGS = 6  # of the whole name are tried
SHORT_NUMBER = 7
LONG_ENOUGH = {"contacts": 7, "vehicles": 6}

NEAREST = """
    SELECT DISTINCT k.word FROM unnest(%(words)s::text[]) AS q (word) CROSS JOIN LATERAL (
        SELECT n.word FROM armclients_nameword n WHERE n.word %% q.word
         ORDER BY n.word <-> q.word LIMIT 30) AS k
     UNION SELECT word FROM armclients_nameword WHERE word = ANY(%(swapped)s)"""


@dataclass(frozen=True, slots=True)
class Close:
    """A client whose name, phone or vehicle is nearly what was typed."""

    pk: int
    name: str

    @property
    def key(self) -> str:
        return str(self.pk)


def close_matches(search: ClientFilter) -> list[Close]:
    """At most ten clients; of a name with slips, or a number with one. Two statements, or one.

    None where comparing takes too long.
    """
    try:
        return _close_matches(search)
    except TooLongError:
        return []


def _close_matches(search: ClientFilter) -> list[Close]:
    wanted = search.as_typed
    if wanted.impossible:
        return []
    if wanted.names:
        return _by_spellings(list(islice(_spellings(wanted, search.guesses), SPELLINGS)))
    for column in ("contacts", "vehicles"):
        number = _number(getattr(wanted, column))
        if len(number) >= LONG_ENOUGH[column] and any(map(str.isdigit, number)):
            return _by_number(column, number, wanted)
    return []


# Names


def _spellings(wanted: Wanted, guesses: Sequence[Wanted]) -> Iterator[Wanted]:
    """The search with its name spelt as names are, the fewest slips first."""
    # The nearest guess is the other keyboard layout.
    texts = [each.name_prefix.split() for each in (wanted, *guesses[:1])]
    words = [word for text in texts for word in text if _is_comparable(word)][:WORDS]
    known = _nearest(words) if words else []
    choices = [
        choice
        for text in texts
        for choice in product(*(_meant(w, known) if w in words else [(0, w)] for w in text))
    ]
    for choice in sorted(choices, key=lambda choice: sum(missed for missed, _word in choice)):
        spelt = [word for _missed, word in choice]
        if spelt not in texts:
            needles = tuple(f" {word} " for word in spelt)
            yield replace(wanted, name_prefix=" ".join(spelt), names=needles)


def _is_comparable(word: str) -> bool:
    return word.isalpha() and len(word) >= SHORTEST_WORD


def _meant(word: str, known: Sequence[str]) -> list[tuple[float, str]]:
    """The known words that may be meant by this one, and by how many slips it misses them."""
    near = sorted((_missed(word, other), other) for other in known)
    return [each for each in near if each[0] <= max(1, len(word) // 3)][:LIKE_A_WORD]


def _missed(typed: str, word: str) -> float:
    """A word that is still being typed misses a little more than one that is complete."""
    return min(slips(typed, word), slips(typed, word[: len(typed)]) + 0.5)


def _nearest(words: list[str]) -> list[str]:
    """Words of names that look like these, and those two neighbours of which were swapped."""
    swapped = [
        word[:at] + word[at + 1] + word[at] + word[at + 2 :]
        for word in words
        for at in range(len(word) - 1)
    ]
    rows = rows_in_time(NEAREST, {"words": words, "swapped": swapped})
    return [word for (word,) in rows]


def _by_spellings(spellings: list[Wanted]) -> list[Close]:
    """The first clients of each spelling until the page is full; later ones are not looked for."""
    if not spellings:
        return []
    params: dict[str, Any] = {}
    pages = []
    for wanted in spellings:
        statement = Statement(wanted, after=None, limit=SHOWN)
        statement.params = params
        pages.append(f"(SELECT customer_id FROM ({statement.sql}) AS spelling)")
    return _clients(f"{' UNION ALL '.join(pages)} LIMIT {SHOWN}", params)


# Numbers


def _number(needles: Sequence[str]) -> str:
    return needles[0].strip() if needles else ""


def _by_number(column: str, number: str, wanted: Wanted) -> list[Close]:
    """Clients with a number of which one character is wrong or two neighbours are swapped.

    One slip leaves one half whole, so that the index need not look for each possible slip.
    """
    others = replace(wanted, contacts=()) if column == "contacts" else replace(wanted, vehicles=())
    statement = Statement(others, after=None, limit=SHOWN)
    patterns = {f"n{n}": pattern for n, pattern in enumerate(_nearly(number))}
    halves = {f"h{n}": holding(half) for n, half in enumerate(_halves(column, number))}
    near = " UNION ALL ".join(
        f"SELECT * FROM {CARDS} WHERE {column} LIKE %({name})s" for name in halves or patterns
    )
    one_of = " OR ".join(f"{column} LIKE %({name})s" for name in patterns)
    return _clients(
        f"WITH near AS MATERIALIZED ({near}) SELECT customer_id FROM near"
        f" WHERE ({one_of}) AND {statement.conditions()} ORDER BY {ORDER} LIMIT {SHOWN}",
        statement.params | patterns | halves,
    )


def _halves(column: str, number: str) -> list[str]:
    """Parts one of which a slip leaves as they are; none of a number too short to be halved.

    Thousands of VINs begin alike, and thousands of plates end alike: their halves are cut so that
    neither finds many.

    >>> _halves("contacts", "79084944434"), _halves("vehicles", "A123BC77")
    (['790849', '44434', '79084494434'], [' A12', '3BC77', 'A132BC77'])
    """
    if len(number) <= SHORT_NUMBER:
        return []
    if PLATE.fullmatch(number):
        start, middle = " ", 3
    elif column == "contacts":
        start, middle = "", (len(number) + 1) // 2
    else:
        start, middle = "", max(4, len(number) - 5)
    left, right = number[:middle], number[middle:]
    return [start + left, right, left[:-1] + right[0] + left[-1] + right[1:]]


def _nearly(number: str) -> Iterator[str]:
    """Patterns of numbers that differ in one character or in the order of two.

    >>> list(_nearly("12"))
    ['%_2%', '%1_%', '%21%']
    """
    for at in range(len(number)):
        yield f"%{number[:at]}_{number[at + 1 :]}%"
    for at in range(len(number) - 1):
        if number[at] != number[at + 1]:
            yield holding(number[:at] + number[at + 1] + number[at] + number[at + 2 :])


def _clients(keys: str, params: dict[str, Any]) -> list[Close]:
    """The clients with these keys, each once, in this order."""
    rows = rows_in_time(
        f"SELECT c.id, c.name FROM (SELECT customer_id, row_number() OVER () AS place"
        f" FROM ({keys}) AS key) AS near JOIN {CLIENTS} c ON c.id = near.customer_id"
        f" GROUP BY c.id ORDER BY min(near.place)",
        params,
    )
    return [Close(*row) for row in rows]
