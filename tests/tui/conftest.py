"""What every test of the terminal UI needs."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from tests.tui.support import close_stores


@pytest.fixture(autouse=True)
def closed_stores() -> Iterator[None]:
    yield
    close_stores()
