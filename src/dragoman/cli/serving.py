"""A record for browsers, programs and language models: serve, mcp."""

from __future__ import annotations

from typing import Annotated

import typer

from dragoman.cli.output import fail, say
from dragoman.cli.root import RecordFile, app


@app.command()
def serve(
    record: RecordFile,
    host: Annotated[str, typer.Option(help="Address to answer on; one seen from outside needs --token.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=0, max=65535, help="Port; 0 takes a free one.")] = 8001,
    token: Annotated[str | None, typer.Option(envvar="DRAGOMAN_TOKEN", help="A secret that readers bring.")] = None,
    read_only: Annotated[bool, typer.Option("--read-only", help="Take no judgements.")] = False,
    workers: Annotated[int, typer.Option(min=1, max=64, help="Processes, where many read at once.")] = 1,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the first page in a browser.")] = False,
) -> None:
    """The record as web pages and HTTP API, on this machine, until Ctrl-C."""
    from dragoman.record import RecordError
    from dragoman.serve.running import run

    if not record.is_file():
        fail(f"there is no record {record}; make one with: dragoman ingest PATH… --record {record}")
    try:
        run(
            record, host=host, port=port, token=token, read_only=read_only, open_browser=open_browser, workers=workers,
            say=say,
        )  # fmt: skip
    except ValueError as error:
        fail(str(error))
    except (RecordError, OSError) as error:
        fail(str(error), 1)


@app.command()
def mcp(record: RecordFile) -> None:
    """The record for language models: an MCP server with read-only tools over stdin and stdout."""
    from dragoman.record import RecordError

    if not record.is_file():
        fail(f"there is no record {record}; make one with: dragoman ingest PATH… --record {record}")
    try:
        from dragoman.serve.mcp import run
    except ModuleNotFoundError as error:
        fail(f"an MCP server needs the package {error.name!r}; install it with: pip install 'dragoman[mcp]'", 1)
    try:
        run(record)
    except RecordError as error:
        fail(str(error), 1)
