"""What stands in addresses: keys of rows, and what a list was narrowed by."""

from urllib.parse import urlencode

LONGEST_KEY = 18  # digits of a bigint


def key(text: str | None) -> int | None:
    """A primary key from an address; nonsense is nothing, not an error."""
    if text and len(text) <= LONGEST_KEY and text.isascii() and text.isdigit():
        return int(text)
    return None


def narrowed_by(**asked: str | bool) -> str:
    """The beginning of the address of a list's next page.

    >>> narrowed_by(kinds="calls", my=True, only_new=False)
    'kinds=calls&my=on&'
    """
    facts = {name: "on" if value is True else value for name, value in asked.items() if value}
    return f"{urlencode(facts)}&" if facts else ""
