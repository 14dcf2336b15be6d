# ruff: noqa: E501 - samples stand on the lines they come on, each made when it is asked for
"""PDF files that ask for much."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from functools import partial

from tests.hostile.of_archives import page, pdf


def pdfs() -> dict[str, Callable[[], bytes]]:
    """PDF files: forms that call forms, fonts, tables and outlines in rings, filters in chains."""
    text = b"BT /F 12 Tf 50 700 Td (Le comite propose un marche aux fleurs) Tj ET\n"
    head = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids [3 0 R]>>"]
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>"

    def stream(content: bytes, more: bytes = b"") -> bytes:
        return b"<</Length %d%s>>stream\n%s\nendstream" % (len(content), more, content)

    def with_font(made: bytes, *more: bytes) -> bytes:
        """A page in a font of the test's making, objects 6 and on beside it."""
        return pdf(
            *head,
            b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R/Resources <</Font <</F 5 0 R>>>>>>",
            stream(text),
            made,
            *more,
        )

    def calling(levels: int) -> bytes:
        """Each form draws the next one twice: 2 ** levels strokes for whoever draws them all."""
        forms = [
            stream(
                b"/X Do\n/X Do\n" if n + 1 < levels else text,
                b"/Type/XObject/Subtype/Form/BBox [0 0 600 800]/Resources <</Font <</F 4 0 R>>/XObject <</X %d 0 R>>>>"
                % (n + 7),
            )
            for n in range(levels)
        ]
        return pdf(
            *head,
            b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 5 0 R/Resources <</XObject <</X 6 0 R>>>>>>",
            font,
            stream(b"/X Do\n"),
            *forms,
        )

    ranges = b"begincmap\n" + b"100 beginbfrange\n<0000> <FFFF> <0000>\nendbfrange\n" * 2_000 + b"endcmap"
    return {
        "forms that call forms.pdf": partial(calling, 40),
        "a font of endless ranges.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts [7 0 R]/ToUnicode 6 0 R>>", stream(ranges), b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo <</Registry (Adobe)/Ordering (Identity)/Supplement 0>>/W [0 99999999 500]>>"),
        "a font of wide widths.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type1/BaseFont/A/FirstChar 0/LastChar 999999999/Widths [" + b"500 " * 300_000 + b"]>>"),
        "a font that draws itself.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type3/FontMatrix [1 0 0 1 0 0]/FontBBox [0 0 9 9]/CharProcs <</L 6 0 R>>/Encoding <</Differences [76/L]>>/FirstChar 76/LastChar 76/Widths [9]/Resources <</Font <</F 5 0 R>>>>>>", stream(text)),
        "an encoding without end.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type1/BaseFont/A/Encoding <</Differences [" + b"1/a " * 300_000 + b"]>>>>"),
        "a font that is its own descendant.pdf": lambda: with_font(b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts [5 0 R]/ToUnicode 5 0 R>>"),
        "references in a ring.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox 4 0 R/Contents 5 0 R>>", b"5 0 R", b"4 0 R"),
        "lengths in a ring.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R>>", b"<</Length 4 0 R>>stream\nBT ET\nendstream"),
        "its own parent.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 3 0 R/Contents 4 0 R>>", stream(text)),
        "contents thousands of times.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents [" + b"4 0 R " * 100_000 + b"]/Resources <</Font <</F 5 0 R>>>>>>", stream(text * 20), font),
        "bookmarks in a ring.pdf": lambda: pdf(b"<</Type/Catalog/Pages 2 0 R/Outlines 6 0 R>>", head[1], b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R/Resources <</Font <</F 5 0 R>>>>>>", stream(text * 3), font, b"<</First 7 0 R/Last 7 0 R>>", b"<</Title (a)/Next 7 0 R/First 7 0 R/Parent 7 0 R/Dest 7 0 R>>"),
        "filters in a chain.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R>>", stream(zlib.compress(b"a" * 1_000), b"/Filter [" + b"/FlateDecode/ASCIIHexDecode/ASCII85Decode/LZWDecode/RunLengthDecode " * 5_000 + b"]")),
        "runs that unpack to much.pdf": lambda: pdf(*head, b"<</Type/Page/Parent 2 0 R/MediaBox [0 0 600 800]/Contents 4 0 R>>", stream(b"\x81 " * 2_000_000, b"/Filter/RunLengthDecode")),
        "brackets in a text.pdf": lambda: page(b"BT /F 12 Tf (" + b"(" * 400_000 + b")" * 400_000 + b") Tj ET", packed=1),
        "letters in one place.pdf": lambda: page(b"BT /F 12 Tf 50 700 Td " + b"(aaaaaaaaaa) Tj 0 0 Td " * 8_000 + b"ET", packed=1),
        "matrices of nothing.pdf": lambda: page(b"0 0 0 0 0 0 cm BT /F 1e30 Tf 1e30 -1e30 Td 0 0 0 0 0 0 Tm (un) Tj 1e300 0 0 1e300 1e300 1e300 Tm (deux) Tj ET\n" * 50),
        "states without end.pdf": lambda: page(b"q " * 500_000 + text + b"Q " * 500_000, packed=1),
        "notes without end.pdf": lambda: page(text * 3).replace(b"/Parent 2 0 R/MediaBox", b"/Parent 2 0 R/Annots [" + b"<</Type/Annot/Subtype/Link/Rect [0 0 9 9]/A <</S/URI/URI (http://a)>>>> " * 20_000 + b"]/MediaBox"),
        "protected.pdf": lambda: page(text).replace(b"trailer\n<<", b"trailer\n<</Encrypt <</Filter/Standard/V 5/R 6/Length 256/O (a)/U (a)/P -1>>/ID [<00><00>]"),
    }  # fmt: skip
