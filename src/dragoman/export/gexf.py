"""GEXF 1.2, dynamic: countries and organisations as nodes, one edge for each pair and quad class, with a spell
for each event.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from xml.sax.saxutils import quoteattr

from dragoman.export import rules
from dragoman.record.values import Event

_QUADS = {1: "verbal cooperation", 2: "material cooperation", 3: "verbal conflict", 4: "material conflict"}


def lines(events: Iterator[Event]) -> Iterator[str]:
    """The graph of what happened (occurred or ongoing). Undated events add to an edge's weight, but have no spell."""
    nodes: dict[str, list[str]] = defaultdict(list)
    edges: dict[tuple[str, str, int], list[tuple[str, str, float]]] = defaultdict(list)
    for event in events:
        if event.status not in ("occurred", "ongoing"):
            continue
        for source, target in rules.dyads(event):
            a, b = (x.country if x else "" for x in (source, target))
            for code in (a, b):
                if code:
                    nodes[code].append(event.day)
            if a and b and a != b:
                edges[a, b, event.quad_class].append((event.day, event.last_day, event.score))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n'
    yield '<gexf xmlns="http://www.gexf.net/1.2draft" version="1.2">\n'
    yield f"<meta><creator>Dragoman</creator><description>{rules.version()}</description></meta>\n"
    yield '<graph mode="dynamic" timeformat="date" defaultedgetype="directed">\n'
    yield '<attributes class="node"><attribute id="kind" title="kind" type="string"/></attributes>\n'
    yield '<attributes class="edge"><attribute id="quad" title="quad_class" type="integer"/>'
    yield '<attribute id="score" title="mean_score" type="double"/></attributes>\n<nodes>\n'
    for code in sorted(nodes):
        days = sorted(d for d in nodes[code] if d)
        spell = f" start={quoteattr(days[0])} end={quoteattr(days[-1])}" if days else ""
        kind = "organisation" if code.startswith("IGO") else "state"
        yield f"<node id={quoteattr(code)} label={quoteattr(rules.country_name(code))}{spell}>"
        yield f'<attvalues><attvalue for="kind" value="{kind}"/></attvalues></node>\n'
    yield "</nodes>\n<edges>\n"
    for number, ((a, b, quad), spells) in enumerate(sorted(edges.items())):
        mean = sum(s for _, _, s in spells) / len(spells)
        ends = f"source={quoteattr(a)} target={quoteattr(b)}"
        yield f'<edge id="{number}" {ends} weight="{len(spells)}" label="{_QUADS[quad]}">'
        yield f'<attvalues><attvalue for="quad" value="{quad}"/><attvalue for="score" value="{mean:.3f}"/></attvalues>'
        dated = sorted((d, e) for d, e, _ in spells if d)
        if dated:
            yield "<spells>" + "".join(f'<spell start="{d}" end="{e}"/>' for d, e in dated) + "</spells>"
        yield "</edge>\n"
    yield "</edges>\n</graph>\n</gexf>\n"
