"""Pages as they should not be: small ones by the thousands from a seed, and a few enormous ones."""

from __future__ import annotations

import gzip
import html
import json
import random
import zlib
from collections.abc import Callable, Iterator

Mangle = Callable[[random.Random], bytes]

SENTENCES = {
    "en": (
        "Foreign Minister Sergey Lavrov met his Moroccan counterpart in Rabat on Tuesday.",
        "France recalled its ambassador from Ankara and condemned the attack.",
        "“We will not wait,” President Macron said, adding that talks with Iran had been called off.",
        "The United Nations urged both sides to withdraw their troops by 15 March 2021.",
        "Two ministers signed an agreement on trade; Egypt threatened to close the border.",
        "The U.S. sanctioned three officials on Dec. 3, 2020, its Treasury announced.",
    ),
    "fr": (
        "Le ministre des Affaires étrangères a reçu mardi son homologue algérien à Rabat.",
        "La France a rappelé son ambassadeur et condamné l’attaque du 3 mars 2021.",
        "« Nous n'attendrons pas », a déclaré le président, avant d’annuler les pourparlers avec l’Iran.",
        "L'ONU a appelé les deux parties à retirer leurs troupes de Tripoli.",
    ),
    "ar": (
        "التقى وزير الخارجية الروسي سيرغي لافروف نظيره المغربي في الرباط يوم الثلاثاء.",
        "استدعت فرنسا سفيرها من أنقرة وأدانت الهجوم الذي وقع في 3 مارس 2021.",
        "وقال الرئيس: «لن ننتظر»، مضيفا أن المحادثات مع إيران ألغيت.",
        "دعت الأمم المتحدة الطرفين إلى سحب قواتهما من طرابلس.",
    ),
    "es": (
        "El canciller se reunió el martes con su homólogo marroquí en Madrid.",
        "España llamó a consultas a su embajador y condenó el ataque del 3 de marzo de 2021.",
    ),
}
_ODD = (
    "\u200b\u200c\u200d\u2060\ufeff\u00ad",  # zero-width
    "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c",  # bidirectional control
    "\u0300\u0301\u0308\u0323\u064b\u064e\u0651\u20dd",  # combining
    "\x00\x01\x07\x08\x0b\x0c\x1b\x7f\x85\u2028\u2029",  # control
    "\"'“”„«»‹›‘’‚「」",  # quotation marks
    "()[]{}<>/\\|&;#%@~^*_=+",
    "😀🇲🇦👩‍👩‍👧\U0001f1fa\U00010348\U000e0041",
    "ＡＢｃ１２٣٤۵६ⅣⅨ½①",
    "\u00a0\u2003\u3000\t\r\n ",
    ".!?؟。…:;،,-–—",
)


def body(rng: random.Random, sentences: int = 6) -> str:
    """A few paragraphs of diplomatic news in one language, sometimes two."""
    pools = [SENTENCES[rng.choice(list(SENTENCES))]]
    if rng.random() < 0.2:
        pools.append(SENTENCES[rng.choice(list(SENTENCES))])
    chosen = [rng.choice(rng.choice(pools)) for _ in range(rng.randint(1, sentences))]
    return "".join(s + rng.choice((" ", "\n", "\n\n", " ")) for s in chosen)


def page(rng: random.Random, text: str | None = None) -> str:
    """An HTML page around `text` with a head, a menu and a footer."""
    text = body(rng) if text is None else text
    paragraphs = "".join(f"<p>{html.escape(p)}</p>" for p in text.split("\n") if p.strip())
    return (
        '<!DOCTYPE html><html lang="en"><head><meta charset="utf-8"><title>Talks in Rabat</title>'
        '<meta property="article:published_time" content="2021-03-04T10:00:00Z">'
        '<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2021-03-04"}</script></head>'
        '<body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>'
        f"<article><h1>Talks in Rabat</h1>{paragraphs}</article>"
        "<footer>© 2021 The Daily Page</footer></body></html>"
    )


def either(rng: random.Random) -> str:
    """A page, as HTML or as text."""
    return page(rng) if rng.random() < 0.5 else "Talks in Rabat\n4 March 2021\n\n" + body(rng)


def _sprinkled(rng: random.Random, text: str, what: str, share: float) -> str:
    return "".join(c + (rng.choice(what) if rng.random() < share else "") for c in text)


def truncated(rng: random.Random) -> bytes:
    raw = either(rng).encode()
    return raw[: rng.randrange(len(raw))]


def beheaded(rng: random.Random) -> bytes:
    raw = either(rng).encode()
    return raw[rng.randrange(len(raw)) :]


def wrong_encoding(rng: random.Random) -> bytes:
    codec = rng.choice(("cp1252", "cp1256", "iso8859_6", "utf-16", "utf-16-be", "utf-32", "gb18030", "cp1251", "utf-7"))
    return either(rng).encode(codec, "replace")


def mixed_encodings(rng: random.Random) -> bytes:
    codecs = ("utf-8", "cp1252", "cp1256", "utf-16-le", "latin-1")
    return b"\n".join(line.encode(rng.choice(codecs), "replace") for line in either(rng).split("\n"))


def odd_characters(rng: random.Random) -> bytes:
    return _sprinkled(rng, either(rng), rng.choice(_ODD), rng.choice((0.01, 0.2, 1.0))).encode()


def surrogates(rng: random.Random) -> bytes:
    return _sprinkled(rng, either(rng), "\ud800\udfff\udc80", 0.05).encode("utf-8", "surrogatepass")


def bit_rot(rng: random.Random) -> bytes:
    raw = bytearray(either(rng).encode())
    for _ in range(rng.randint(1, 60)):
        raw[rng.randrange(len(raw))] = rng.randrange(256)
    return bytes(raw)


def noise(rng: random.Random) -> bytes:
    return rng.randbytes(rng.randint(1, 3000))


def letters(rng: random.Random) -> bytes:
    return "".join(chr(rng.choice((rng.randrange(1, 0x3000), rng.randrange(32, 127)))) for _ in range(800)).encode()


def nothing(rng: random.Random) -> bytes:
    return rng.choice((b"", b" ", b"\n\n\n", b"\0", b".", b"\xef\xbb\xbf", b"<", b"<html>", b"{", b"[]", b"\xff\xfe"))


def binary(rng: random.Random) -> bytes:
    magic = rng.choice((b"%PDF-1.7\n", b"PK\x03\x04", b"\x89PNG\r\n", b"\xff\xd8\xff\xe0", b"\x7fELF", b"GIF89a"))
    return magic + rng.randbytes(400)


def glued(rng: random.Random) -> bytes:
    return either(rng).replace(" ", rng.choice(("", "", "\u00a0", "_"))).encode()


def shuffled(rng: random.Random) -> bytes:
    separator = rng.choice((" ", "\n", ">", "."))
    parts = either(rng).split(separator)
    rng.shuffle(parts)
    return separator.join(parts).encode()


def unpunctuated(rng: random.Random) -> bytes:
    return " ".join(body(rng, 40).translate(str.maketrans("", "", ".!?؟…:;,،\n")).split()).encode()


def capitals(rng: random.Random) -> bytes:
    return either(rng).upper().encode()


def repeated(rng: random.Random) -> bytes:
    unit = rng.choice(
        (rng.choice(SENTENCES["en"]), "said ", "Iran ", "( ", "« ", "of the ", "and ", ", ", "- ", "\n- a")
    )
    return (unit * rng.randint(2, 300)).encode()


def wild_dates(rng: random.Random) -> bytes:
    dates = ("31 February 2021", "0000-00-00", "99/99/9999", "2021-13-45", "the 40th of Mayvember", "1 محرم 99999",
             "Monday, 1 January 0", "in 999999999999", "32 mars 20211", "12:99", "10000000 years ago")  # fmt: skip
    text = " ".join(s + " " + rng.choice(dates) + "." for s in rng.sample(SENTENCES["en"], 4))
    return page(rng, text).replace("2021-03-04T10:00:00Z", rng.choice(dates)).encode()


def wild_entities(rng: random.Random) -> bytes:
    found = (
        "&#xD800;",
        "&#99999999999;",
        "&#0;",
        "&amp;amp;",
        "&nosuch;",
        "&",
        "&#x;",
        "&lt;p&gt;",
        "&nbsp;",
        "&#128;",
    )
    raw = page(rng)
    for _ in range(30):
        at = rng.randrange(len(raw))
        raw = raw[:at] + rng.choice(found) + raw[at:]
    return raw.encode()


def wild_tags(rng: random.Random) -> bytes:
    tags = ("<p>", "</p>", "<div", "</div></div>", "<!--", "-->", "<script>", "</script>", "<![CDATA[", "<table><td>",
            "<a href=\"", "<svg><title>", "<br/>", "<template>", "<p/><p/>", "</html>", "<body>", "<plaintext>",
            "<textarea>", "<frameset>", "<style>", "<math><mi>", "<noscript>", "<?php ?>", "<title>")  # fmt: skip
    raw = page(rng)
    for _ in range(rng.randint(1, 12)):
        at = rng.randrange(len(raw))
        raw = raw[:at] + rng.choice(tags) + raw[at:]
    return raw.encode()


def nested(rng: random.Random) -> bytes:
    tag, depth = rng.choice(("div", "b", "blockquote", "table><tr><td", "ul><li", "a", "font")), rng.randint(50, 1500)
    return page(rng).replace("<article>", f"<{tag}>" * depth).encode()


def squeezed(raw: bytes) -> bytes:
    """Gzip without the time of day, so that a seed always gives the same bytes."""
    return gzip.compress(raw, mtime=0)


def zipped(rng: random.Random) -> bytes:
    raw = bytearray(squeezed(either(rng).encode()))
    if rng.random() < 0.7:
        raw[rng.randrange(2, len(raw))] ^= 1 << rng.randrange(8)
    return bytes(raw[: rng.randrange(3, len(raw) + 1)])


def warc_record(content: bytes, url: str = "https://example.org/1", length: int | None = None) -> bytes:
    """One response record of a WARC file; `length` is what its header says, by default the truth."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n" + content
    head = (
        f"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2021-03-05T00:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-000000000000>\r\n"
        f"Content-Type: application/http; msgtype=response\r\nContent-Length: {len(http) if length is None else length}"
        "\r\n\r\n"
    )
    return head.encode() + http + b"\r\n\r\n"


def warc(rng: random.Random) -> bytes:
    squeeze = squeezed if rng.random() < 0.7 else bytes
    parts = []
    for number in range(rng.randint(1, 4)):
        wrong = rng.choice((None, None, None, 0, 7, 10**9))
        part = bytearray(squeeze(warc_record(page(rng).encode(), f"https://example.org/{number}", wrong)))
        if rng.random() < 0.4:
            part[rng.randrange(len(part))] ^= 1 << rng.randrange(8)
        if rng.random() < 0.2:
            del part[rng.randrange(10, len(part)) :]
        parts.append(bytes(part))
    return b"".join(parts)


def json_lines(rng: random.Random) -> bytes:
    rows: list[str] = []
    for _ in range(rng.randint(1, 6)):
        good = json.dumps(
            {"text": body(rng), "url": "https://example.org", "date": rng.choice(("2021-03-04", 7, None, "x"))}
        )
        odd = ('{"text": 7}', "[1, 2", "null", '"x"', '{"html": "<p>\\ud800</p>"}', good[:-9], "[" * 2000,
               '{"title": []}', '{"text": {"name": 1}, "body": ["a"]}', "NaN", '{"date": 1e999}')  # fmt: skip
        rows.append(good if rng.random() < 0.5 else rng.choice(odd))
    text = "\n".join(rows) if rng.random() < 0.8 else "[" + ",".join(rows) + "]"
    return text.encode()


def feed(rng: random.Random) -> bytes:
    items = "".join(
        f"<item><title>Talks</title><link>https://example.org</link><pubDate>{rng.choice(('4 Mar 2021', 'x', ''))}"
        f"</pubDate><description>{html.escape(page(rng)) if rng.random() < 0.5 else body(rng)}</description></item>"
        for _ in range(rng.randint(0, 3))
    )
    bomb = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>' if rng.random() < 0.3 else ""
    raw = f'<?xml version="1.0"?>{bomb}<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    return raw[: rng.randrange(20, len(raw) + 1)] if rng.random() < 0.6 else raw


def long_sentence(rng: random.Random) -> bytes:
    return (" and ".join(rng.choice(SENTENCES["en"])[:-1] for _ in range(rng.randint(10, 40))) + ".").encode()


def glued_names(rng: random.Random) -> bytes:
    names = (
        "SergeyLavrov",
        "Macron",
        "Morocco",
        "Iran",
        "Russia",
        "LibyaMorocco",
        "UN",
        "ForeignMinister",
        "الرباط",
        "Rabat",
    )
    return "\n".join("".join(rng.choice(names) for _ in range(rng.randint(1, 12))) for _ in range(20)).encode()


MANGLES: tuple[Mangle, ...] = (
    truncated, beheaded, wrong_encoding, mixed_encodings, odd_characters, surrogates, bit_rot, noise, letters, nothing,
    binary, glued, shuffled, unpunctuated, capitals, repeated, wild_dates, wild_entities, wild_tags, nested, zipped,
    warc, json_lines, feed, long_sentence, glued_names,
)  # fmt: skip


def mangled(seed: int, count: int) -> Iterator[tuple[str, bytes]]:
    """`count` small bad pages as (file name, bytes): every kind in turn, each from its own seed."""
    for number in range(count):
        make = MANGLES[number % len(MANGLES)]
        rng = random.Random(f"{seed}/{number}")
        suffix = rng.choice((".html", ".txt", ".htm", "", ".gz"))
        yield f"{number:06d}-{make.__name__}{suffix}", make(rng)


def _bomb() -> bytes:
    """A gigabyte of one letter in a megabyte of gzip."""
    squeeze = zlib.compressobj(9, wbits=31)
    block = b"a" * (1 << 20)
    return b"".join(squeeze.compress(block) for _ in range(1024)) + squeeze.flush()


_WORDS = (
    "Morocco",
    "France",
    "said",
    "that",
    "Iran",
    "of the",
    "talks",
    "would",
    "meet",
    "in Rabat",
    "with",
    "and sign",
)


def _words(count: int) -> str:
    rng = random.Random(1)
    return " ".join(rng.choice(_WORDS) for _ in range(count))


ENORMOUS: dict[str, Callable[[], bytes]] = {
    "nested-10000.html": lambda: page(random.Random(1)).replace("<article>", "<div>" * 10_000).encode(),
    "nested-inline-10000.html": lambda: page(random.Random(1)).replace("<article>", "<b><i>" * 5_000).encode(),
    "nested-lists-10000.html": lambda: page(random.Random(1)).replace("<article>", "<ul><li>" * 5_000).encode(),
    "line-50mb.txt": lambda: (SENTENCES["en"][0] + " ").encode() * (50_000_000 // 82),
    "line-50mb-no-space.txt": lambda: b"a" * 50_000_000,
    "line-50mb.html": lambda: b"<html><body><p>" + (SENTENCES["en"][0] + " ").encode() * (50_000_000 // 82),
    "bomb.gz": _bomb,
    "quotation-marks-100000.txt": lambda: b'"' * 100_000,
    "quotation-marks-spaced-100000.txt": lambda: ('He said "yes" ' * 50_000).encode(),
    "quotation-marks-open-100000.html": lambda: page(random.Random(1), "“ Iran «" * 50_000).encode(),
    "sentence-20000.txt": lambda: (_words(20_000) + ".").encode(),
    "sentence-20000.html": lambda: page(random.Random(1), _words(20_000) + ".").encode(),
    "arabic-sentence-20000.txt": lambda: ("وقال وزير الخارجية المغربي إن فرنسا وإيران " * 2_900).encode(),
    "glued-100000.txt": lambda: ("SergeyLavrovMoroccoIran" * 4_350).encode(),
    "brackets-100000.html": lambda: b"<html><body>" + b"<" * 100_000,
    "lines-200000.txt": lambda: b"Home\nWorld\n" * 100_000,
    "links-50000.html": lambda: ("<html><body>" + '<a href="/x">Iran and Russia</a> ' * 50_000).encode(),
    "attributes-100000.html": lambda: ("<html><body><p " + 'a="b" ' * 100_000 + ">Iran met Russia.</p>").encode(),
    "comments-open-50000.html": lambda: ("<html><body>" + "<!-- <p>x" * 50_000).encode(),
    "feed-entities.xml": lambda: (
        '<?xml version="1.0"?><!DOCTYPE l [<!ENTITY a "aaaaaaaaaa">'
        + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9))
        + "]><rss><channel><item><title>&j;</title><description>&j;</description></item></channel></rss>"
    ).encode(),
    "json-nested-100000.jsonl": lambda: b'{"text":' + b"[" * 100_000 + b"\n" + b'{"text": "Iran met Russia."}\n',
    "spaces-10mb.txt": lambda: b"Iran" + b" " * 10_000_000 + b"met Russia.",
    "newlines-5mb.txt": lambda: b"\n" * 5_000_000 + b"Iran met Russia.",
    "dots-1mb.txt": lambda: b"." * 1_000_000,
    "digits-1mb.txt": lambda: b"1234567890" * 100_000,
    "dates-100000.txt": lambda: b"12 March 2021, " * 100_000,
    "combining-500000.txt": lambda: ("e" + "\u0301" * 500_000).encode(),
    "zero-width-500000.txt": lambda: ("Iran" + "\u200b" * 500_000 + " met Russia.").encode(),
}  # fmt: skip
