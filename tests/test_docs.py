"""The documents keep their word: every command in them runs, and what they show is what it prints."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from documents import load_refresh

refresh = load_refresh()
ROOT = refresh.ROOT
PAGES = [*refresh.documents(), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"]
LINK = re.compile(r"\]\(([^)#\s]+)[^)]*\)|<img[^>]* src=\"([^\"]+)\"")


@pytest.mark.parametrize("path", refresh.documents(), ids=lambda p: p.name)
def test_every_command_prints_what_the_document_shows(path: Path, samples: Path) -> None:
    text = path.read_text(encoding="utf-8")
    with refresh.workplace(samples) as run:
        new = refresh.refreshed(text, run, refresh.best_told(samples / "samples.db"))
    assert new == text, f"{path.name} is out of date; run: python docs/refresh.py"


@pytest.mark.parametrize("path", PAGES, ids=lambda p: p.name)
def test_links_inside_the_repository_lead_somewhere(path: Path) -> None:
    for target in (a or b for a, b in LINK.findall(path.read_text(encoding="utf-8"))):
        if not target.startswith(("http:", "https:", "mailto:")):
            assert (path.parent / target).exists(), f"{path.name} links to {target}, which does not exist"


def test_every_command_and_option_is_documented() -> None:
    from typer.main import get_command

    from dragoman.cli.app import app

    text = (ROOT / "docs" / "commands.md").read_text(encoding="utf-8")
    for name, command in get_command(app).commands.items():  # type: ignore[attr-defined]
        assert f"dragoman {name}" in text, f"docs/commands.md does not show `dragoman {name}`"
        for parameter in command.params:
            for option in parameter.opts:
                if option.startswith("--") and option != "--help":
                    assert option in text, f"docs/commands.md does not name {option} of `dragoman {name}`"


def test_every_field_of_the_output_is_documented(samples: Path) -> None:
    import dragoman
    from dragoman.shapes import reading_dict

    text = (ROOT / "docs" / "output.md").read_text(encoding="utf-8")
    shape = reading_dict(dragoman.code(samples / "pages" / "en-5-grain.html"))
    named = set(shape) | {key for part in ("events", "quotes", "segments") for row in shape[part] for key in row}
    named |= {key for event in shape["events"] for key in event["date"]}
    named |= {
        key for event in shape["events"] for side in ("sources", "targets") for actor in event[side] for key in actor
    }
    assert not {key for key in named if f"`{key}`" not in text}


def test_every_dependency_has_its_reason() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    wanted = [*project["dependencies"], *(d for extra in project["optional-dependencies"].values() for d in extra)]
    text = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8")
    for requirement in wanted:
        name = re.split(r"[<>=!\[ ]", requirement)[0]
        assert f"`{name}`" in text, f"docs/dependencies.md gives no reason for {name}"


def test_the_python_example_of_the_readme_runs(samples: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    examples = re.findall(r"^```python\n(.*?)^```$", text, re.M | re.S)
    assert examples
    monkeypatch.chdir(samples)
    for example in examples:
        exec(compile(example, "README.md", "exec"), {})
