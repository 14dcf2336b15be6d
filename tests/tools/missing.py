"""What a test needs and this machine has not: left out on a laptop with its reason, a failure where CI=true."""

from __future__ import annotations

import os
from typing import NoReturn

import pytest


def left_out(reason: str) -> NoReturn:
    """End the test that runs: no part may be missing where everything is checked."""
    if in_ci():
        pytest.fail(reason)
    pytest.skip(reason)


def in_ci() -> bool:
    return os.environ.get("CI") == "true"
