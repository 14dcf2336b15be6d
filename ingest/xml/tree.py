"""Moving about in XML whose namespaces vary with the version that wrote it: elements and attributes by local name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Container, Iterator
from operator import attrgetter

from lxml import etree

_tag = attrgetter("tag")


def local(element: etree._Element) -> str:
    """The name of an element without its namespace; empty for comments and processing instructions."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def children(element: etree._Element, *path: str) -> list[etree._Element]:
    """The elements at the end of a path of local names, in the order of the file."""
    found = [element]
    for name in path:  # the parser's library compares the names: elements with another one are never made
        wanted = f"{{*}}{name}"
        if len(found) == 1:  # as on most ways; no list is made child by child
            found = list(found[0].iterchildren(wanted))
        else:
            found = [child for above in found for child in above.iterchildren(wanted)]
        if not found:
            break
    return found


def child(element: etree._Element, *path: str) -> etree._Element | None:
    """The first element at the end of a path of local names."""
    if len(path) == 1:
        return next(element.iterchildren(f"{{*}}{path[0]}"), None)
    return next(iter(children(element, *path)), None)


def within(element: etree._Element, wanted: Container[str], closed: Container[str]) -> Iterator[etree._Element]:
    """The elements of these tags below one, in the order of the file; what a closed element holds is not looked at.

    A made-up file nests anything a thousand deep: whoever asks at every level closes what is asked by itself.
    """
    stack = list(reversed(element))
    while stack:
        found = stack.pop()
        if found.tag in wanted:
            yield found
        if found.tag not in closed:
            stack.extend(reversed(found))


def by_name(element: etree._Element) -> dict[str, list[etree._Element]]:
    """The elements directly inside one, by their local names: one pass where a reader asks for many names."""
    found: dict[str, list[etree._Element]] = {}
    for inside in element:
        found.setdefault(local(inside), []).append(inside)
    return found


def attribute(element: etree._Element | None, name: str, default: str = "") -> str:
    """An attribute by its local name, in whatever namespace; `default` where there is none, or no element."""
    if element is None:
        return default
    own = element.get(name)
    if own is not None:
        return own
    ending = f"}}{name}"
    return next((element.get(key, "") for key in element.keys() if str(key).endswith(ending)), default)  # noqa: SIM118


def text_of(element: etree._Element | None) -> str:
    """All the text inside an element, as it stands."""
    return "" if element is None else "".join(element.itertext())


def unknown_names(
    root: etree._Element, known: Container[str], closed: Container[str] = ()
) -> Iterator[tuple[str, int]]:
    """Names of elements that are not known, with how often; what is inside a `closed` element is not looked at."""
    counts: Counter[str] = Counter()
    tags = set(map(_tag, root.iter("*")))
    stack = [] if all(str(tag).rsplit("}", 1)[-1] in known for tag in tags) else [root]  # as in nearly every file
    while stack:
        element = stack.pop()
        name = local(element)
        if name and name not in known:
            counts[name] += 1
        elif name and name not in closed:
            stack.extend(element)
    yield from counts.items()


def without_namespaces(root: etree._Element) -> etree._Element:
    """The same tree with local names, for formats that have no namespace and files that were given one."""
    if any("}" in str(tag) for tag in set(map(_tag, root.iter("*")))):  # one inner element alone may have it
        for element in root.iter("*"):
            element.tag = local(element)
    return root
