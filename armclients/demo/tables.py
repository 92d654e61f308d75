"""Facts kept as text that reads like a table or a list."""


def table(text: str) -> list[list[str]]:
    """The cells of a `|` separated text, a row a line."""
    return [[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()]


def words(text: str) -> list[str]:
    return text.split()
