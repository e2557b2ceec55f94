"""What several test files share: the sample pages in one record, made once a session."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest
from serving import address, browser, client, demo, record, visit  # noqa: F401 - fixtures for every test

REFRESH = Path(__file__).parent.parent / "docs" / "refresh.py"


def load_refresh() -> ModuleType:
    """docs/refresh.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_refresh", REFRESH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sample pages as `pages/` and their record as `samples.db`."""
    folder = tmp_path_factory.mktemp("samples")
    load_refresh().prepare(folder)
    return folder
