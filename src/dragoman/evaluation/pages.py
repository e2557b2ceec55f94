"""Whole pages against gold annotations: events, dates, status, places, people, quotations, body lines, links.

A prediction is right when its span overlaps the gold span or a further mention, its type is the gold type or an
alternative, and the sources share a country; pairing is one to one, strongest first.
"""

from __future__ import annotations

import itertools
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

Event = dict[str, Any]
Span = tuple[int, int]

ORGANISATIONS = {
    "UN": "UNO",
    "UNSC": "UNO",
    "EU": "EUR",
    "EEC": "EUR",
    "LAS": "ARB",
    "AL": "ARB",
    "AU": "AFU",
    "NATO": "NAT",
    "ECOWAS": "WAS",
    "CEDEAO": "WAS",
    "IAEA": "IAE",
    "OSCE": "OSC",
    "WHO": "WHO",
}


def iso(code: str | None) -> str:
    """Country or organisation of an actor code: 'MAR:GOV' -> MAR; 'IGOUNO', 'UNO' and 'UN' -> UNO."""
    code = (code or "").split(":")[0].upper()
    if code.startswith("IGO") and len(code) > 3:
        code = code[3:6]
    return ORGANISATIONS.get(code, code[:3] if len(code) == 6 else code)


def names(text: str | None) -> set[str]:
    """Latin tokens of a name, without accents, three letters or more."""
    flat = unicodedata.normalize("NFKD", text or "").encode("ascii", "ignore").decode().lower()
    return set(re.findall(r"\w{3,}", flat))


def side(actors: list[dict[str, Any]] | None) -> set[str]:
    """Set of known countries and organisations on one side of an event."""
    return {iso(a.get("code")) for a in actors or [] if iso(a.get("code")) not in ("", "---")}


def overlap(a: Span, b: Span) -> int:
    return max(0, min(a[1], b[1]) - max(a[0], b[0]))


def date_ok(gold: Event, date: str | None) -> bool:
    """Right if equal to the gold date or an accepted one, or inside an accepted range."""
    accepted = [gold["date"]["iso"], *gold["date"].get("also_accept", [])]
    if date in accepted:
        return True
    for value in accepted:
        if value and date and ".." in value:
            low, high = value.split("..")
            if low <= date[: len(low)] <= high:
                return True
    return False


def match_strength(gold: Event, pred: Event) -> float:
    """0 when the two cannot be the same event, else a strength used for greedy pairing."""
    spans = [(gold["start"], gold["end"])] + [(m["start"], m["end"]) for m in gold.get("more_mentions", [])]
    span = (pred["start"], pred["end"])
    shared = max(overlap(s, span) for s in spans)
    if shared == 0:
        return 0
    kind = pred["event_type"]
    type_score = 1.0 if kind == gold["event_type"] else 0.8 if kind in gold["alt_types"] else 0
    if not type_score:
        return 0

    gold_src, gold_tgt = side(gold["sources"]), side(gold["targets"])
    pred_src, pred_tgt = side(pred.get("sources")), side(pred.get("targets"))
    if gold["symmetric"]:  # who is source and who is target does not matter
        gold_src = gold_tgt = gold_src | gold_tgt
        pred_src = pred_tgt = pred_src | pred_tgt

    def jaccard(g: set[str], p: set[str]) -> float:
        if not g:
            return 1
        return len(g & p) / len(g | p) if g | p else 0

    if gold_src and not gold_src & pred_src:
        return 0
    union = max(span[1], spans[0][1]) - min(span[0], spans[0][0])
    iou = overlap(spans[0], span) / union if union else 0
    pred_names = [names(a.get("name")) for a in (pred.get("sources") or []) + (pred.get("targets") or [])]
    gold_names = [names(a["name"]) for a in gold["sources"] + gold["targets"] if a["name"]]
    found = sum(any(g & p for p in pred_names) for g in gold_names) / len(gold_names) if gold_names else 0
    return (
        10 * type_score
        + 3 * jaccard(gold_src, pred_src)
        + 2 * jaccard(gold_tgt, pred_tgt)
        + 3 * iou
        + found
        + min(1, shared / 50)
    )


def swapped(gold: Event, pred: Event) -> bool:
    """True when a prediction has the event but takes its target for its source."""
    if gold["symmetric"] or not side(gold["targets"]) or side(gold["sources"]) & side(gold["targets"]):
        return False
    return (
        overlap((gold["start"], gold["end"]), (pred["start"], pred["end"])) > 0
        and pred["event_type"] in [gold["event_type"], *gold["alt_types"]]
        and bool(side(pred.get("sources")) & side(gold["targets"]))
        and bool(side(pred.get("targets")) & side(gold["sources"]))
    )


def pair_up(gold_events: list[Event], pred_events: list[Event]) -> tuple[dict[int, int], dict[int, int]]:
    """Greedy one-to-one pairing, strongest first; core events go before optional ones."""
    pairs = sorted(
        (
            (match_strength(e, x), -(e["confidence"] == "core"), i, j)
            for i, e in enumerate(gold_events)
            for j, x in enumerate(pred_events)
        ),
        key=lambda t: (-t[0], t[1]),
    )
    by_gold: dict[int, int] = {}
    by_pred: dict[int, int] = {}
    for strength, _, i, j in pairs:
        if strength > 0 and i not in by_gold and j not in by_pred:
            by_gold[i], by_pred[j] = j, i
    return by_gold, by_pred


def score_page(gold: Event, pred: Event, count: Counter[str]) -> None:
    """Title, outlet, language, date and body lines of one page."""
    count["files"] += 1
    count["lang_ok"] += pred.get("language") == gold["language"]
    count["title_ok"] += (pred.get("title") or None) == gold["title"]
    count["outlet_ok"] += (pred.get("outlet") or "").lower() == (gold["outlet"] or "").lower()
    count["pub_ok"] += pred.get("pub_date") == gold["pub_date"]
    if pred.get("body_lines") is not None:
        body = set(gold["body_lines"])
        body_or_subhead = body | set(gold.get("subhead_lines", []))
        lines = set(pred["body_lines"])
        count["btp"] += len(body_or_subhead & lines)
        count["bfp"] += len(lines - body_or_subhead - set(gold["title_lines"]))
        count["bfn"] += len(body - lines)


def score_events(
    gold: Event,
    pred: Event,
    text: str,
    count: Counter[str],
    link: dict[str, str | None],
    by_language: dict[str, Counter[str]],
) -> None:
    """Events of one page; fills link with the predicted cluster of every gold event found."""
    content = set(
        gold["body_lines"] + gold["title_lines"] + gold.get("subhead_lines", []) + gold.get("caption_lines", [])
    )
    gold_events, pred_events = gold["events"], pred.get("events", [])
    by_gold, by_pred = pair_up(gold_events, pred_events)
    count["pred"] += len(pred_events)
    count["pred_ok"] += len(by_pred)
    # an event drawn from furniture (menus, related headlines, comments) is always wrong
    count["trap"] += sum(text.count("\n", 0, x["start"]) + 1 not in content for x in pred_events)
    lang = by_language.setdefault(gold["language"], Counter())
    count["swapped"] += sum(swapped(e, x) for j, x in enumerate(pred_events) if j not in by_pred for e in gold_events)
    lang["pred"] += len(pred_events)
    lang["pred_ok"] += len(by_pred)

    for i, e in enumerate(gold_events):
        core = e["confidence"] == "core"
        level = "core" if core else "opt"
        count[level] += 1
        lang["core"] += core
        if i not in by_gold:
            if e["status"] in ("negated", "hypothetical"):  # these need not be output
                count[level] -= 1
                lang["core"] -= core
            continue
        x = pred_events[by_gold[i]]
        count[level + "_hit"] += 1
        lang["core_hit"] += core
        link[e["id"]] = x.get("cluster")
        count["date"] += 1
        count["date_ok"] += date_ok(e, x.get("date"))
        count["status"] += 1
        count["status_ok"] += x.get("status", "occurred") == e["status"] or {x.get("status"), e["status"]} == {
            "occurred",
            "ongoing",
        }
        if e["location"] and e["location"]["country"]:
            count["loc"] += 1
            count["loc_ok"] += (x.get("location") or {}).get("country") == e["location"]["country"]
        if not e["symmetric"] and side(e["targets"]):
            count["tgt"] += 1
            count["tgt_ok"] += bool(side(e["targets"]) & side(x.get("targets")))
        pred_names = [names(a.get("name")) for a in (x.get("sources") or []) + (x.get("targets") or [])]
        for a in e["sources"] + e["targets"]:
            if a["name"]:
                count["pers"] += 1
                count["pers_ok"] += any(names(a["name"]) & n for n in pred_names)


def score_quotes(gold: Event, pred: Event, count: Counter[str]) -> None:
    """Direct quotes only: found when more than 80% of the span is covered."""
    for q in gold["quotes"]:
        if q["kind"] != "direct":
            continue
        count["q"] += 1
        hits = [
            x
            for x in pred.get("quotes", [])
            if overlap((q["start"], q["end"]), (x["start"], x["end"])) > 0.8 * (q["end"] - q["start"])
        ]
        if hits:
            count["q_hit"] += 1
            speaker = hits[0].get("speaker") or {}
            if q["speaker"]["name"]:
                count["q_ok"] += bool(names(q["speaker"]["name"]) & names(speaker.get("name")))
            else:
                count["q_ok"] += iso(speaker.get("code")) == iso(q["speaker"]["code"])


def score_links(cross_file: Event, link: dict[str, str | None]) -> dict[str, int]:
    """Cross-file links: pairs of one event in two pages, and pairs that must stay apart."""

    def same(a: str, b: str) -> bool:
        return link.get(a) is not None and link.get(a) == link.get(b)

    pairs = [
        p
        for group in cross_file.get("same_event", [])
        for p in itertools.combinations([x for x in group if re.match(r"^\d+-E\d+$", x)], 2)
    ]
    apart = cross_file.get("must_not_merge", [])
    return {
        "pairs": len(pairs),
        "found": sum(same(a, b) for a, b in pairs),
        "wrong_merges": sum(same(a, b) for a, b, *_ in apart),
        "must_not": len(apart),
    }


def ratio(a: float, b: float) -> float | None:
    return round(a / b, 3) if b else None


def score(gold: Mapping[str, Any], predicted: Iterable[Mapping[str, Any]], texts: Mapping[str, str]) -> dict[str, Any]:
    """The numbers of a prediction against gold; `predicted` are the dictionaries of `dragoman code --merge`.

    `texts` holds the decoded page of every gold file by file name.
    """
    pred = {}
    for page in predicted:
        shape = dict(page, pub_date=page.get("published"))
        shape["events"] = [
            dict(e, date=(e.get("date") or {}).get("iso"), cluster=e.get("event")) for e in page["events"]
        ]
        pred[Path(str(page["file"])).name] = shape
    count: Counter[str] = Counter()
    link: dict[str, str | None] = {}
    by_language: dict[str, Counter[str]] = {}
    for g in gold["files"]:
        p = pred.get(g["file"], {"events": []})
        score_page(g, p, count)
        score_events(g, p, texts[g["file"]], count, link, by_language)
        score_quotes(g, p, count)

    def r(a: str, b: str) -> float | None:
        return ratio(count[a], count[b])

    precision, recall = r("pred_ok", "pred") or 0, r("core_hit", "core") or 0
    f1 = round(2 * precision * recall / (precision + recall), 3) if precision + recall else 0
    body = count["btp"]
    return {
        "events": {
            "core_recall": recall,
            "precision": precision,
            "F1": f1,
            "optional_found": r("opt_hit", "opt"),
            "from_boilerplate": count["trap"],
            "swapped_sides": count["swapped"],
        },
        "on_matched": {
            "date": r("date_ok", "date"),
            "status": r("status_ok", "status"),
            "country_of_location": r("loc_ok", "loc"),
            "target": r("tgt_ok", "tgt"),
            "persons": r("pers_ok", "pers"),
        },
        "quotes": {"found": r("q_hit", "q"), "right_speaker": r("q_ok", "q")},
        "page": {
            "pub_date": r("pub_ok", "files"),
            "language": r("lang_ok", "files"),
            "title": r("title_ok", "files"),
            "outlet": r("outlet_ok", "files"),
            "body_P": ratio(body, body + count["bfp"]) if body else None,
            "body_R": ratio(body, body + count["bfn"]) if body else None,
        },
        "by_language": {
            k: {"core_recall": ratio(v["core_hit"], v["core"]), "precision": ratio(v["pred_ok"], v["pred"])}
            for k, v in by_language.items()
        },
        "links": score_links(gold.get("cross_file", {}), link),
    }


def read_gold(path: Path) -> dict[str, Any]:
    """The gold file of pages at `path`. Raises ValueError where it has another shape."""
    try:
        gold: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        for page in gold["files"]:
            str(page["file"])
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise ValueError(f"{path}: not a gold file of pages ({error})") from error
    return gold


def coded_pages(
    gold: Mapping[str, Any], gold_path: Path, folder: Path, jobs: int | None = None
) -> list[dict[str, Any]]:
    """The pages of `folder` that `gold` names, coded and merged, in the shape of `dragoman code --merge`.

    Raises FileNotFoundError naming a page that is missing.
    """
    import dragoman
    from dragoman.pages import Failure
    from dragoman.record import merge
    from dragoman.shapes import reading_dict

    names = [str(g["file"]) for g in gold["files"]]
    for name in names:
        if not (folder / name).is_file():
            raise FileNotFoundError(f"{folder / name}: named in {gold_path.name}, but there is no such page")
    readings = [r for r in dragoman.code_pages([folder / n for n in names], jobs=jobs) if not isinstance(r, Failure)]
    event_of = merge(readings).event_of
    rows = []
    for reading in readings:
        row = reading_dict(reading)
        for event in row["events"]:
            event["event"] = event_of(row["sha256"], event["id"])
        rows.append(row)
    return rows


def evaluate_pages(gold_path: Path, folder: Path, jobs: int | None = None) -> dict[str, Any]:
    """Code and merge the pages of `folder` that the gold file names, and score them.

    Raises FileNotFoundError naming a page that is missing, ValueError for a gold file of another shape.
    """
    gold = read_gold(gold_path)
    rows = coded_pages(gold, gold_path, folder, jobs)
    texts = {g["file"]: (folder / g["file"]).read_bytes().decode("utf-8") for g in gold["files"]}
    return score(gold, rows, texts)
