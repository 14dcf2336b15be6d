"""Maps that are one XML text: bare, or as the known member of an archive."""

from __future__ import annotations

from lxml import etree

from ingest.bounds.limits import check_size, zip_member, zip_names
from ingest.document import LeftOut, RawFile
from ingest.sniff import root_element
from ingest.xml.repair import parse_repaired


def has_member(raw: RawFile, member: str) -> bool:
    """Whether a file is an archive with a member of this name, whatever its case. Never raises."""
    return raw.data.startswith(b"PK") and member.lower() in {name.lower() for name in zip_names(raw)}


def has_member_or_root(raw: RawFile, member: str, root: str) -> bool:
    """Whether a file is an archive with this member, or bare XML with this root element. Never raises."""
    return has_member(raw, member) if raw.data.startswith(b"PK") else root_element(raw.data)[0] == root


def member_or_bare(raw: RawFile, member: str) -> tuple[etree._Element, bytes, list[LeftOut]]:
    """The XML of a member, or of the file: parsed, as bytes, and what had to be repaired. Raises InputRefused."""
    check_size(raw)
    packed = raw.data.startswith(b"PK")
    data = zip_member(raw, member) if packed else raw.data
    root, repairs = parse_repaired(raw.name, data, member if packed else "")
    return root, data, repairs
