"""What can be asked of a record: events, mentions, actors, pages, series, words, reasons. Nothing here writes."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Self, Unpack

from dragoman import __version__
from dragoman.pages.article import Article
from dragoman.record import (
    citing,
    database,
    dossiers,
    judgements,
    listings,
    processes,
    queries,
    selection,
)
from dragoman.record import search as words_search
from dragoman.record.answers import Dossier, Explanation, Hit, Quotation
from dragoman.record.citing import Citation
from dragoman.record.errors import FilterError, RecordError, UnknownEvent
from dragoman.record.explain import explain, links
from dragoman.record.filters import ORDERS, EventFilter, Order, Wanted
from dragoman.record.judgements import Judgement
from dragoman.record.listings import PageFilter, Part
from dragoman.record.surveys import Surveys
from dragoman.record.values import Actor, Event, EventList, FieldValue, Mention, PageInfo
from dragoman.record.writing import stored_article, unpack

PROGRESS_STEPS = 20_000  # SQLite instructions between two looks at the clock: well under a millisecond
PATIENCE = 6


class Questions(Surveys):
    """The questions of a `Record`; see there."""

    _data_version: int

    @contextmanager
    def snapshot(self, seconds: float | None = None) -> Iterator[Self]:
        """Everything asked inside sees one state of the record, whatever is written meanwhile.

        Inside another snapshot it is part of that one. Raises RecordTooSlow when the answers together take more than
        `seconds` of this thread's processor time, or `PATIENCE` times as long by the clock: a question is too large for
        what it costs, not for how busy the machine is.
        """
        if self._db.in_transaction:
            yield self
            return
        with database.explained(self.path):
            if seconds is not None:
                spent, waited = time.thread_time() + seconds, time.monotonic() + PATIENCE * seconds
                self._db.set_progress_handler(
                    lambda: int(time.thread_time() > spent or time.monotonic() > waited), PROGRESS_STEPS
                )
            self._db.execute("BEGIN")
            try:
                yield self
            finally:
                self._db.set_progress_handler(None, 0)
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")

    @property
    def version(self) -> str:
        """A name of the record's present state: runs, pages coded and failed, judgements made and undone. It changes
        with whatever changes an answer, and is the same in every copy of the file.
        """
        run, pages, failures = self._db.execute(
            "SELECT coalesce(max(id), 0), coalesce(sum(pages), 0), coalesce(sum(failures), 0) FROM runs"
        ).fetchone()
        judged, undone = self._db.execute("SELECT coalesce(max(id), 0), count(undone) FROM judgements").fetchone()
        return f"{run}.{pages + failures}.{judged + undone}"

    def cite(self, title: str | None = None, authors: Sequence[str] = ()) -> Citation:
        """How to cite the record in its present state; `title` is the file's name unless given.

        Raises RecordError for a record that holds no pages.
        """
        with self.snapshot():
            moment, version = citing.last_changed(self._db)
            if not moment:
                raise RecordError(f"{self.path} holds no pages yet; there is nothing to cite.")
            counts = self.counts()
            sha256 = citing.digest(self._db)
            return Citation(
                title or self.path.stem, tuple(authors), moment[:10], self.version, sha256, version or __version__,
                counts["events"], counts["pages"],
            )  # fmt: skip

    def events(
        self,
        wanted: EventFilter | None = None,
        *,
        order: Order = "newest",
        limit: int | None = 100,
        after: str | None = None,
        **fields: Unpack[Wanted],
    ) -> EventList:
        """Events of a filter, given as a value or as keywords (`actor="MAR", since="2020-01"`; see `EventFilter`).

        `order`: by date `newest` first (undated ones last) or `oldest` first, by number of independent `sources` or
        of points in which they are `disputed`, or as `added` to the record, the latest first. `limit=None` gives
        all; `after` is an earlier answer's `next_cursor`. Raises FilterError for what cannot be asked.
        """
        if order not in ORDERS:
            raise FilterError("order", f"Events are ordered by {', '.join(ORDERS)}, not by {order!r}.")
        with database.explained(self.path):
            chosen = EventFilter.of(wanted, fields)
            return queries.events(self._db, self, chosen, order=order, limit=limit, after=after)

    def iter_events(
        self,
        wanted: EventFilter | None = None,
        *,
        page_size: int = 2000,
        order: Order = "newest",
        **fields: Unpack[Wanted],
    ) -> Iterator[Event]:
        """All events of a filter one by one, in memory for `page_size` at most."""
        chosen = EventFilter.of(wanted, fields)
        after = None
        while True:
            found = self.events(chosen, order=order, limit=page_size, after=after)
            yield from found
            after = found.next_cursor
            if after is None:
                return

    def event(self, event_id: str) -> Event:
        """The event with this id, or the one it was merged into. Raises UnknownEvent."""
        with database.explained(self.path):
            found = queries.event_rows(self._db, self, "e.uid = ?", (event_id,))
            if not found:
                row = self._db.execute(
                    "SELECT e.uid, '' FROM mentions m JOIN events e ON e.id = m.event WHERE m.uid = ? UNION ALL "
                    "SELECT target, reason FROM redirects WHERE uid = ?",
                    (event_id, event_id),
                ).fetchone()
                if row and row[0]:
                    return self.event(row[0])
                if row:
                    raise UnknownEvent(f"Event {event_id} is gone from {self.path}: {row[1]}.")
                raise UnknownEvent(f"There is no event {event_id} in {self.path}.")
            return found[0]

    def redirects(self) -> dict[str, str]:
        """{id of an event merged away: id of the event that has its mentions now}."""
        return dict(
            self._db.execute("SELECT uid, target FROM redirects WHERE target IS NOT NULL ORDER BY uid").fetchall()
        )

    def event_ids(self, sha256: str) -> dict[str, str]:
        """{mention id as coded: merged event id} of a page, in the page's order."""
        return dict(
            self._db.execute(
                "SELECT m.coded_id, e.uid FROM mentions m JOIN pages p ON p.id = m.page "
                "JOIN events e ON e.id = m.event WHERE p.sha256 = ? ORDER BY m.start, m.id",
                (sha256,),
            ).fetchall()
        )

    def mentions_of(self, event_id: str) -> tuple[Mention, ...]:
        """Every page's account of an event, the earliest page first."""
        with database.explained(self.path):
            return queries.mentions(self._db, "e.uid = ?", (event_id,))

    def mentions_on(self, page: int) -> tuple[Mention, ...]:
        """All mentions of a page, in page order."""
        with database.explained(self.path):
            return tuple(sorted(queries.mentions(self._db, "p.id = ?", (page,)), key=lambda m: (m.start, m.end)))

    def disagreements_of(self, event_id: str) -> tuple[FieldValue, ...]:
        """All values of the fields on which an event's mentions differ."""
        with database.explained(self.path):
            return queries.field_values(self._db, self.event(event_id).row)

    def disagreements(self, limit: int | None = 100) -> EventList:
        """Events on whose date, status, place, parties or figures sources differ, the most told first."""
        found = queries.event_rows(
            self._db,
            self,
            f"e.disagreements > 0 ORDER BY e.families DESC, e.id LIMIT {-1 if limit is None else int(limit)}",
            (),
        )
        return EventList(tuple(found))

    def last_added(self, events: Sequence[Event]) -> dict[str, str]:
        """{event id: when the last page that tells of it was added, ISO 8601}."""
        return queries.last_added(self._db, [e.row for e in events])

    def parts(self, event_id: str) -> tuple[Event, ...]:
        """Events that are part of this one (the signing during a visit)."""
        row = self.event(event_id).row
        return tuple(
            queries.event_rows(self._db, self, "e.id IN (SELECT part FROM event_parts WHERE whole = ?)", (row,))
        )

    def wholes(self, event_id: str) -> tuple[Event, ...]:
        """Events that this one is part of (the visit during which it was signed)."""
        row = self.event(event_id).row
        return tuple(
            queries.event_rows(self._db, self, "e.id IN (SELECT whole FROM event_parts WHERE part = ?)", (row,))
        )

    def tellers_of(self, event_id: str, limit: int = 1000) -> list[tuple[int, str, PageInfo]]:
        """(row, key, page) of an event's mentions, the earliest page first; of more than `limit` those on the pages
        that were added first.
        """
        with database.explained(self.path):
            return queries.tellers(self._db, self.event(event_id).row, limit)

    def mentions_at(self, rows: Sequence[int]) -> tuple[Mention, ...]:
        """The mentions of these rows (as `tellers_of` gives them), in this order."""
        with database.explained(self.path):
            return queries.mentions_by_row(self._db, rows)

    def links_of(self, event_id: str, limit: int = 20) -> tuple[tuple[str, str, float, tuple[str, ...]], ...]:
        """Why the mentions of an event were merged: (mention key, mention key, likeness, reasons), strongest first."""
        with database.explained(self.path):
            return links(self._db, self.event(event_id).row, limit)

    def judgements_on(self, event_id: str) -> list[Judgement]:
        """The judgements about an event's mentions, in order."""
        keys = self._db.execute("SELECT id FROM mentions WHERE event = ?", (self.event(event_id).row,))
        return judgements.on(self._db, [r[0] for r in keys])

    def page(self, page: int) -> PageInfo:
        """A stored page without its text. Raises RecordError."""
        with database.explained(self.path):
            found = queries.page_infos(self._db, "p.id = ?", (page,))
            if not found:
                raise RecordError(f"There is no page {page} in {self.path}.")
            return found[0]

    def quotes_on(self, page: int) -> tuple[Quotation, ...]:
        """The quotations of a page, in page order."""
        with database.explained(self.path):
            return queries.quotes_on(self._db, page, self.text(page))

    def actors(self, *, kind: str | None = None, name: str | None = None, limit: int | None = 100) -> list[Actor]:
        """Actors by number of events. `kind`: person, organisation or state; `name`: part of a name, or a code."""
        return list(self.list_actors(kind=kind, name=name, limit=limit).items)

    def name_of(self, key: str) -> str | None:
        """The name of the actor with this key; None where none is known, as of most countries."""
        with database.explained(self.path):
            row = self._db.execute("SELECT name FROM actors WHERE key = ?", (key,)).fetchone()
            return row[0] if row else None

    def list_actors(
        self,
        *,
        kind: str | None = None,
        country: str | None = None,
        name: str | None = None,
        limit: int | None = 100,
        after: str | None = None,
    ) -> Part[Actor]:
        """Actors by number of events, a part at a time. `country`: an ISO3 code or an organisation."""
        with database.explained(self.path):
            return listings.actors(self._db, kind, country, name, limit, after)

    def list_mentions(
        self,
        wanted: EventFilter | None = None,
        *,
        event: str | None = None,
        page: int | None = None,
        limit: int = 100,
        after: str | None = None,
        **fields: Unpack[Wanted],
    ) -> Part[Mention]:
        """Mentions of the events of a filter, in the order of the events, newest first; a part at a time.

        `event` and `page` narrow to one event and one page (`PageInfo.id`).
        """
        with database.explained(self.path):
            return listings.mentions(self._db, EventFilter.of(wanted, fields), event, page, limit, after)

    def list_pages(
        self, wanted: PageFilter | None = None, *, limit: int = 100, after: str | None = None
    ) -> Part[PageInfo]:
        """Pages of a filter, the latest added first; a part at a time."""
        with database.explained(self.path):
            return listings.pages(self._db, wanted or PageFilter(), limit, after)

    def list_quotations(
        self,
        wanted: PageFilter | None = None,
        *,
        speaker: str | None = None,
        direct: bool | None = None,
        limit: int = 100,
        after: str | None = None,
    ) -> Part[Quotation]:
        """Quotations on the pages of a filter, the latest added first; a part at a time.

        `speaker`: as an actor of `events`. `direct`: only words between quotation marks (True), or only reported
        ones (False).
        """
        with database.explained(self.path):
            return listings.quotations(self._db, wanted or PageFilter(), speaker, direct, limit, after, self.text)

    def find_page(self, digest: str) -> PageInfo | None:
        """The page with this SHA-256 digest; None where the record has not got it."""
        found = queries.page_infos(self._db, "p.sha256 = ?", (digest,))
        return found[0] if found else None

    def actor(self, who: str, *, latest: int = 20) -> Dossier | None:
        """All about one actor: offices seen, partners, timeline, latest events, words. None where unknown."""
        with database.explained(self.path):
            keys = selection.resolve(self._db, who) or [who]
            key = max(keys, key=lambda k: selection.tally_of(self._db, k))
            found = dossiers.actor(self._db, key)
            if found is None:
                return None
            total, first, last, periods = dossiers.activity(self._db, key)
            return Dossier(
                actor=found,
                events=total,
                first=first,
                last=last,
                offices=dossiers.offices(self._db, key),
                partners=dossiers.partners(self._db, key, found.country, 20),
                timeline=periods,
                latest=self.events(actor=key, limit=latest),
                quotations=queries.quotations(self._db, key, latest, self.text),
            )

    def search(self, words: str, *, limit: int = 20) -> tuple[Hit, ...]:
        """Pages that have all of `words` (a part in double quotes is a phrase), in any language, with snippets."""
        with database.explained(self.path):
            return words_search.search(self._db, words, limit)

    def explain(self, event_id: str) -> Explanation:
        """Why the event was coded, dated, placed and merged so. `str()` of it is for people."""
        with database.explained(self.path):
            return explain(self._db, self.event(event_id), self.text)

    def pages(self, *, family: int | None = None, limit: int | None = None, after: int = 0) -> list[PageInfo]:
        """Stored pages in the order they came; `family` gives the copies of one text."""
        with database.explained(self.path):
            where, values = "p.id > ?", [after]
            if family is not None:
                where += " AND p.family = ?"
                values.append(family)
            return queries.page_infos(
                self._db, f"{where} ORDER BY p.id LIMIT {-1 if limit is None else int(limit)}", values
            )

    def mention(self, key: str) -> Mention:
        """The mention with this key. Raises UnknownEvent."""
        with database.explained(self.path):
            found = queries.mentions(self._db, "m.key = ?", (key,))
            if not found:
                raise UnknownEvent(f"There is no mention {key} in {self.path}.")
            return found[0]

    def process_events(self, process: str, *, limit: int = 500) -> EventList:
        """The latest events whose accounts name a process (registry id), the latest first."""
        with database.explained(self.path):
            return EventList(tuple(queries.event_rows(self._db, self, processes.condition(limit), (process,))))

    def text(self, page: int) -> str:
        """The text of a stored page, which all its spans count in."""
        with database.explained(self.path):
            row = self._db.execute("SELECT text FROM pages WHERE id = ?", (page,)).fetchone()
            if row is None:
                raise RecordError(f"There is no page {page} in {self.path}.")
            return unpack(row[0])

    def article(self, page: int) -> Article:
        """A stored page with its segments, as it was read."""
        with database.explained(self.path):
            return stored_article(self._db, page)
