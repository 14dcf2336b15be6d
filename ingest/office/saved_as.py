"""Formats of word processors that are not read: what each is, and how to save it so that it is."""

from __future__ import annotations

from collections.abc import Collection

from ingest.bounds.limits import zip_head, zip_names
from ingest.document import RawFile

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STREAMS = (  # the name of a stream tells what an OLE file is; the first found wins
    ("EncryptedPackage", "Office file protected by a password: open it, remove the password and save it again"),
    ("WordDocument", "old Word document (.doc): open it in Word or LibreOffice and save it as .docx or .odt"),
    ("PowerPoint Document", "old PowerPoint (.ppt): open it in PowerPoint or LibreOffice and save it as .pptx"),
    ("Workbook", "old Excel workbook (.xls): open it in Excel or LibreOffice and save it as .xlsx or .ods"),
    ("Book", "old Excel workbook (.xls): open it in Excel or LibreOffice and save it as .xlsx or .ods"),
    ("__properties_version1.0", "Outlook message (.msg): open it and save it as .eml, or copy its text into a .txt"),
)  # fmt: skip
_OTHER_OLE = "old Office file (.doc, .xls, .ppt): open it in its program and save it as .docx, .xlsx, .pptx or .pdf"
_IWORK = {
    ".pages": "Pages document (.pages): open it in Pages and export it to Word (.docx) or PDF",
    ".numbers": "Numbers spreadsheet (.numbers): open it in Numbers and export it to Excel (.xlsx) or CSV",
    ".key": "Keynote slides (.key): open them in Keynote and export them to PowerPoint (.pptx) or PDF",
}
_OTHER_IWORK = "document of Pages, Numbers or Keynote: open it there and export it to Word, Excel, PowerPoint or PDF"


def how_to_save(raw: RawFile) -> str:
    """One sentence for a file that must be saved in another format first, or "" for any other. Never raises."""
    if raw.data.startswith(_OLE):
        return next((said for stream, said in _STREAMS if stream.encode("utf-16-le") in raw.data), _OTHER_OLE)
    if raw.data.startswith(b"{\\rtf"):
        return "rich text (.rtf): open it in Word or LibreOffice and save it as .docx or .odt"
    return _archived(raw, zip_names(raw)) if raw.data.startswith(b"PK") else ""


def _archived(raw: RawFile, names: Collection[str]) -> str:
    """The same for an archive with these members."""
    if "xl/workbook.bin" in names:
        return "binary Excel workbook (.xlsb): open it in Excel or LibreOffice and save it as .xlsx or .ods"
    if "mimetype" in names and b"opendocument.graphics" in zip_head(raw, "mimetype", 200):
        return "LibreOffice drawing (.odg): open it in LibreOffice and export it as PDF"
    if "Document.xml.zencr" in names:
        return "MindManager map protected by a password: open it, remove the password and save it again"
    if b"omnigroup.com/namespace/OmniOutliner" in zip_head(raw, "contents.xml", 1_000):
        return "OmniOutliner document: open it in OmniOutliner and export it as OPML"
    older = raw.extension in _IWORK and any(name.startswith(("index.", "Index.")) for name in names)
    return _IWORK.get(raw.extension, _OTHER_IWORK) if older or any(n.endswith(".iwa") for n in names) else ""
