"""docs/refresh.py, which makes the documents' examples, for tests."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

REFRESH = Path(__file__).parent.parent / "docs" / "refresh.py"


def load_refresh() -> ModuleType:
    """docs/refresh.py as a module."""
    spec = importlib.util.spec_from_file_location("docs_refresh", REFRESH)
    assert spec is not None and spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module
