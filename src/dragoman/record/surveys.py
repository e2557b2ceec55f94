"""What can be asked of many events of a record together: counts, series, maps, networks, how good it is."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import Unpack

from dragoman.record import database, geography, network, processes, quality, review, series
from dragoman.record.answers import Period
from dragoman.record.errors import RecordError
from dragoman.record.facets import CAP, Facets
from dragoman.record.facets import facets as count_facets
from dragoman.record.filters import EventFilter, Order, Wanted
from dragoman.record.geography import PlaceMonths, Places
from dragoman.record.network import Meeting, PairMonths, Tie
from dragoman.record.overview import Overview, overview
from dragoman.record.processes import ProcessCount
from dragoman.record.quality import By, Measure
from dragoman.record.review import Question

ACTUAL = ("occurred", "ongoing")


class Surveys:
    """The questions of a `Record` about many events; see there."""

    path: Path
    _db: sqlite3.Connection

    def counts(self) -> dict[str, int]:
        """How many pages, families, mentions, events, actors and judgements there are."""
        with database.explained(self.path):
            tables = {
                "pages": "pages", "mentions": "mentions", "events": "events", "actors": "actors", "quotes": "quotes",
                "judgements": "judgements WHERE undone IS NULL", "failures": "failures",
            }  # fmt: skip
            found = {
                name: int(self._db.execute(f"SELECT count(*) FROM {sql}").fetchone()[0]) for name, sql in tables.items()
            }
            found["families"] = int(self._db.execute("SELECT count(DISTINCT family) FROM pages").fetchone()[0])
            return found

    def overview(self) -> Overview:
        """What the record holds: pages, independent texts, outlets, languages, mentions, events, busiest parties."""
        with database.explained(self.path):
            return overview(self._db)

    def facets(self, wanted: EventFilter | None = None, *, order: Order = "newest", cap: int = CAP) -> Facets:
        """How the events of a filter divide by party, type, status, country, language, outlet and time."""
        with database.explained(self.path):
            return count_facets(self._db, wanted or EventFilter(), order, cap)

    def timeline(
        self, wanted: EventFilter | None = None, *, by: str = "month", **fields: Unpack[Wanted]
    ) -> tuple[Period, ...]:
        """Counts of the events of a filter by `day`, `month` or `year`. Months without events are included."""
        if by not in series.WIDTHS:
            raise RecordError(f"A timeline is by day, month or year, not by {by!r}.")
        with database.explained(self.path):
            return series.series(self._db, EventFilter.of(wanted, fields), by)

    def dyad(
        self,
        a: str,
        b: str,
        *,
        since: str | None = None,
        until: str | None = None,
        status: Sequence[str] = ACTUAL,
        type: Sequence[str] = (),
    ) -> tuple[Period, ...]:
        """Monthly counts of events between two countries or organisations, empty months included."""
        with database.explained(self.path):
            return series.dyad(self._db, a, b, since, until, status, [type] if isinstance(type, str) else type)

    def places(self, wanted: EventFilter | None = None, *, limit: int = 500, **fields: Unpack[Wanted]) -> Places:
        """Where a filter's events happened, the places with most events first (see `geography`)."""
        with database.explained(self.path):
            return geography.places(self._db, EventFilter.of(wanted, fields), limit)

    def place_months(self) -> PlaceMonths:
        """Where things happened, by month, in memory: for asking about many times of one state of the record."""
        with database.explained(self.path):
            return PlaceMonths.load(self._db)

    def ties(self, wanted: EventFilter | None = None, *, limit: int = 150, **fields: Unpack[Wanted]) -> tuple[Tie, ...]:
        """Pairs of countries and organisations with their cooperation and conflict, most dated events first."""
        with database.explained(self.path):
            return network.ties(self._db, EventFilter.of(wanted, fields), limit)

    def pair_months(self) -> PairMonths:
        """Who dealt with whom, by month, in memory."""
        with database.explained(self.path):
            return PairMonths.load(self._db)

    def meetings(
        self, a: str, b: str, wanted: EventFilter | None = None, *, limit: int = 50, **fields: Unpack[Wanted]
    ) -> tuple[Meeting, ...]:
        """Who of country or organisation `a` met or agreed with whom of `b`; of a filter only the dates count."""
        with database.explained(self.path):
            return network.meetings(self._db, a, b, EventFilter.of(wanted, fields), limit)

    def quality(self, by: By) -> tuple[Measure, ...]:
        """How good the record is by `outlet`, `language` or `type`: dates known, disputes, precision as judged."""
        with database.explained(self.path):
            return quality.measure(self._db, by)

    def questions(self, limit: int = 100) -> tuple[Question, ...]:
        """What to ask a person about first: the questions whose answers would settle most (see `review`)."""
        with database.explained(self.path):
            return review.questions(self._db, limit)

    def processes(self) -> tuple[ProcessCount, ...]:
        """Agreements, mediations, conferences and resolutions that the pages name, most events first."""
        with database.explained(self.path):
            return processes.counts(self._db)
