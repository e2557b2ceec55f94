"""How to cite a record in the state it is in: a digest of all it says, the day it last changed, what coded it.

The digest covers pages, mentions, events and judgements, not the file's bytes: every copy of a record has the same,
also after SQLite rearranged the file; a page more, another coding or a judgement gives another.
"""

from __future__ import annotations

import hashlib
import json
import re
import sqlite3
from dataclasses import dataclass
from typing import Any

from dragoman.record.errors import RecordError

STYLES = ("text", "bibtex", "csl-json")
_DIGESTED = (
    "SELECT sha256, fingerprint FROM pages ORDER BY sha256",
    "SELECT m.key, e.uid FROM mentions m LEFT JOIN events e ON e.id = m.event ORDER BY m.key",
    "SELECT uid, event_type, mode, cameo, date, status, place, country, issue, verdict FROM events ORDER BY uid",
    "SELECT e.uid, x.side, x.position, a.key, x.office FROM event_actors x JOIN events e ON e.id = x.event "
    "JOIN actors a ON a.id = x.actor ORDER BY e.uid, x.side, x.position",
    "SELECT verdict, a_sha256, a_start, a_end, a_type, b_sha256, b_start, b_end, b_type, field, value, by, at, undone "
    "FROM judgements ORDER BY at, verdict, a_sha256, a_start, a_end, a_type, b_sha256, b_start, field, value, by",
)
_SHOWN = 16  # hexadecimal digits of the digest in running text


@dataclass(frozen=True, slots=True)
class Citation:
    """A record as a source. `date` is the day of its last change, `version` its state's name, `sha256` its digest."""

    title: str
    authors: tuple[str, ...]
    date: str
    version: str
    sha256: str
    dragoman: str
    events: int
    pages: int

    def format(self, style: str) -> str:
        """The citation as `text`, `bibtex` or `csl-json`. Raises RecordError for another style."""
        if style == "text":
            return self._text()
        if style == "bibtex":
            return self._bibtex()
        if style == "csl-json":
            return json.dumps([self._csl()], ensure_ascii=False, indent=1) + "\n"
        raise RecordError(f"There is no citation style {style!r}; these there are: {', '.join(STYLES)}.")

    @property
    def _what(self) -> str:
        return f"{self._made}, sha256 {self.sha256}"

    @property
    def _made(self) -> str:
        return f"{self.events} events from {self.pages} pages, coded with Dragoman {self.dragoman}"

    def _text(self) -> str:
        by = f"{'; '.join(self.authors)} " if self.authors else ""
        return (
            f"{by}({self.date[:4]}): {self.title}. Version {self.version}, {self.date} [data set]. "
            f"{self._made}. sha256:{self.sha256[:_SHOWN]}.\n"
        )

    def _bibtex(self) -> str:
        fields = {
            "author": " and ".join(_escaped(a) for a in self.authors),
            "title": "{" + _escaped(self.title) + "}",
            "year": self.date[:4],
            "month": self.date[5:7].lstrip("0"),
            "version": self.version,
            "note": _escaped(self._what),
        }
        key = re.sub(r"[^a-z0-9]+", "-", self.title.lower()).strip("-") or "record"
        lines = [f"  {name} = {{{value}}}" for name, value in fields.items() if value]
        return f"@misc{{{key}-{self.sha256[:8]},\n" + ",\n".join(lines) + "\n}\n"

    def _csl(self) -> dict[str, Any]:
        found: dict[str, Any] = {"id": self.sha256[:_SHOWN], "type": "dataset", "title": self.title}
        if self.authors:
            found["author"] = [_name(a) for a in self.authors]
        return found | {
            "issued": {"date-parts": [[int(part) for part in self.date.split("-")]]},
            "version": self.version,
            "note": self._what,
        }


def _escaped(text: str) -> str:
    text = text.replace("\\", r"\textbackslash ")
    return re.sub(r"([{}&%$#_])", r"\\\1", text)


def _name(author: str) -> dict[str, str]:
    family, comma, given = author.partition(", ")
    return {"family": family, "given": given} if comma else {"literal": author}


def digest(db: sqlite3.Connection) -> str:
    """SHA-256 of what the record says."""
    found = hashlib.sha256()
    for query in _DIGESTED:
        found.update(query.split(" FROM ")[1].split()[0].encode() + b"\n")
        for row in db.execute(query):
            found.update(json.dumps(tuple(row), ensure_ascii=False).encode() + b"\n")
    return found.hexdigest()


def last_changed(db: sqlite3.Connection) -> tuple[str, str]:
    """(ISO moment of the last change, version of Dragoman that coded last), empty where nothing was ever taken in."""
    moments = db.execute(
        "SELECT max(at) FROM (SELECT max(added) AS at FROM pages UNION ALL SELECT max(coalesce(ended, started)) FROM "
        "runs WHERE pages > 0 UNION ALL SELECT max(at) FROM judgements UNION ALL SELECT max(undone) FROM judgements)"
    ).fetchone()
    run = db.execute("SELECT version FROM runs WHERE pages > 0 ORDER BY id DESC LIMIT 1").fetchone()
    return (moments[0] or "").split(" ")[0], (run[0] if run else "")
