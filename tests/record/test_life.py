"""A record's life in random order: pages come, come again coded otherwise, people judge and take back; it stays
sound.
"""

from __future__ import annotations

import random
import sys
from dataclasses import replace
from pathlib import Path

import pytest

from dragoman.coding.reading import Reading
from dragoman.record import Record
from dragoman.record.account import accounts
from dragoman.record.merge import merge_accounts

sys.path.insert(0, str(Path(__file__).parent))
from builder import reading

PARTIES = ("MAR", "USA", "FRA")
TYPES = ("CONSULT", "SUPPORT", "AGREE", "SANCTION")


def random_page(pick: random.Random, number: int) -> Reading:
    """A page of one to four events among three countries in one week."""
    lines, events = [], []
    for i in range(pick.randrange(1, 5)):
        a, b = pick.sample(PARTIES, 2)
        kind = pick.choice(TYPES)
        words = f"{a} and {b} item {i} of {pick.choice(['gas', 'fish', 'visa'])}"
        lines.append(f"{words} on page {number}.")
        more = {
            "date": pick.choice([None, "2021-05", "2021-05-03", "2021-05-04", "2021-05-06"]),
            "symmetric": pick.random() < 0.5,
        }
        events.append((words, kind, [a], [b], more))
    return reading(f"Page {number}", "\n".join(lines), events, outlet=f"Outlet {number}")


def partition(record: Record) -> set[frozenset[str]]:
    return {frozenset(m.key for m in e.mentions) for e in record.iter_events(wrong=True)}


@pytest.mark.parametrize("seed", range(6))
def test_random_life(tmp_path: Path, seed: int) -> None:
    pick = random.Random(seed)
    pages = [random_page(pick, i) for i in range(10)]
    current: dict[str, Reading] = {}
    judgements: list[int] = []
    with Record(tmp_path / "r.db") as record:
        for _ in range(40):
            action = pick.random()
            events = list(record.events(limit=None, wrong=True))
            if action < 0.5 or len(events) < 3:
                page = pick.choice(pages)
                if pick.random() < 0.5:
                    page = replace(page, events=tuple(e for e in page.events if pick.random() < 0.7))
                current[page.article.page.sha256] = page
                record.add(page, again=True)
            elif action < 0.7:
                one, two = pick.sample(events, 2)
                judgements.append(record.judge_same(one.id, two.id, by="A", verdict="same"))
            elif action < 0.8:
                keys = pick.choice(events).mentions
                if len(keys) > 1:
                    number = record.judge_same(keys[0].key, keys[1].key, by="A", verdict="different")
                    judgements.append(number)
            elif action < 0.9 and judgements:
                record.undo(judgements.pop(pick.randrange(len(judgements))), by="B")
            else:
                record.judge(pick.choice(events).id, pick.choice(["right", "wrong"]), by="A")
            assert record.doctor() == []
        before = partition(record)
        known = {e.id for e in record.iter_events(wrong=True)}
        assert all(target in known for target in record.redirects().values())
        record.rebuild()
        assert partition(record) == before
        assert record.doctor() == []
        for judgement in list(record.judgements()):
            record.undo(judgement.id, by="B")
        alone = {frozenset(c.members) for c in merge_accounts([a for a, _, _ in accounts(current.values())])}
        assert partition(record) == alone
        assert record.doctor() == []
