"""Which version of the product this is."""

import re
from functools import cache

from django.conf import settings

HEADING = re.compile(r"^## (\d+(?:\.\d+)*)", re.MULTILINE)


@cache
def version() -> str:
    """The newest one the changelog tells of."""
    newest = HEADING.search((settings.BASE_DIR / "CHANGELOG.md").read_text(encoding="utf-8"))
    return newest[1] if newest else "0"


def as_numbers(named: str) -> tuple[int, ...]:
    """By these versions are older and newer."""
    return tuple(map(int, named.split(".")))
