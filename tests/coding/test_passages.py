"""Which clauses are worth parsing: names in passing make no event, and cost no time."""

from pathlib import Path

import dragoman
from dragoman.coding.reading import Reading

PASSING = "\n\n".join(
    [
        "<p>Choose a mover early. Prices rise in the summer and most firms are booked weeks ahead by families.</p>"
        "<p>Wrap plates in paper. Label every box with the room it belongs to and keep a list of them.</p>"
    ]
    * 6
)


def code(path: Path, middle: str) -> Reading:
    html = f"<html><body><article><h1>How to move house</h1>{PASSING}<p>{middle}</p>{PASSING}</article></body></html>"
    (path / "page.html").write_text(html)
    return dragoman.code(path / "page.html")


def test_a_lone_name_in_a_page_about_something_else_is_no_actor(tmp_path: Path) -> None:
    reading = code(tmp_path, "Some companies in the United States offer help with packing.")
    assert reading.events == ()


def test_a_sentence_of_two_states_is_coded_wherever_it_stands(tmp_path: Path) -> None:
    reading = code(tmp_path, "France and Germany signed an agreement on Monday in Paris.")
    assert [e.event_type for e in reading.events] == ["SUPPORT"]
