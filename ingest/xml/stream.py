"""Large XML parts read element by element, in bounded memory and with the same refusals as whole ones."""

from __future__ import annotations

import io
from collections.abc import Iterator

from lxml import etree

from graph.errors import InputRefused


def stream_xml(name: str, data: bytes, place: str, *tags: str) -> Iterator[etree._Element]:
    """Each element of these tags when it is complete; its content is dropped once the next is asked for.

    Raises InputRefused for a document type (office files have none), malformed XML and elements nested past 250.
    """
    plain = data.replace(b"\x00", b"") if b"\x00" in data[:200] else data  # UTF-16
    if b"<!DOCTYPE" in plain:  # anywhere: white space or comments of any length may stand before it
        raise InputRefused(name, "the XML declares entities or a document type, refused for safety", place)
    events = etree.iterparse(
        io.BytesIO(data), events=("end",), tag=tags, resolve_entities=False, no_network=True, load_dtd=False,
        huge_tree=False, remove_comments=True, remove_pis=True,
    )  # fmt: skip
    try:
        for _, element in events:
            yield element
            element.clear()
            while (before := element.getprevious()) is not None and (above := element.getparent()) is not None:
                above.remove(before)
    except etree.XMLSyntaxError as error:
        reason = " ".join(str(error.msg or error).split())
        raise InputRefused(name, f"not well-formed XML ({reason})", place) from None
