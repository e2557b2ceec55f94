"""Bytes to text, and text offsets back to bytes. Never fails: undecodable bytes become U+FFFD, and a note says so."""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Browsers read these labels as the larger Windows sets (https://encoding.spec.whatwg.org/#names-and-labels).
_LABELS = {
    "ascii": "cp1252",
    "us-ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "iso8859-1": "cp1252",
    "latin-1": "cp1252",
    "latin1": "cp1252",
    "iso-8859-9": "cp1254",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "unicode": "utf-8",
    "utf8": "utf-8",
}
# What pages on the web are written in; DOS and Mac code pages only mislead the guess.
_GUESSES = ("cp1252", "cp1256", "iso8859_6", "cp1251", "koi8_r", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255",
            "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr")  # fmt: skip
_META = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([A-Za-z0-9_.:\-]{2,40})""", re.I)
_XML = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9_.:\-]{2,40})""", re.I)
_SURROGATE = re.compile("[\ud800-\udfff]")
_HEAD = 16_384
_SAMPLE = 65_536
_WIDE = frozenset({"utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"})


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text with the name of the encoding it was decoded with; `note` says what was lost, if anything was."""

    text: str
    encoding: str
    note: str | None = None


def decode(raw: bytes, declared: str | None = None) -> Decoded:
    """Decode `raw`: byte-order mark, strict UTF-8, the declared or `<meta>` charset, a guess, Windows-1252.

    Strict UTF-8 goes before the declared charset: pages declare wrongly more often than other encodings happen to be
    valid UTF-8. `declared` is the charset of an HTTP header. A byte-order mark stays in the text, so that every
    character has its bytes.
    """
    for mark, encoding in _BOMS:
        if raw.startswith(mark):
            return _decode_as(raw, encoding)
    wide = _looks_wide(raw)
    if wide:
        return _decode_as(raw, wide)
    try:
        return Decoded(raw.decode("utf-8"), "utf-8")
    except UnicodeDecodeError:
        pass
    head = raw[:_HEAD]
    labels = [declared, *(found[1].decode("ascii") for found in (_XML.search(head), _META.search(head)) if found)]
    for codec in map(_codec, labels):
        if codec and (codec != "utf-8" or _mostly_utf8(raw)):
            return _decode_as(raw, codec)
    if _mostly_utf8(raw):
        return _decode_as(raw, "utf-8")
    return _decode_as(raw, _guess(raw), guessed=True)


def _guess(raw: bytes) -> str:
    """The likeliest encoding of bytes that nothing declares; Windows-1252 unless another one reads them differently."""
    sample = _sample(raw)
    best = from_bytes(sample, cp_isolation=list(_GUESSES)).best()
    guess = (_codec(best.encoding) if best else None) or "cp1252"
    western = sample.decode("cp1252", "replace")
    return "cp1252" if sample.decode(guess, "replace") == western else guess


def byte_span(raw: bytes, encoding: str, start: int, end: int) -> tuple[int, int]:
    """Offsets in `raw` of the characters `start:end` of the text that `decode` made of it."""
    text = _lossless(raw, encoding)
    errors = "surrogatepass" if encoding in _WIDE else "surrogateescape"
    first = len(text[:start].encode(encoding, errors))
    return first, first + len(text[start:end].encode(encoding, errors))


def scrub(text: str) -> str:
    """`text` with lone surrogates replaced by U+FFFD, so that it can be encoded; offsets stay."""
    return _SURROGATE.sub("\ufffd", text)


def _decode_as(raw: bytes, encoding: str, guessed: bool = False) -> Decoded:
    text = _lossless(raw, encoding)
    clean, bad = _SURROGATE.subn("\ufffd", text)
    notes = []
    if guessed:
        notes.append(f"no encoding is declared and the bytes are not UTF-8: read as {encoding}")
    if bad:
        notes.append(f"{bad} bytes are not valid {encoding} and were replaced")
    return Decoded(clean, encoding, "; ".join(notes) or None)


def _lossless(raw: bytes, encoding: str) -> str:
    """Decode so that each undecodable byte is one lone surrogate, which can be encoded back."""
    if encoding in _WIDE:
        width = 2 if "16" in encoding else 4
        whole = raw[: len(raw) - len(raw) % width]
        try:
            return whole.decode(encoding, "surrogatepass")
        except UnicodeDecodeError:
            return whole.decode(encoding, "replace")
    try:
        return raw.decode(encoding, "surrogateescape")
    except UnicodeDecodeError:
        return raw.decode("latin-1")


def _codec(label: str | None) -> str | None:
    """The codec for a charset label, None where there is none that decodes text from bytes safely."""
    if not label:
        return None
    name = label.strip().strip("\"'").lower()
    try:
        found = codecs.lookup(_LABELS.get(name, name)).name
        b"a".decode(found, "surrogateescape")
    except (LookupError, ValueError, TypeError):
        return None
    found = _LABELS.get(found, found)
    if found.startswith(("utf-16", "utf-32")):
        return None  # the bytes were ASCII-compatible enough to hold the label
    return None if found in {"utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"} else found


def _mostly_utf8(raw: bytes) -> bool:
    """Whether most non-ASCII bytes form UTF-8 sequences (a page cut or spoilt in a few places)."""
    text = raw.decode("utf-8", "surrogateescape")
    bad = len(_SURROGATE.findall(text))
    good = sum(1 for _ in re.finditer(r"[^\x00-\x7f\ud800-\udfff]", text[:2_000_000]))
    return bad <= 3 or bad * 10 < good


def _looks_wide(raw: bytes) -> str | None:
    """UTF-16 without a mark: half of the bytes are NUL."""
    head = raw[:2000]
    if head.count(0) < len(head) * 0.3 or len(head) < 8:
        return None
    return "utf-16-le" if head[1::2].count(0) > head[0::2].count(0) else "utf-16-be"


def _sample(raw: bytes) -> bytes:
    """The part of `raw` with the first non-ASCII bytes, enough to guess from."""
    found = re.search(rb"[\x80-\xff]", raw)
    start = max(0, found.start() - _SAMPLE // 4) if found else 0
    return raw[start : start + _SAMPLE]
