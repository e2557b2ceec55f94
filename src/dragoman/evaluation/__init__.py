"""Benchmarks and gold pages, scored by one function."""

from __future__ import annotations

from pathlib import Path
from typing import Any

MEASURES = ("pages", "calibration", "plv", "extraction", "lines", "parse", "coreference", "sentences")


def evaluate(
    measure: str, path: Path, *, folder: Path | None = None, train: Path | None = None, jobs: int | None = None
) -> dict[str, Any]:
    """Run one measure on a gold file or folder.

    Raises ValueError for an unknown measure or a missing option, FileNotFoundError where there is nothing at `path`.
    """
    if not path.exists():
        raise FileNotFoundError(f"{path}: no such file or folder")
    if measure in ("pages", "calibration"):
        from dragoman.evaluation.calibration import evaluate_calibration
        from dragoman.evaluation.pages import evaluate_pages

        if folder is None:
            raise ValueError(f"`evaluate {measure} GOLD` needs --dir, the folder of the pages")
        return (evaluate_pages if measure == "pages" else evaluate_calibration)(path, folder, jobs)
    if measure == "plv":
        from dragoman.evaluation.plv import evaluate_plv

        return evaluate_plv(path, train)
    if measure == "extraction":
        from dragoman.evaluation.extraction import evaluate_extraction

        return evaluate_extraction(path)
    if measure == "lines":
        from dragoman.evaluation.lines import evaluate_lines

        return evaluate_lines(path)
    if measure == "parse":
        from dragoman.evaluation.parse import score_parse

        return score_parse(path)
    if measure == "coreference":
        from dragoman.evaluation.coreference import evaluate_coreference

        return evaluate_coreference(path)
    if measure == "sentences":
        from dragoman.evaluation.sentences import evaluate_sentences

        return evaluate_sentences(path, path.name)
    raise ValueError(f"no measure {measure!r}; there are: {', '.join(MEASURES)}")
