"""The OpenAPI document: what FastAPI makes of the routes, with problem+json, NDJSON, caching and examples said too."""

from __future__ import annotations

import json
from importlib import resources
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from dragoman.serve.api.answers import Problem
from dragoman.serve.api.asking import Listed

DESCRIPTION = """\
Who did what to whom, when, where, and whether it happened, each with the exact words.

Lists give a part at a time: follow `next`. `Accept: application/x-ndjson` gives all of it, one object a line. Every
answer has an `ETag`; send it back as `If-None-Match` and what has not changed is 304. Errors are problem+json
(RFC 9457). All offsets are code points of the decoded page.
"""
_PROBLEM = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
_SAID = {
    "404": "There is no such thing in the record.",
    "400": "What was sent cannot be read.",
    "413": "The page is too large.",
    "414": "The address is too long.",
    "422": "The question cannot be asked; `errors` says which part and why.",
    "504": "The page took too long.",
    "503": "Too much at once, or the record is busy: try again later.",
}
_HEADERS = {
    "ETag": "Changes when the answer may.",
    "X-Dragoman-Version": "The state of the record that was asked.",
    "Link": "The address of the part that follows, as rel=next.",
}


def document(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI document of `app`, made once."""
    if not app.openapi_schema:
        found = get_openapi(title=app.title, version=app.version, description=DESCRIPTION, routes=app.routes)
        schemas = found["components"]["schemas"]
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        schemas["Problem"] = Problem.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas |= schemas["Problem"].pop("$defs")
        for path, operations in found["paths"].items():
            for method, operation in operations.items():
                _complete(path, method, operation)
        app.openapi_schema = found
    return app.openapi_schema


def _complete(path: str, method: str, operation: dict[str, Any]) -> None:
    """Say of one operation what the routes do not."""
    answers = operation["responses"]
    named = {p["name"] for p in operation.get("parameters", ())}
    codes = [
        "414",
        "422",
        "503",
        *(["404"] if "{" in path else []),
        *(["400", "413", "504"] if method == "post" else []),
    ]
    answers |= {code: {"description": _SAID[code], "content": _PROBLEM} for code in codes}
    if method != "get":
        return
    content = answers["200"].get("content", {})
    headers = [name for name in _HEADERS if name != "Link" or set(Listed.model_fields) <= named]
    answers["200"]["headers"] = {
        name: {"description": _HEADERS[name], "schema": {"type": "string"}} for name in headers
    }
    answers["304"] = {"description": "Nothing has changed since the ETag that was sent."}
    if "Link" in headers:
        content["application/x-ndjson"] = {
            "schema": {"type": "string", "description": "The objects of `data`, one a line, to the end."}
        }
    example = _examples().get(path)
    if example is not None and "application/json" in content:
        content["application/json"]["example"] = example


def _examples() -> dict[str, Any]:
    """Answers on the record of `dragoman demo`, by path; docs/refresh_api.py writes them."""
    file = resources.files(__package__).joinpath("examples.json")
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found
