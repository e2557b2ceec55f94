"""What several test files share: the sample pages in one record, made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import load_refresh
from serving import address, browser, client, demo, record, visit  # noqa: F401 - fixtures for every test


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample pages as `pages/` and their record as `samples.db`."""
    folder = tmp_path_factory.mktemp("samples")
    load_refresh().prepare(folder)
    return folder
