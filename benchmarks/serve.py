"""The server under load: many readers at once while pages are being added.

    python benchmarks/record.py build 1000000 --repeat --save FILE
    python benchmarks/serve.py FILE --clients 16 --seconds 60            # adds pages to FILE meanwhile
    python benchmarks/serve.py FILE --clients 16 --varied 50 --workers 2  # every reader looks at something else
    python benchmarks/serve.py FILE --clients 16 --seconds 600 --every 30   # a soak: memory as it goes

Every client waits for its answer before it asks again, and thinks `--think` seconds on average before it does. Prints
JSON: for each address how long answers took by the clock (median, p95), what failed, the server's processor time per
request, and its memory at the start and the end. On a machine that does other work too only the processor's time says
something about the server.
"""

from __future__ import annotations

import argparse
import gzip
import http.client
import json
import random
import re
import subprocess
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from multiprocessing import Event, Process
from pathlib import Path
from statistics import median, quantiles
from typing import Any
from urllib.parse import quote

from world import World

from dragoman.record import Record
from dragoman.record.rollups import HAPPENED
from dragoman.scale.peer import cpu_seconds, resident_bytes

ADDED_A_SECOND = 4  # pages
WARM_SECONDS = 10.0


@dataclass
class Tally:
    """What the clients saw."""

    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    failed: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    lock: threading.Lock = field(default_factory=threading.Lock)


def addresses(path: Path, only: str) -> dict[str, str]:
    """What is asked, by name; `only` a part of the names."""
    with Record(path, readonly=True) as record:
        event = record.events(order="sources", limit=1)[0].id
        page = record.list_pages(limit=1).items[0]
        person = record.list_actors(kind="person", limit=1).items[0].key
        word = next(w for w in record.text(page.id).split() if w.isalpha() and len(w) > 5)
    api = {
        "events": "/events", "events of one": "/events?actor=USA", "events of two": "/events?actor=USA&actor=CHN",
        "events by type": "/events?type=SANCTION&language=ar", "events by sources": "/events?order=sources",
        "events by word": f"/events?text={quote(word)}", "event": f"/events/{event}", "mentions": "/mentions?actor=FRA",
        "actors": "/actors", "actor": "/actors/MAR", "person": f"/actors/{person}", "pages": "/pages?language=fr",
        "page": f"/pages/{page.sha256}", "quotes": "/quotes", "series": "/series", "series of two":
        "/series?actor=USA&actor=CHN", "search": f"/search?q={quote(word)}",
    }  # fmt: skip
    web = {
        "home": "/", "events": "/events", "events of two": "/events?actor=USA&actor=CHN", "event": f"/events/{event}",
        "page": f"/pages/{page.sha256}", "actor": "/actors/MAR", "pair": "/pairs/USA/CHN", "timeline": "/timeline",
        "map": "/map", "network": "/network", "review": "/review", "quality": "/quality",
    }  # fmt: skip
    named = {f"api {name}": f"/api/v1{address}" for name, address in api.items()}
    named |= {"feed": "/feed.atom?actor=FRA"} | {f"web {name}": address for name, address in web.items()}
    return {name: address for name, address in named.items() if only in name}


def varied(path: Path, asked: dict[str, str], number: int) -> dict[str, list[str]]:
    """The same kinds of addresses, `number` of each: other events, pages, actors, pairs and times."""
    pick = random.Random(number)
    with Record(path, readonly=True) as record:
        events = [e.id for e in record.events(order="added", limit=4 * number)]
        pages = [p.sha256 for p in record.list_pages(limit=4 * number).items]
        people = [a.key for a in record.list_actors(kind="person", limit=number).items]
        states = [a.key for a in record.list_actors(kind="state", limit=number).items]
        ties = record.ties(status=HAPPENED, limit=number)

    def another(address: str) -> str:
        for known, others in (
            (r"/events/e\w+", [f"/events/{e}" for e in events]),
            (r"/pages/\w{64}", [f"/pages/{p}" for p in pages]),
            (r"/actors/Q\w+", [f"/actors/{a}" for a in people]),
            (r"/actors/[A-Z]{3}", [f"/actors/{a}" for a in states]),
            (r"/pairs/\w+/\w+", [f"/pairs/{t.a}/{t.b}" for t in ties]),
            (r"actor=USA&actor=CHN", [f"actor={t.a}&actor={t.b}" for t in ties]),
            (r"actor=[A-Z]{3}", [f"actor={a}" for a in states]),
            (r"type=\w+", [f"type={t}" for t in ("AGREE", "CONSULT", "SANCTION", "ACCUSE", "AID", "ASSAULT")]),
        ):
            if re.search(known, address):
                return re.sub(known, pick.choice(others), address, count=1)
        mark = "&" if "?" in address else "?"
        return (
            f"{address}{mark}since={pick.randrange(2000, 2020)}"
            if re.search("events|map|network|time", address)
            else address
        )

    return {name: [another(address) for _ in range(number)] for name, address in asked.items()}


def client(number: int, port: int, asked: dict[str, list[str]], until: float, think: float, tally: Tally) -> None:
    """Ask one address after the other over one connection."""
    pick = random.Random(number)
    names = list(asked)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    while time.monotonic() < until:
        name = pick.choice(names)
        started = time.monotonic()
        try:
            connection.request("GET", pick.choice(asked[name]), headers={"Accept-Encoding": "gzip"})
            answer = connection.getresponse()
            body = answer.read()
            bad = None if answer.status in (200, 301) else f"{answer.status} {_said(answer, body)}"
        except (OSError, http.client.HTTPException) as error:
            connection.close()
            bad = type(error).__name__
        took = time.monotonic() - started
        with tally.lock:
            tally.seconds[name].append(took)
            if bad:
                tally.failed[f"{name}: {bad}"] += 1
        if think:
            time.sleep(pick.expovariate(1 / think))


def _said(answer: http.client.HTTPResponse, body: bytes) -> str:
    """What an answer that is none says: its heading or title."""
    text = (gzip.decompress(body) if answer.headers.get("Content-Encoding") == "gzip" else body).decode("utf-8")
    found = re.search(r"<h1>(.*?)</h1>", text) or re.search(r'"title":"(.*?)"', text)
    return found[1] if found else text[:80]


def ingest(path: Path, stop: Any) -> None:
    """Add pages of another world, a few a second."""
    with Record(path) as record:
        for reading in World(2).readings(10**9):
            if stop.wait(1 / ADDED_A_SECOND):
                return
            record.add(reading)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--think", type=float, default=0.0, help="mean seconds between an answer and the next question")
    parser.add_argument("--every", type=float, default=0.0, help="print the server's memory every so many seconds")
    parser.add_argument("--varied", type=int, default=1, help="so many addresses of each kind")
    parser.add_argument("--workers", type=int, default=1, help="processes of the server")
    parser.add_argument("--only", default="", help="only addresses with this in their name: api, web, events …")
    parser.add_argument("--quiet", action="store_true", help="add no pages meanwhile")
    options = parser.parse_args()
    named = addresses(options.record, options.only)
    asked = varied(options.record, named, options.varied) if options.varied > 1 else {n: [a] for n, a in named.items()}
    command = [sys.executable, "-m", "dragoman", "serve", "--record", str(options.record), "--port", "0", "--read-only"]
    command += ["--workers", str(options.workers)]
    stop = Event()
    writer = Process(target=ingest, args=(options.record, stop))
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as server:
        try:
            assert server.stderr is not None
            said = server.stderr.readline()
            found = re.search(r":(\d+)/", said)
            if not found:
                raise SystemExit(f"the server did not start: {said}{server.stderr.read()}")
            if not options.quiet:
                writer.start()
            print(json.dumps(load(server.pid, int(found[1]), asked, options), indent=1))
        finally:
            stop.set()
            if writer.pid:
                writer.join(30)
            server.terminate()
    return 0


def load(pid: int, port: int, asked: dict[str, list[str]], options: argparse.Namespace) -> dict[str, Any]:
    """Let the clients ask, and measure."""
    warm, tally = Tally(), Tally()
    first = [
        threading.Thread(target=client, args=(-1 - n, port, asked, time.monotonic() + WARM_SECONDS, 0.0, warm))
        for n in range(options.clients)
    ]
    for thread in first:
        thread.start()
    for thread in first:
        thread.join()
    memory, spent = [_memory(pid)], _processor(pid)
    until = time.monotonic() + options.seconds
    clients = [
        threading.Thread(target=client, args=(n, port, asked, until, options.think, tally))
        for n in range(options.clients)
    ]
    for thread in clients:
        thread.start()
    while options.every and time.monotonic() < until:
        time.sleep(min(options.every, max(0.0, until - time.monotonic())))
        memory.append(_memory(pid))
        print(f"{memory[-1] >> 20} MB", file=sys.stderr, flush=True)
    for thread in clients:
        thread.join()
    memory.append(_memory(pid))
    spent = _processor(pid) - spent
    every = [s for seconds in tally.seconds.values() for s in seconds]
    return {
        "clients": options.clients, "seconds": options.seconds, "think": options.think, "requests": len(every),
        "failed": dict(tally.failed), "cpu_ms_a_request": round(1000 * spent / max(1, len(every)), 1),
        "wall": _percentiles(every), "memory_mb": [m >> 20 for m in memory],
        "by_address": {name: _percentiles(tally.seconds[name]) for name in asked if tally.seconds[name]},
    }  # fmt: skip


def _family(pid: int) -> list[int]:
    """A process and its children."""
    children = Path(f"/proc/{pid}/task/{pid}/children").read_text("ascii").split()
    return [pid, *(int(child) for child in children)]


def _memory(pid: int) -> int:
    return sum(resident_bytes(one) or 0 for one in _family(pid))


def _processor(pid: int) -> float:
    return sum(cpu_seconds(one) or 0.0 for one in _family(pid))


def _percentiles(seconds: list[float]) -> dict[str, float]:
    p95 = quantiles(seconds, n=20)[-1] if len(seconds) > 1 else seconds[0]
    return {"n": len(seconds), "median_ms": round(1000 * median(seconds), 1), "p95_ms": round(1000 * p95, 1)}


if __name__ == "__main__":
    sys.exit(main())
