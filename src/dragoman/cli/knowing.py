"""What the package knows: the codebook and who held which office."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dragoman.cli.output import chosen, fail, print_rows, say
from dragoman.cli.root import Output, a_date, app

if TYPE_CHECKING:
    pass

codebook_app = typer.Typer(help="The event types, modes, CAMEO codes and frames.", no_args_is_help=True)
app.add_typer(codebook_app, name="codebook")


@codebook_app.command("check")
def codebook_check(folder: Annotated[Path | None, typer.Argument(help="Your own codebook folder.")] = None) -> None:
    """Check every file: unknown types, modes, codes, places, flags; duplicates. Exits with 1 if something is wrong."""
    from dragoman.codebook import load
    from dragoman.codebook.check import check

    try:
        problems = check(load(folder))
    except FileNotFoundError as error:
        fail(str(error))
    except ValueError as error:
        fail(str(error), 1)
    for problem in problems:
        typer.echo(str(problem))
    if problems:
        raise typer.Exit(1)
    say("dragoman: the codebook is sound.")


@codebook_app.command("list")
def codebook_list(format: Output = None) -> None:
    """Event types and modes with quad class, score and CAMEO code."""
    from dragoman.codebook import load

    book = load()
    rows = [
        {
            "type": m.type,
            "mode": None if m.name == "-" else m.name,
            "quad_class": book.quad(m.type),
            "score": m.score,
            "cameo": m.cameo,
            "goldstein": book.goldstein(m.cameo),
            "definition": m.definition,
        }
        for m in book.modes.values()
    ]
    print_rows(rows, ("type", "mode", "quad_class", "score", "cameo", "goldstein", "definition"), chosen(format))


@codebook_app.command("show")
def codebook_show(
    word: Annotated[str, typer.Argument(help="An event type (SANCTION) or a predicate (recall).")],
    language: Annotated[str, typer.Option(help="Language of the frames.")] = "en",
    format: Output = None,
) -> None:
    """The frames of a type or a predicate."""
    from dragoman.codebook import load

    frames = [f for f in load().frames(language) if word == f.type or word in f.predicate]
    rows = [
        {
            "predicate": "_".join(f.predicate) + "." + f.pos,
            "type": f.type,
            "mode": f.mode,
            "source": ",".join(f.sources),
            "target": ",".join(f.targets),
            "flags": ";".join(sorted(f.flags)),
            "file": f"{f.file}:{f.line}",
        }
        for f in sorted(frames, key=lambda f: (f.type, f.predicate))
    ]
    if not rows:
        fail(f"no {language} frame has the type or predicate {word!r}", 1)
    print_rows(rows, tuple(rows[0]), chosen(format))


@app.command()
def offices(
    country: Annotated[str, typer.Argument(help="ISO3 code or organisation id.")],
    on: Annotated[
        str | None, typer.Option("--on", callback=a_date, help="A date, YYYY[-MM[-DD]]; default: all.")
    ] = None,
    office: Annotated[str | None, typer.Option(help="Only this office.")] = None,
    format: Output = None,
) -> None:
    """Who held which office of a country, on a date."""
    from dragoman.actors import registry
    from dragoman.actors.tables import DATA, read_rows

    known = registry()
    rows: list[dict[str, Any]] = []
    for key, *_ in sorted(read_rows(DATA / "offices.tsv", "offices"), key=lambda r: (int(r[3] or 9), r[0])):
        if office and key != office:
            continue
        for holding in known.holders(country, key, on):
            person = known.person(holding.person)
            rows.append(
                {
                    "office": key,
                    "name": person.name if person else holding.person,
                    "title": holding.title or known.office_title(country, key),
                    "start": holding.start,
                    "end": holding.end,
                    "source": holding.source,
                    "confidence": holding.confidence,
                }
            )
    if not rows:
        fail(f"nothing is known of offices of {country!r}" + (f" on {on}" if on else ""), 1)
    print_rows(rows, tuple(rows[0]), chosen(format))
