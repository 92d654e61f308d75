"""The product's own files, as the house tests walk them."""

from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ROOMS = ("armclients", "customers", "vehicles", "orders")
TEMPLATES = ROOT / "templates"


def files(*suffixes: str, within: tuple[str, ...] = ROOMS) -> Iterator[Path]:
    for room in within:
        yield from (path for path in sorted((ROOT / room).rglob("*")) if path.suffix in suffixes)


def modules() -> Iterator[Path]:
    """The product's Python, migrations left out."""
    return (path for path in files(".py") if "migrations" not in path.parts)


def templates() -> Iterator[Path]:
    return files(".html", ".txt", within=("templates",))


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def template_name(path: Path) -> str:
    return str(path.relative_to(TEMPLATES))
