"""docs/data.md says what the actor files hold, and no more."""

from __future__ import annotations

import runpy
from pathlib import Path

DOCS = Path(__file__).parents[2] / "docs"


def test_the_page_on_data_is_current() -> None:
    script = runpy.run_path(str(DOCS / "refresh_data.py"))
    page = (DOCS / "data.md").read_text("utf-8")
    assert page == script["refreshed"](page), "the actor files changed: run python docs/refresh_data.py"
