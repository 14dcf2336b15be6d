"""Pictures and recordings, which a meeting leaves beside its notes: what each is, and how its words can be imported."""

from __future__ import annotations

_PICTURE = "{} picture: type out what it shows, or import the text that character recognition finds in it"
_RECORDING = "sound or video recording: import its transcript (.vtt, .srt or text)"
_PICTURES = (
    (b"\x89PNG", "PNG"), (b"\xff\xd8\xff", "JPEG"), (b"GIF8", "GIF"), (b"II*\x00", "TIFF"), (b"MM\x00*", "TIFF"),
)  # fmt: skip
_RECORDINGS = (
    b"OggS\x00", b"fLaC\x00", b"\x1aE\xdf\xa3", b"ID3\x02", b"ID3\x03", b"ID3\x04", b"\xff\xfb",
    b"\xff\xf3", b"\xff\xf1",
)  # fmt: skip
_BRANDS = {b"hei": "HEIC", b"hev": "HEIC", b"mif1": "HEIC", b"msf1": "HEIC", b"avif": "AVIF"}  # pictures of phones


def how_to_read(data: bytes) -> str:
    """One sentence for a picture or a recording, "" for anything else. Never raises.

    >>> how_to_read(b"GIF89a").split(":")[0]
    'GIF picture'
    """
    kind = next((name for magic, name in _PICTURES if data.startswith(magic)), "") or _boxed(data)
    if kind:
        return _PICTURE.format(kind)
    return _RECORDING if data.startswith(_RECORDINGS) or _is_recording(data) else ""


def _boxed(data: bytes) -> str:
    """The kind of a picture that says it behind its length."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "WebP"
    found = (name for brand, name in _BRANDS.items() if data[8:12].startswith(brand))
    return next(found, "") if data[4:8] == b"ftyp" else ""


def _is_recording(data: bytes) -> bool:
    return data[4:8] == b"ftyp" or (data[:4] == b"RIFF" and data[8:12] in {b"WAVE", b"AVI "})
