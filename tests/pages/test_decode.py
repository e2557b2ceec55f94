"""Bytes become text without ever failing, and every character keeps its bytes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dragoman.pages.decode import byte_span, decode, scrub

ARABIC = "وقّع البلدان اتفاقاً في الرباط يوم الجمعة، وأعلن الوزير عن لقاء جديد."


@pytest.mark.parametrize(
    ("raw", "declared", "encoding"),
    [
        ("Élysée".encode(), None, "utf-8"),
        ("\ufeffÉlysée".encode(), "iso-8859-1", "utf-8"),
        ("Élysée".encode("utf-16"), None, "utf-16-le"),
        ("plain text in two bytes".encode("utf-16-be"), None, "utf-16-be"),
        ("L'Élysée a annoncé".encode("cp1252"), "iso-8859-1", "cp1252"),
        (f'<meta charset="windows-1256"><p>{ARABIC}'.encode("cp1256"), None, "cp1256"),
        (
            f'<?xml version="1.0" encoding="ISO-8859-6"?><p>{ARABIC.replace("ّ", "")}'.encode("iso8859-6"),
            None,
            "iso8859-6",
        ),
    ],
)
def test_the_encoding_is_found(raw: bytes, declared: str | None, encoding: str) -> None:
    decoded = decode(raw, declared)
    assert decoded.encoding == encoding
    assert decoded.note is None


def test_undeclared_bytes_are_guessed_and_noted() -> None:
    decoded = decode((ARABIC * 5).encode("cp1256"))
    assert decoded.text == ARABIC * 5
    assert decoded.note and "no encoding is declared" in decoded.note


def test_a_few_broken_bytes_do_not_lose_the_page() -> None:
    decoded = decode("déjà ".encode() * 50 + b"\xff\xfe caf\xc3")
    assert decoded.encoding == "utf-8"
    assert decoded.text.startswith("déjà")
    assert decoded.text.count("\ufffd") == 3
    assert decoded.note == "3 bytes are not valid utf-8 and were replaced"


@pytest.mark.parametrize("label", ["no-such-charset", "utf-7", "rot13", "unicode_escape", "base64", "", "utf-16"])
def test_useless_labels_are_passed_over(label: str) -> None:
    assert decode(b"caf\xe9 au lait, d\xe9j\xe0 vu " * 10, label).text.startswith("caf")


@given(st.binary(max_size=300), st.sampled_from([None, "utf-8", "windows-1256", "shift_jis", "x"]))
def test_any_bytes_decode_to_encodable_text(raw: bytes, declared: str | None) -> None:
    decoded = decode(raw, declared)
    decoded.text.encode()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60), st.data())
def test_text_offsets_map_back_to_bytes(text: str, data: st.DataObject) -> None:
    raw = text.encode()
    decoded = decode(raw)
    start = data.draw(st.integers(0, len(decoded.text)))
    end = data.draw(st.integers(start, len(decoded.text)))
    first, last = byte_span(raw, decoded.encoding, start, end)
    codec = decoded.encoding
    assert raw[first:last].decode(codec) == decoded.text[start:end]


def test_offsets_map_back_through_broken_bytes() -> None:
    raw = "é".encode() * 100 + b"\xff" + b"after"
    decoded = decode(raw)
    at = decoded.text.index("after")
    assert raw[slice(*byte_span(raw, decoded.encoding, at, at + 5))] == b"after"


def test_lone_surrogates_are_scrubbed() -> None:
    assert scrub("a\ud83db") == "a\ufffdb"
