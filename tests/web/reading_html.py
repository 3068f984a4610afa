"""Reading a page: what elements it has, and what a form says of each input."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser

VOID = {"input", "img", "br", "hr", "meta", "link", "source", "path"}
ADDRESSES = {"href", "src", "action", "formaction"}


@dataclass
class Element:
    """One element, with the text directly or indirectly inside it."""

    name: str
    attributes: dict[str, str]
    text: str = ""
    parents: tuple["Element", ...] = field(default=(), repr=False)

    @property
    def id(self) -> str:
        """Its identifier, or ""."""
        return self.attributes.get("id", "")

    def has_class(self, name: str) -> bool:
        """Return whether it has a class."""
        return name in self.attributes.get("class", "").split()


class Page(HTMLParser):
    """The elements of a page in order."""

    def __init__(self, markup: str) -> None:
        """Read the markup."""
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []
        self._open: list[Element] = []
        self.feed(markup)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep an element."""
        attributes = {name: value or "" for name, value in attrs}
        element = Element(tag, attributes, parents=tuple(self._open))
        self.elements.append(element)
        if tag not in VOID:
            self._open.append(element)

    def handle_endtag(self, tag: str) -> None:
        """Close an element and what was left open in it."""
        while tag in {element.name for element in self._open}:
            if self._open.pop().name == tag:
                break

    def handle_data(self, data: str) -> None:
        """Give the text to every open element."""
        for element in self._open:
            element.text += data

    def shape(self) -> list[tuple[str, tuple[str, ...]]]:
        """Return the elements with their attributes' names: what no text may change."""
        return [(element.name, tuple(element.attributes)) for element in self.elements]

    def addresses(self) -> Iterator[str]:
        """Return every address the page could follow or load."""
        for element in self.elements:
            yield from (v for name, v in element.attributes.items() if name in ADDRESSES)

    def by_id(self, identifier: str) -> Element | None:
        """Return the element with an identifier."""
        return next((e for e in self.elements if e.id == identifier), None)

    def with_class(self, name: str) -> list[Element]:
        """Return the elements with a class."""
        return [element for element in self.elements if element.has_class(name)]
