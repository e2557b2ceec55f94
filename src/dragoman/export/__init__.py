"""The record in the shapes that people already have scripts for.

export.write(record, "polecat", "events.txt", actor="MAR", since="2020")
"""

from dragoman.export.returned import import_judgements
from dragoman.export.writer import FORMATS, Format, write

__all__ = ["FORMATS", "Format", "import_judgements", "write"]
