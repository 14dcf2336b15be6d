"""Names to forget are found in the order of a list of presence too, and in any script."""

from __future__ import annotations

import pytest

from graph.persons.forgetting import Masker
from graph.persons.spellings import variants


@pytest.mark.parametrize(
    ("name", "written"),
    [
        ("Jean-Pierre Le Goff", "Présents : LE GOFF Jean-Pierre, maire"),
        ("Иван Петров", "Présents : Петров Иван, гость"),
        ("李 小龙", "Présents : 李 小龙, invité"),
    ],
)
def test_a_name_is_masked_from_each_of_its_words_on_and_in_any_script(name: str, written: str) -> None:
    masked = Masker(variants([name])).text(written)
    assert masked.count("█") == sum(not c.isspace() for c in name)
    assert masked.startswith("Présents : ")
