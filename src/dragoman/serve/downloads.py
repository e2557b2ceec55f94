"""Tables to take home: CSV line by line, and a ZIP of the table with what it is and how to cite it."""

from __future__ import annotations

import csv
import io
import json
import tempfile
import zipfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import IO, Any

IN_MEMORY = 4_000_000  # bytes of an archive kept in memory before it goes to a temporary file
CHUNK = 65_536
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def csv_lines(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    """`rows` as CSV (RFC 4180), a header first. Text that a spreadsheet would run as a formula gets a leading '."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(row.get(c)) for c in columns])
        if buffer.tell() > CHUNK:
            yield buffer.getvalue()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue()


def _cell(value: Any) -> Any:
    if isinstance(value, str):
        return "'" + value if value.startswith(_FORMULA) else value
    if isinstance(value, list | tuple):
        return "; ".join(str(v) for v in value)
    return value


def archive(name: str, table: Iterable[str], about: Mapping[str, Any], citation: str) -> Iterator[bytes]:
    """A ZIP with the table, `about.json` (query, version, citation) and `CITATION.txt`."""
    spool: IO[bytes]
    with tempfile.SpooledTemporaryFile(IN_MEMORY) as spool:
        with zipfile.ZipFile(spool, "w", zipfile.ZIP_DEFLATED) as pack:
            with pack.open(f"{name}.csv", "w") as out:
                for lines in table:
                    out.write(lines.encode())
            pack.writestr("about.json", json.dumps(about, ensure_ascii=False, indent=1))
            pack.writestr("CITATION.txt", citation + "\n")
        spool.seek(0)
        while chunk := spool.read(CHUNK):
            yield chunk
