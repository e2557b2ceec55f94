"""An HTML page to runs with roles: main content from trafilatura; roles from containers, tags, position and wording."""

from __future__ import annotations

import re
from dataclasses import dataclass

from dragoman.pages.article import Role
from dragoman.pages.date_strings import find_dates
from dragoman.pages.extraction import content_runs, ends_sentence, is_prose
from dragoman.pages.furniture import hint, hinted, opening
from dragoman.pages.markup import Element, Run, tokenise
from dragoman.pages.metadata import Head, read_head

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_PROSE_TAGS = frozenset({"p", "blockquote", "li", "div", "td", "dd", "article", "section", "main", "pre", "body", ""})
_WORD = re.compile(r"\w+")
_BYLINE = re.compile(
    r"^(?:written\s+)?by\s+\S|^par\s+[A-ZÀ-Ý]|^por\s+[A-ZÀ-Ý]|^de\s+notre\s|^(?:بقلم|كتب|كتبت|تحرير|إعداد|المصدر|الكاتب)\s*[:：]?\s*\S"
    r"|^(?:author|auteur|autor|autora|reporter|editor|source|text|texte|texto)\s*:\s*\S",
    re.I,
)
_FURNITURE: frozenset[Role] = frozenset({"navigation", "related", "share", "comments", "footer", "other"})


@dataclass(frozen=True, slots=True)
class Labelled:
    """A run with the role it was given and the reason."""

    run: Run
    role: Role
    reason: str


@dataclass(frozen=True, slots=True)
class Labelling:
    """All runs of a page with their roles, what its head declares, the title run's index, and a note on failures."""

    head: Head
    times: tuple[tuple[str, int, int], ...]
    lines: tuple[Labelled, ...]
    title: int | None
    note: str | None


def label(source: str, headlines: tuple[str, ...] = ()) -> Labelling:
    """Label every run of an HTML page. `headlines` are titles declared outside the page (feed, archive row)."""
    markup = tokenise(source)
    runs = markup.runs
    content, note = content_runs(source, markup)
    hints = _hints(runs, content)
    head = read_head(markup)
    title = _title_run(runs, (*headlines, *head.titles), content, hints)
    content = _refine(runs, content, hints, title)
    first = min((i for i in content if title is None or i > title), default=len(runs))
    last = max(content, default=-1)
    lines = tuple(
        Labelled(run, *_role(index, runs, content, hints, title, first, last)) for index, run in enumerate(runs)
    )
    return Labelling(head, tuple(markup.times), lines, title, note)


def _hints(runs: list[Run], content: set[int]) -> list[Role | None]:
    """The role that each run's containers name; a container that holds much of the content names nothing."""
    total = sum(len(runs[index].text) for index in content) or 1
    inside: dict[Element, int] = {}
    for index in content:
        element: Element | None = runs[index].element
        while element is not None:
            inside[element] = inside.get(element, 0) + len(runs[index].text)
            element = element.parent
    hints: list[Role | None] = []
    cache: dict[tuple[Element, bool], Role | None] = {}
    for index, run in enumerate(runs):
        chosen = index in content
        key = (run.element, chosen)
        if key not in cache:
            role, owner = hinted(run.element, strong_only=chosen)
            while owner is not None and inside.get(owner, 0) > 0.4 * total:
                role, owner = hinted(owner.parent, strong_only=chosen)
            cache[key] = role
        role = cache[key]
        if role is None and run.inline and len(run.text) < 160:
            role = _inline_hint(run)
        hints.append(role)
    return hints


def _inline_hint(run: Run) -> Role | None:
    """The role that the inline elements opening a short run name; furniture only where it is mostly links."""
    for tag, attributes in run.inline:
        named = hint(tag, attributes)
        if named is not None and (named.role not in _FURNITURE or run.link_chars * 2 >= len(run.text)):
            return named.role
    return None


def _key(text: str) -> str:
    return "".join(_WORD.findall(text.lower()))


def _repeats(text: str, title: str) -> bool:
    return abs(len(text) - len(title)) < 12 and _key(text) == _key(title)


def _title_run(runs: list[Run], titles: tuple[str, ...], content: set[int], hints: list[Role | None]) -> int | None:
    """The run that shows the headline: a heading that agrees with the declared titles, h1 first."""
    wanted = [key for key in map(_key, titles) if key]
    first = min((i for i in content if is_prose(runs[i])), default=min(content, default=len(runs)))
    best: tuple[float, int] | None = None
    for index, run in enumerate(runs):
        tag = run.element.tag
        parent = run.element.parent.tag if run.element.parent else ""
        heading = tag if tag in _HEADINGS else parent if parent in _HEADINGS else ""
        if len(run.text) > 500 or not (heading or index <= first + 3):
            continue
        key = _key(run.text)
        if not 3 <= len(key) <= 400:
            continue
        same = any(key == other for other in wanted)
        within = any((key in other or other in key) and min(len(key), len(other)) > 12 for other in wanted)
        score = 0.0
        if heading:
            score = 3.0 if heading == "h1" else 1.0 if heading == "h2" else 0.3
        elif not same:
            continue
        score += 3.0 if same else 2.0 if within else _overlap(run.text, titles)
        if hints[index] in _FURNITURE:
            score -= 1.5
        if index > first + 2:
            score -= 1.5
        if len(key) < 12:
            score -= 1.0
        if score >= 1.5 and (best is None or score > best[0]):
            best = (score, index)
    return best[1] if best else None


def _overlap(text: str, titles: tuple[str, ...]) -> float:
    """The share of a heading's words that the best declared title has."""
    words = set(_WORD.findall(text.lower()))
    if len(words) < 3:
        return 0.0
    return max((len(words & set(_WORD.findall(other.lower()))) / len(words) for other in titles), default=0.0) * 1.5


def _refine(runs: list[Run], content: set[int], hints: list[Role | None], title: int | None) -> set[int]:
    """Take furniture out of the content and put back prose that trafilatura dropped from the same container."""
    kept: set[int] = set()
    for index in content:
        run, role = runs[index], hints[index]
        if role in _FURNITURE:
            continue
        opens = opening(run.text)
        if opens and (len(run.text) < 120 or not ends_sentence(run.text)):
            continue
        if len(run.text) < 250 and run.link_chars > 0.8 * len(run.text) and run.element.tag not in {"p", *_HEADINGS}:
            continue
        kept.add(index)
    if sum(len(runs[i].text) for i in kept) * 5 < sum(len(runs[i].text) for i in content):
        kept = {i for i in content if hints[i] != "comments"}  # names that condemn nearly all of it mean something else
        for index in kept:
            hints[index] = None
    prose = {i for i in kept if is_prose(runs[i])} or kept
    if not prose:
        return kept
    homes = {runs[i].element.parent for i in prose if runs[i].element.tag in {"p", "blockquote", "li"}}
    homes |= {runs[i].element for i in prose if runs[i].element.tag not in {"p", "blockquote", "li"}}
    low, high = min(prose), max(prose)
    for index, run in enumerate(runs):
        if index in kept or hints[index] in _FURNITURE or index == title:
            continue
        inside = low <= index <= high
        text = run.text
        if (
            run.element.tag in _PROSE_TAGS
            and (run.element.parent in homes or run.element in homes)
            and len(text) >= 25
            and ends_sentence(text)
            and run.link_chars * 2 < len(text)
            and not opening(text)
            and text.count(" ") >= 4
            and (inside or index > (title if title is not None else low))
            and index <= high + 12
        ):
            kept.add(index)
    return kept


def _role(
    index: int, runs: list[Run], content: set[int], hints: list[Role | None], title: int | None, first: int, last: int
) -> tuple[Role, str]:
    run, role = runs[index], hints[index]
    text = run.text
    if index == title:
        return "title", "the heading that agrees with the page's declared title"
    if title is not None and index < last and _repeats(text, runs[title].text):
        return "title", "repeats the title"
    short = len(text) < 160
    near = title is None or abs(index - title) <= 12
    if short and near and index <= max(first, title if title is not None else 0) + 3 and not ends_sentence(text):
        dates = find_dates(text)
        if (
            dates
            and sum(d.end - d.start for d in dates) * 4 > len(text)
            and role not in {"navigation", "related", "footer"}
        ):
            return "date", "a short line with a full date near the title"
        if _BYLINE.search(text) or role == "byline":
            return "byline", "names the author near the title"
    if role in _FURNITURE:
        return role or "other", "its container's name"
    if index in content:
        if role == "caption" and len(text) < 600:
            return "caption", "its container's name"
        if role in {"byline", "date"} and short and not ends_sentence(text):
            return role or "other", "its container's name"
        tag = run.element.tag
        if tag in _HEADINGS or (role == "subhead" and index < first + 3):
            return "subhead", "a heading inside the content"
        return "body", "main content"
    if role == "caption" and title is not None and title < index <= last + 1 and len(text) < 600:
        return "caption", "its container's name"
    if role in {"byline", "date"} and short and near:
        return role or "other", "its container's name"
    opens = opening(text)
    if opens:
        return opens, "its opening words"
    if title is not None and title < index < first and run.link_chars * 3 < len(text):
        if role == "subhead" or (run.element.tag in _HEADINGS and len(text) > 20):
            return "subhead", "stands between title and body"
        if len(text) > 60 and run.element.tag == "p":
            return "subhead", "stands between title and body"
    if run.link_chars * 2 > len(text) and len(text) > 3:
        return ("navigation" if index < first else "related"), "links outside the content"
    if index < (title if title is not None else first):
        return "navigation", "before the title"
    if index > last:
        return ("footer" if index > len(runs) - 4 else "other"), "after the content"
    return "other", "outside the content"
