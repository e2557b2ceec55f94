"""Quality may rise, not fall unnoticed: every number against its floor, every corpus against its digest."""

from __future__ import annotations

import pytest
from measures import CORPORA, Corpus, floors, measured


@pytest.mark.parametrize("corpus", CORPORA, ids=[c.name for c in CORPORA])
def test_no_number_falls_below_its_floor(corpus: Corpus) -> None:
    if not corpus.present:
        pytest.skip(f"{corpus.place} is not there: the gate's corpora stand in shared/, beside the repository")
    pinned = floors().get(corpus.name)
    if pinned is None:
        pytest.skip(f"no floors are pinned for {corpus.name}; pin them with: python tests/gate/raise_floors.py")
    assert corpus.digest() == pinned["sha256"], (
        f"the files of {corpus.place} changed; look why, then pin new floors: "
        f"python tests/gate/raise_floors.py --changed {corpus.name}"
    )
    numbers = measured(corpus.name)
    fallen = [
        f"{name}: {numbers.get(name, 0)} < {floor}"
        for name, floor in pinned["floors"].items()
        if numbers.get(name, 0) < floor
    ]
    assert not fallen, f"{corpus.name} fell: {'; '.join(fallen)}"
