"""A page as the contract sees it: elements, their attributes and their text."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

from django.http import HttpResponse

BLOCKS = {"br", "dd", "div", "dt", "h1", "h2", "h3", "li", "p", "section", "td", "th", "tr"}
VOID = {"area", "base", "br", "col", "hr", "img", "input", "link", "meta", "source", "use", "wbr"}


@dataclass(eq=False)
class Element:
    """A node of the page; `element["href"]` is an attribute, "" when absent."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    inside: list["Element | str"] = field(default_factory=list)

    def __getitem__(self, name: str) -> str:
        return self.attributes.get(name, "")

    def __contains__(self, name: str) -> bool:
        return name in self.attributes

    @property
    def text(self) -> str:
        return " ".join("".join(self._words()).split())

    def _words(self) -> Iterator[str]:
        for part in self.inside:
            if isinstance(part, str):
                yield part
            else:
                apart = " " if part.tag in BLOCKS else ""
                yield f"{apart}{''.join(part._words())}{apart}"

    def walk(self) -> Iterator["Element"]:
        for part in self.inside:
            if isinstance(part, Element):
                yield part
                yield from part.walk()

    def all(self, tag: str = "", **attributes: str | bool) -> list["Element"]:
        """Elements with these attributes; `True` is any value, `data_owner` is `data-owner`."""
        wanted = {name.strip("_").replace("_", "-"): value for name, value in attributes.items()}
        return [
            element
            for element in self.walk()
            if tag in ("", element.tag)
            and all(
                name in element if value is True else element.attributes.get(name) == str(value)
                for name, value in wanted.items()
            )
        ]

    def one(self, tag: str = "", **attributes: str | bool) -> "Element":
        found = self.all(tag, **attributes)
        assert len(found) == 1, f"{len(found)} × {tag} {attributes}"
        return found[0]

    def has(self, tag: str = "", **attributes: str | bool) -> bool:
        return bool(self.all(tag, **attributes))

    def field(self, name: str) -> str:
        return self.one(data_field=name).text


class Page(HTMLParser):
    """Parses an answer; a tag that closes nothing, or is never closed, fails the test."""

    def __init__(self, answer: HttpResponse) -> None:
        super().__init__()
        self.open = [Element("#page")]
        self.feed(answer.content.decode())
        assert len(self.open) == 1, f"never closed: {[element.tag for element in self.open[1:]]}"

    @property
    def root(self) -> Element:
        return self.open[0]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.open[-1].inside.append(element)
        if tag not in VOID:
            self.open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.open[-1].tag == tag, f"</{tag}> closes <{self.open[-1].tag}>"
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def parse(answer: HttpResponse) -> Element:
    return Page(answer).root


# What the screen says, in the words of the contract.


def found(answer: HttpResponse) -> list[int]:
    """The clients listed, in order."""
    results = parse(answer).one(id="results")
    return [int(row["data-customer"]) for row in results.all(data_customer=True)]


def vehicles(answer: HttpResponse) -> list[tuple[int, str]]:
    """The vehicles listed, with their owners, in order."""
    results = parse(answer).one(id="results")
    rows = results.all(data_vehicle=True)
    return [(int(row["data-vehicle"]), row["data-owner"]) for row in rows]


def total(answer: HttpResponse) -> str:
    return parse(answer).one(id="results")["data-total"]


def next_page(answer: HttpResponse) -> str:
    """The address of the next page, "" when there is none."""
    links = parse(answer).one(id="results").all("a", rel="next")
    return links[0]["href"] if links else ""


def tabs(answer: HttpResponse) -> dict[str, str]:
    return {tab["data-tab"]: tab.text for tab in parse(answer).all(data_tab=True)}
