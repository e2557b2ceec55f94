"""What "the kingdom", "the bloc", "the North" may stand for is known to the registry."""

from importlib import resources

from dragoman.actors import registry


def test_epithets_stand_for_known_states_and_organisations() -> None:
    known = registry()
    unknown = []
    for folder in resources.files("dragoman.language").iterdir():
        table = folder.joinpath("epithets.tsv")
        if not folder.is_dir() or not table.is_file():
            continue
        rows = [line.split("\t") for line in table.read_text("utf-8").splitlines() if line and line[0] != "#"]
        ids = [id for _, actors in rows[1:] for id in actors.split("|")]
        assert ids
        unknown += [id for id in ids if known.state(id) is None and known.organisation(id) is None]
    assert unknown == []
