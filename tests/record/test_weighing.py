"""Many pairs at once: the pairs that the stored blocks would find, with the scores that one pair alone gets."""

from __future__ import annotations

import sys
from itertools import combinations, product
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dragoman.record.account import Account, accounts
from dragoman.record.affinity import affinity
from dragoman.record.blocks import blocks, probes, window
from dragoman.record.columns import Columns
from dragoman.record.likeness import THRESHOLD, alike
from dragoman.record.linking import lead, leading, profile
from dragoman.record.neighbourhood import Neighbourhood
from dragoman.record.weighing import weigh

sys.path.insert(0, str(Path(__file__).parent))
sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))
from builder import DAY, person, told
from world import World

_PARTIES = st.frozensets(st.sampled_from(["MAR", "USA", "FRA", "EGY"]), max_size=3)
_WORDS = st.frozensets(st.sampled_from(["rabat", "talks", "libya", "gas", "grain", "border"]), max_size=5)


_PERSON = st.sampled_from([("nasser bourita", "MAR"), ("naser burita", "MAR"), ("antony blinken", "USA")])


@st.composite
def _account(draw: st.DrawFn) -> dict[str, Any]:
    """The features of an account, few values of each so that many pairs agree."""
    first = draw(st.sampled_from([None, 0, 0, 0, 1, 2, 3, 30, 400]))
    length = draw(st.sampled_from([0, 0, 0, 3, 29, 31, 364]))
    published = draw(st.sampled_from([None, 0, 3, 3, 12, 40, 500]))
    kind = draw(st.sampled_from(["CONSULT", "CONSULT", "SUPPORT", "AGREE", "SANCTION", "COERCE", "ACCUSE"]))
    return {
        "event_type": kind,
        "mode": draw(st.sampled_from([None, None, "visit", "phone", "multilateral"])),
        "cameo": draw(st.sampled_from(["040", "042", "057", "050", "163"])),
        "status": draw(st.sampled_from(["occurred", "planned", "cancelled", "ongoing"])),
        "symmetric": draw(st.booleans()),
        "sources": draw(_PARTIES),
        "targets": draw(_PARTIES),
        "sectors": draw(st.frozensets(st.sampled_from(["MAR:GOV", "USA:GOV"]), max_size=2)),
        "people": tuple(person(*draw(_PERSON)) for _ in range(draw(st.integers(0, 2)))),
        "offices": draw(st.frozensets(st.sampled_from(["MAR minister", "USA secretary"]), max_size=1)),
        "first": None if first is None else DAY + first,
        "last": None if first is None else DAY + first + length,
        "published": None if published is None else DAY + published,
        "place": draw(st.sampled_from(["", "rabat", "paris"])),
        "country": draw(st.sampled_from(["", "MAR", "FRA"])),
        "issue": draw(st.frozensets(st.sampled_from(["gas", "sahara"]), max_size=1)),
        "words": draw(_WORDS),
        "context": draw(_WORDS),
        "agreements": draw(st.frozensets(st.sampled_from(["AGR.A", "AGR.B"]), max_size=2)),
        "said": draw(st.frozensets(st.just("a great day for peace"))),
        "numbers": draw(st.frozensets(st.sampled_from(["12", "40"]), max_size=1)),
        "language": draw(st.sampled_from(["en", "en", "fr"])),
        "story": draw(st.frozensets(st.sampled_from(["MAR-USA", "Q1", "Q2", "rabat", "Q3"]))),
        "assumed": first is not None and not length and draw(st.booleans()),
        "page": draw(st.sampled_from(["p", "q", "r", "s", "t"])),
    }


def _accounts(items: list[dict[str, Any]]) -> list[Account]:
    return [told(f"k{i:02d}", **item) for i, item in enumerate(items)]


def _weighed(found: list[Account], least: float) -> dict[tuple[str, str], float]:
    columns = Columns.of(found)
    a, b = np.triu_indices(len(columns), 1)
    kept, scores = weigh(columns, a, b, least)
    keys = [x.key for x in columns.accounts]
    rows = zip(a[kept].tolist(), b[kept].tolist(), scores.tolist(), strict=True)
    return {(min(keys[i], keys[j]), max(keys[i], keys[j])): score for i, j, score in rows}


def _alone(found: list[Account], least: float) -> dict[tuple[str, str], float]:
    pairs = combinations(sorted(found, key=lambda a: a.key), 2)
    return {(a.key, b.key): score for a, b in pairs if (score := alike(a, b, least)) is not None}


@given(st.lists(_account(), max_size=10), st.sampled_from([-20.0, 2.0, THRESHOLD, 6.0]))
@settings(max_examples=100, deadline=None)
def test_a_pair_among_many_has_the_score_it_has_alone(items: list[dict[str, Any]], least: float) -> None:
    found = _accounts(items)
    assert _weighed(found, least) == _alone(found, least)


@pytest.mark.parametrize("seed", range(2))
def test_a_pair_among_many_has_the_score_it_has_alone_in_the_news(seed: int) -> None:
    found = [a for a, _, _ in accounts(World(seed).readings(250))]
    assert _weighed(found, 2.0) == _alone(found, 2.0) != {}


def _meet(a: Account, b: Account) -> bool:
    """True when `a` would find `b` in the blocks, as they are stored."""
    first, last = window(a)
    here = {(p[0], p[1], reach) for p in probes(a) for reach in p[2]}
    touching = (o for o in blocks(b) if o.first <= last + 1 and first <= o.last + 1)
    return any((o.a, o.b, o.reach) in here for o in touching) and affinity(a.event_type, b.event_type) > 0


@given(st.lists(_account(), max_size=10), st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_those_meet_who_find_each_other_in_the_blocks(items: list[dict[str, Any]], pick: Any) -> None:
    columns = Columns.of(_accounts(items))
    ours = sorted(pick.sample(range(len(items)), len(items) // 2))
    others = [i for i in range(len(items)) if i not in ours]
    around = Neighbourhood(columns)
    told_of = columns.accounts
    for found, wanted in (
        (around.within(np.array(ours, dtype=np.int64)), combinations(ours, 2)),
        (around.between(np.array(ours, dtype=np.int64), np.array(others, dtype=np.int64)), product(ours, others)),
    ):
        allowed = set(wanted)
        pairs = [pair for a, b in found for pair in zip(a.tolist(), b.tolist(), strict=True)]
        met = sorted((i, j) if (i, j) in allowed else (j, i) for i, j in pairs)
        assert met == sorted((i, j) for i, j in allowed if _meet(told_of[i], told_of[j]))
        assert all(_meet(told_of[j], told_of[i]) for i, j in pairs)


@given(st.lists(_account(), max_size=8), st.integers(2, 4))
@settings(max_examples=60, deadline=None)
def test_the_leaders_of_all_profiles_are_those_of_each(items: list[dict[str, Any]], copies: int) -> None:
    alike_ = [
        item | {"page": f"p{k}", "words": item["words"] | {f"w{k}", f"v{k}"}} for item in items for k in range(copies)
    ]
    columns = Columns.of(_accounts(alike_))
    leaders, following = leading(columns)
    profiles: dict[object, list[Account]] = {}
    for a in columns.accounts:
        profiles.setdefault(profile(a), []).append(a)
    each = [lead(sorted(members, key=lambda a: a.key)) for members in profiles.values()]
    assert {columns.accounts[i].key for i in leaders} == {a.key for first, _ in each for a in first}
    assert set(following.links(columns)) == {link for _, links in each for link in links}
