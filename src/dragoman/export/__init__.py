"""The record in the shapes that people already have scripts for.

export.write(record, "polecat", "events.txt", actor="MAR", since="2020")
"""

from dragoman.export.writer import FORMATS, Format, write

__all__ = ["FORMATS", "Format", "write"]
