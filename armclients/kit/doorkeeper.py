"""How often one may knock at a door that stands open to the street."""

from django.core.cache import cache


def knocks_too_often(door: str, who: str, *, most: int, within: int) -> bool:
    """Whether this is more than `most` knocks of the same within so many seconds.

    Each web process counts for itself: it keeps a page from being hammered, and guards no secret.
    """
    key = f"door:{door}:{who}"
    if cache.add(key, 1, within):
        return False
    try:
        return cache.incr(key) > most
    except ValueError:  # forgotten between the two
        return False
