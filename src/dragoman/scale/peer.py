"""A process that serves this one: spoken to in pickled messages, watched, killed at will, and never left behind.

The peer dies with its maker, also when that is killed with signal 9: on Linux the kernel sees to it, elsewhere the peer
looks once a second whether its maker is still there.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import os
import pickle
import queue
import select
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, BinaryIO

from dragoman.garbage import collect_rarely

_LENGTH = 8  # bytes that give a message's length
_MAIN = "import sys, json; sys.path[:] = json.loads(sys.argv[1]); from dragoman.scale.peer import _main; _main()"
_SET_PARENT_DEATH_SIGNAL = 1  # PR_SET_PDEATHSIG of prctl(2)
_WATCH_SECONDS = 1.0


class PeerDiedError(RuntimeError):
    """The peer ended without an answer."""


class Channel:
    """Pickled messages, each after its length, over two streams."""

    def __init__(self, incoming: BinaryIO, outgoing: BinaryIO) -> None:
        self._incoming, self._outgoing = incoming, outgoing

    def send(self, message: object) -> None:
        """Write one message. Raises OSError when the other side is gone."""
        data = pickle.dumps(message, protocol=pickle.HIGHEST_PROTOCOL)
        self._outgoing.write(len(data).to_bytes(_LENGTH, "little"))
        self._outgoing.write(data)
        self._outgoing.flush()

    def receive(self) -> Any:
        """Wait for one message. Raises EOFError when the other side is gone."""
        head = self._incoming.read(_LENGTH)
        data = self._incoming.read(size) if len(head) == _LENGTH and (size := int.from_bytes(head, "little")) else b""
        if not data or len(data) < int.from_bytes(head, "little"):
            raise EOFError
        return pickle.loads(data)


class Peer:
    """A fresh Python process that runs `serve(channel)`, a function that it can import by name."""

    def __init__(self, serve: Callable[[Channel], None]) -> None:
        self._process = _started([sys.executable, "-c", _MAIN, json.dumps(sys.path)])
        assert self._process.stdin is not None and self._process.stdout is not None
        self._channel = Channel(self._process.stdout, self._process.stdin)  # type: ignore[arg-type]
        self.pid = self._process.pid
        self._channel.send((os.getpid(), serve))

    def fileno(self) -> int:
        """Readable when an answer is there or the peer has ended."""
        assert self._process.stdout is not None
        return self._process.stdout.fileno()

    def send(self, message: object) -> None:
        """Give the peer a message. Raises PeerDiedError."""
        try:
            self._channel.send(message)
        except OSError as error:
            raise PeerDiedError(self.obituary()) from error

    def receive(self, seconds: float | None = None) -> Any:
        """The peer's next message. Raises TimeoutError after `seconds` and PeerDiedError when it ended."""
        if seconds is not None and not select.select([self], [], [], seconds)[0]:
            raise TimeoutError
        try:
            return self._channel.receive()
        except (EOFError, OSError) as error:
            raise PeerDiedError(self.obituary()) from error

    def obituary(self) -> str:
        """How the peer ended, in words; it is ended if it still runs."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1.0)
        self.kill()
        code = self._process.returncode
        return f"its process ended with {f'signal {-code}' if code < 0 else f'exit code {code}'}"

    def kill(self) -> None:
        """End the peer at once; harmless when it has ended."""
        self._process.kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                with contextlib.suppress(OSError):
                    stream.close()
        self._process.wait()

    def close(self, seconds: float = 5.0) -> None:
        """Let the peer end by itself, which it does when nobody speaks to it any more; else kill it."""
        if self._process.stdin is not None:
            with contextlib.suppress(OSError):
                self._process.stdin.close()
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(seconds)
        self.kill()

    def cpu_seconds(self) -> float | None:
        """Seconds of the processor that the peer has used; None where the system does not say."""
        return cpu_seconds(self.pid)

    def memory(self) -> int | None:
        """Bytes of the peer in memory; None where the system does not say."""
        return resident_bytes(self.pid)


def cpu_seconds(pid: int | str = "self") -> float | None:
    """Seconds of the processor that a process has used (Linux); None where the system does not say."""
    try:
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return None


def resident_bytes(pid: int | str = "self") -> int | None:
    """Bytes of a process in memory (Linux); None where the system does not say."""
    try:
        pages = Path(f"/proc/{pid}/statm").read_text(encoding="ascii").split()[1]
        return int(pages) * os.sysconf("SC_PAGE_SIZE")
    except (OSError, ValueError, IndexError):
        return None


# -- starting: Linux ends a child when the *thread* that made it ends, so one thread that never ends makes them all ----

_orders: queue.SimpleQueue[tuple[list[str], queue.SimpleQueue[subprocess.Popen[bytes] | OSError]]] = queue.SimpleQueue()
_midwife: list[tuple[int, threading.Thread]] = []
_lock = threading.Lock()


def _started(command: list[str]) -> subprocess.Popen[bytes]:
    with _lock:
        if not _midwife or _midwife[0][0] != os.getpid():  # none yet, or it stayed behind in the process that forked
            thread = threading.Thread(target=_start_ordered, name="dragoman-peers", daemon=True)
            _midwife[:] = [(os.getpid(), thread)]
            thread.start()
    answer: queue.SimpleQueue[subprocess.Popen[bytes] | OSError] = queue.SimpleQueue()
    _orders.put((command, answer))
    made = answer.get()
    if isinstance(made, OSError):
        raise made
    return made


def _start_ordered() -> None:
    while True:
        command, answer = _orders.get()
        environment = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"} | os.environ
        try:
            answer.put(subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment))
        except OSError as error:
            answer.put(error)


# -- in the peer -------------------------------------------------------------------------------------------------------


def die_with(parent: int) -> None:
    """End this process when `parent`, which made it, is gone."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(_SET_PARENT_DEATH_SIGNAL, signal.SIGKILL, 0, 0, 0)
        if os.getppid() != parent:  # gone before we asked
            os._exit(1)
    else:
        watch(parent)


def watch(parent: int) -> None:
    """Look from a thread of its own whether `parent` is still this process's parent; end the process when not."""

    def look() -> None:
        while os.getppid() == parent:
            time.sleep(_WATCH_SECONDS)
        os._exit(1)

    threading.Thread(target=look, name="dragoman-watch", daemon=True).start()


def _main() -> None:
    """What a peer runs: stdout is the channel, so whatever prints is sent to stderr. Ctrl-C is left to the maker."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    collect_rarely()
    outgoing = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)
    incoming = os.fdopen(os.dup(0), "rb")
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.close(nothing)
    channel = Channel(incoming, outgoing)
    parent, serve = channel.receive()
    die_with(parent)
    with contextlib.suppress(EOFError, BrokenPipeError):
        serve(channel)
