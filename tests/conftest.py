"""What several test files share: the sample pages in one record, made once a session."""

from __future__ import annotations

from pathlib import Path

import pytest
from documents import load_refresh
from hypothesis import HealthCheck, settings
from serving import address, browser, client, demo, record, visit  # noqa: F401 - fixtures for every test

# a busy machine is no fault of the code
settings.register_profile("unhurried", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("unhurried")


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample pages as `pages/` and their record as `samples.db`."""
    folder = tmp_path_factory.mktemp("samples")
    load_refresh().prepare(folder)
    return folder
