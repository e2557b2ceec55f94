"""spaCy without its command line, whose web client, project manager and templates a parser never needs.

`import spacy` imports them all, for the one function `spacy.info`; they take as long as the rest of it.
"""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

_COMMAND_LINE = ("spacy.cli", "spacy.cli.info")


def import_spacy() -> ModuleType:
    """The module spacy; its command line is imported when somebody asks for it, and not before."""
    if "spacy" not in sys.modules:
        stand_ins = {name: ModuleType(name) for name in _COMMAND_LINE}
        stand_ins["spacy.cli"].__path__ = []
        stand_ins["spacy.cli.info"].info = _info  # type: ignore[attr-defined]
        sys.modules.update(stand_ins)
        try:
            import spacy
        finally:
            for name in _COMMAND_LINE:
                sys.modules.pop(name, None)
        return spacy
    return sys.modules["spacy"]


def _info(*arguments: Any, **options: Any) -> Any:
    """`spacy.info`, imported now that it is called."""
    from spacy.cli.info import info

    return info(*arguments, **options)
