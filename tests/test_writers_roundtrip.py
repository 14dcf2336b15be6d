"""Every map through every writer and back: the same, but for what the rows say."""

from __future__ import annotations

from copy import deepcopy

import pytest
from hypothesis import HealthCheck, Phase, given, settings

from graph.export.registry import Writer, writers
from graph.outline import Outline
from tests.outlines import RoundTrip, outlines, reader_of

ALL = list(writers())
by_format = pytest.mark.parametrize("writer", ALL, ids=lambda w: w.name)


def check(writer: Writer, outline: Outline) -> None:
    written = writer.write(outline)
    found = reader_of(writer, written)
    if found is None:
        pytest.skip(f"{writer.name} has no reader yet")
    RoundTrip(deepcopy(outline), writer, written, *found).check()


@by_format
@given(outline=outlines())
@settings(
    max_examples=20,
    deadline=None,
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)
def test_a_map_comes_back_as_the_rows_say(writer: Writer, outline: Outline) -> None:
    check(writer, outline)
