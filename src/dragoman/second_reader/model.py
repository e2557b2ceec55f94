"""Asking a model over an OpenAI-compatible address; answers are kept by the digest of what was asked."""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

SECONDS = 120.0  # for one answer
LARGEST = 2_000_000  # characters of an answer


class ReaderError(RuntimeError):
    """The model cannot be asked or does not answer as agreed; the message says what to do."""


@dataclass(frozen=True, slots=True)
class Reader:
    """A model and where it answers. `url` is the address that `/chat/completions` comes after; `cache` a folder.

    `key` is sent as a bearer token where the address asks for one.
    """

    url: str
    model: str
    key: str | None = None
    cache: Path | None = None
    seconds: float = SECONDS

    def ask(self, instructions: str, text: str) -> Any:
        """The JSON that the model answers with, from the cache where the same was asked before. Raises ReaderError."""
        asked = self._asked(instructions, text)
        file = self.cache / f"{digest(self.url, asked)}.json" if self.cache else None
        if file is not None and file.is_file():
            return json.loads(file.read_text("utf-8"))
        found = self._posted(asked)
        if file is not None:
            _keep(file, found)
        return found

    def _asked(self, instructions: str, text: str) -> dict[str, Any]:
        return {
            "model": self.model,
            "temperature": 0,
            "response_format": {"type": "json_object"},
            "messages": [{"role": "system", "content": instructions}, {"role": "user", "content": text}],
        }

    def _posted(self, asked: Mapping[str, Any]) -> Any:
        try:
            import httpx
        except ModuleNotFoundError as error:
            raise ReaderError("A second reader needs httpx; install it with: pip install 'dragoman[reader]'") from error
        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        try:
            with httpx.Client(timeout=self.seconds, follow_redirects=False) as client:
                answer = client.post(address, json=asked, headers=headers)
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ReaderError(f"{address} does not answer ({error}); check the address and that it runs.") from error
        if answer.status_code != 200:
            raise ReaderError(f"{address} answers {answer.status_code}: {answer.text[:200]!r}; check model and key.")
        return _content(answer.text, address)


def digest(url: str, asked: Mapping[str, Any]) -> str:
    """What an answer is kept under: the address, the model, the instructions and the page."""
    return hashlib.blake2b(json.dumps([url, asked], sort_keys=True).encode(), digest_size=16).hexdigest()


def _content(body: str, address: str) -> Any:
    """The JSON in the first choice of a chat completion."""
    try:
        if len(body) > LARGEST:
            raise ValueError("too long")
        return json.loads(json.loads(body)["choices"][0]["message"]["content"])
    except (ValueError, LookupError, TypeError) as error:
        raise ReaderError(
            f"{address} does not answer with JSON in a chat completion ({error}); choose a model that can."
        ) from error


def _keep(file: Path, value: Any) -> None:
    """Write whole or not at all."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.NamedTemporaryFile("w", dir=file.parent, delete=False, encoding="utf-8") as part:
        json.dump(value, part, ensure_ascii=False)
    Path(part.name).replace(file)
