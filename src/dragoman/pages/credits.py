"""Who published a page and who wrote it: outlet, author, and the agency or paper that a text was taken from."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from dragoman.pages.article import CONTENT_ROLES, Page, Segment
from dragoman.pages.date_strings import find_dates
from dragoman.pages.furniture import opening
from dragoman.pages.metadata import Head, title_suffix

_PIECES = re.compile(r"\s+(?:[|·•»–—/]|::)\s+|\s{2,}|\t|\s*\|\s*|\s+-\s+|\s*[•»]\s*")
_COPYRIGHT = re.compile(
    r"(?:©|\(c\)|copyright|&copy;)\s*(?:copyright)?\s*"
    r"(?:[\d٠-٩]{4}(?:\s*[-–]\s*[\d٠-٩]{2,4})?)?\s*[,:\-–]?\s*"
    r"(?P<name>[^\d٠-٩©|.·,]{2,60})",
    re.I,
)
_BEFORE_COPYRIGHT = re.compile(r"^(?P<name>[^\d٠-٩©|·]{3,50}?)\s*(?:\(c\)|©)\s*[\d٠-٩]{4}", re.I)
_REGISTERED = re.compile(
    r"^(?P<name>.{3,50}?)\s+(?:is registered in|is a member of|is published by"
    r"|est(?:e)? un (?:service|site|m[ée]dia)|est édité"
    r"|es una publicación|está registrad|is regulated|is not responsible|n'est pas responsable|no se hace responsable)",
    re.I,
)
_RIGHTS = re.compile(
    r"\s*(?:\.|,|-|–|\||:|/)?\s*(?:all rights reserved|tous droits r[ée]serv[ée]s|todos los derechos reservados"
    r"|(?:جميع|كافة|كل) الحقوق محفوظة(?:\s+(?:لـ?|ل\s))?|[\d٠-٩]{4}).*$",
    re.I,
)
_RIGHTS_FIRST = re.compile(
    r"(?:جميع|كافة|كل) الحقوق محفوظة\s*(?:©|[\d٠-٩\-– ]+)*\s*(?:لدى|لـ|لموقع|ل)?\s*(?P<name>[^\d٠-٩©|.·,]{3,40})"
)
_DATELINE = re.compile(r"^.{0,60}?[(\[–—-]\s*(?P<name>[^()\[\]\d]{2,40}?)\s*[)\]–—-]")
_WITH = re.compile(r"\b(?:avec|with|con|via)\s+(?:l[’'])?(?P<name>[^.,;()]{2,40})", re.I)
_SOURCE = re.compile(r"^(?:source|sources|fuente|المصدر|مصدر)\s*[:：]\s*(?P<name>[^|,.;]{2,60})", re.I)
_BY = re.compile(
    r"^(?:by|par|por|بقلم|via)\s*[:：]?\s+(?P<name>[^|·,;(]{2,60}?)(?:\s*[|·,;(]|\s{2,}|\s+[-–—]\s|$)", re.I
)
_ROLE_NAME = re.compile(
    r"^(?:author|auteur|autor|autora|writer|الكاتب|كتب|كتبت|تحرير|إعداد)\s*[:：]?\s+(?P<name>[^|·,;]{2,60})", re.I
)
_SECOND_BY = re.compile(
    r"(?:^|[|·•–—,]|\s{2,}|\d)\s*(?:by|par|por|بقلم)\s*[:：]?\s+(?P<name>[^|·•,;(]{3,60}?)(?:\s*[|·•,;(]|\s{2,}|$)",
    re.I,
)
_IN_NAMES = ("news", "press", "times", "review")
_STAFF = re.compile(
    r"^(?P<name>[^|·,;(\d]{5,40}),\s[^.]{0,40}\b(?:staff|correspondent|reporter|editor|bureau chief|correspondante?"
    r"|envoy[ée]e? spéciale?|journaliste|rédact(?:eur|rice)|corresponsal|redactora?|enviad[oa] especial)\b",
    re.I,
)
_PERSON = re.compile(r"(?:[^\W\d_][\w.'’-]* ){1,3}[^\W\d_][\w'’-]+")
_CREDITED = frozenset({"byline", "other", "footer", "body", "date"})


@cache
def _agencies() -> dict[str, str]:
    return dict(_table("agencies.tsv"))


@cache
def _outlet_words() -> frozenset[str]:
    return frozenset(row[0] for row in _table("outlet_words.tsv"))


def _table(name: str) -> list[list[str]]:
    lines = files("dragoman.pages").joinpath("data", name).read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines[1:] if line]


def outlet_of(page: Page, segments: Sequence[Segment], head: Head) -> str | None:
    """The outlet: declared, or shown in masthead, title suffix and copyright line; None if unknown."""
    if head.outlet:
        return head.outlet
    if page.declared_outlet:
        return page.declared_outlet
    names = _shown_names(segments)
    suffix = title_suffix(head.page_title)
    if suffix and (page.kind == "html"):
        return next((name for name in names if name.casefold() == suffix.casefold()), suffix)
    return _best_name(names, segments)


def _shown_names(segments: Sequence[Segment]) -> list[str]:
    """Names in the masthead (before the title) and in copyright or imprint lines (after the text)."""
    titles = [i for i, s in enumerate(segments) if s.role == "title"]
    bodies = [i for i, s in enumerate(segments) if s.role == "body"]
    top = next((i for i in titles if i > 0), bodies[0] if bodies else 0)
    bottom = bodies[-1] if bodies else len(segments)
    names: list[str] = []
    for segment in segments[: min(top, 8)]:
        pieces = _pieces_of(segment)
        if pieces and ">" not in segment.text and not find_dates(segment.text):
            names.append(pieces[0])
    for segment in segments[bottom:]:
        if segment.role == "body":
            continue
        text = segment.text.strip()
        for pattern in (_REGISTERED, _BEFORE_COPYRIGHT, _COPYRIGHT, _RIGHTS_FIRST):
            found = pattern.search(text)
            if found:
                name = _RIGHTS.sub("", found["name"]).strip(" .,-–—|:/")
                if 1 < len(name) < 50:
                    names.append(name)
                    break
    return [" ".join(name.split()) for name in names]


def _pieces_of(segment: Segment) -> list[str]:
    """What separators part in a line of furniture; nothing for content."""
    if segment.role not in {"navigation", "other", "footer", "byline", "related"}:
        return []
    return [piece.strip() for piece in _PIECES.split(segment.text.strip()) if piece.strip()]


def _masthead(segments: Sequence[Segment]) -> str | None:
    """A first line of two to five words with nothing beside them, furniture below: where papers print their name."""
    if len(segments) < 3 or segments[1].role in CONTENT_ROLES:
        return None
    pieces = _pieces_of(segments[0])
    return " ".join(pieces[0].split()) if len(pieces) == 1 and 2 <= len(pieces[0].split()) <= 5 else None


def _best_name(names: list[str], segments: Sequence[Segment]) -> str | None:
    """The name most like an outlet's: repeated in the furniture, with a word that outlets bear, capitalised."""
    shown = (s.text for s in segments if s.role not in CONTENT_ROLES and len(s.text) < 1000)
    furniture = " \n ".join(shown).casefold()
    masthead = _masthead(segments)
    best: tuple[float, int, str] | None = None
    for order, name in enumerate(names):
        words = name.split()
        if not 1 <= len(words) <= 6 or len(name) < 3 or opening(name) or name.endswith((".", "?", "!", ":")):
            continue
        folded = {word.casefold().strip("«»\"'’.,") for word in words}
        if folded <= set(_IN_NAMES):
            continue  # a section of the menu
        known = bool(folded & _outlet_words()) or any(word in name.casefold() for word in _IN_NAMES if folded != {word})
        shows = furniture.count(name.casefold())
        score = (2.0 if known else 0.0) + min(2, shows - 1) * 1.0 + (1.0 if name == masthead else 0.0)
        capitals = sum(word[:1].isupper() or not word[:1].isascii() for word in words)
        if capitals * 2 < len(words):
            continue
        if score > 0.5 and (best is None or (score, -order) > best[:2]):
            best = (score, -order, name)
    return best[2] if best else None


def author_of(segments: Sequence[Segment], head: Head) -> str | None:
    """The author named in the byline or the head; None where only an agency or nobody is named."""
    first_body = next((i for i, s in enumerate(segments) if s.role == "body"), 0)
    for i, segment in enumerate(segments):
        credited = segment.role in {"byline", "date"}
        for pattern in (_BY, _ROLE_NAME, _SECOND_BY) if credited else (_STAFF,) if i < first_body else ():
            found = pattern.search(segment.text)
            if found and (segment.role != "title"):
                name = found["name"].strip(" .,-–—|:/")
                cut = find_dates(name)
                name = name[: cut[0].start].strip(" .,-–—|:/") if cut else name
                if 3 <= len(name) <= 60 and any(char.isalpha() for char in name) and not _is_publisher(name):
                    return name
        dated = any(find_dates(s.text) for s in segments[max(0, i - 1) : i + 2] if s.role in {"byline", "date"})
        if credited and dated and (beside := _beside_date(segment.text)):
            return beside
    return head.authors[0] if head.authors else None


def _beside_date(text: str) -> str | None:
    """The person in a line such as 'Tue, 5 January 2016 | Nomvula Petersen'; None where no piece is a plain name."""
    pieces = [piece.strip() for piece in _PIECES.split(text) if piece.strip()]
    names = [p for p in pieces[-2:] if _PERSON.fullmatch(p) and all(w[:1].isupper() for w in p.split())]
    named = [n for n in names if not find_dates(n) and not opening(n) and not _is_publisher(n)]
    return named[0] if len(named) == 1 and len(pieces) <= 3 else None


def _is_publisher(name: str) -> bool:
    """Whether a name is an agency's or bears a word that outlets bear, so that it is no person's."""
    return name.casefold() in _agencies() or any(word.casefold() in _outlet_words() for word in name.split())


def original_source_of(segments: Sequence[Segment], outlet: str | None) -> str | None:
    """The agency or paper a text was taken from: dateline, 'avec AFP', 'Source:', a line after the text."""
    bodies = [i for i, s in enumerate(segments) if s.role == "body"]
    if not bodies:
        return None
    agencies = _agencies()
    found = _DATELINE.search(segments[bodies[0]].text[:120])
    if found and found["name"].strip().casefold() in agencies:
        return agencies[found["name"].strip().casefold()]
    for index, segment in enumerate(segments):
        short = len(segment.text) <= 120
        if segment.role not in _CREDITED or not short:
            continue
        text = segment.text.strip().strip("()[]–—- ")
        name = agencies.get(text.casefold())
        if name and index != 0:
            return name
        for pattern in (_SOURCE, _WITH, _BY):
            credit = pattern.search(text)
            if credit is None:
                continue
            said = credit["name"].strip(" .-–—")
            known = agencies.get(said.casefold())
            if known:
                return known
            after = index >= bodies[-1] or segment.role != "body"
            if pattern is not _WITH and after and _is_publisher(said) and said.casefold() != (outlet or "").casefold():
                return said
    return None
