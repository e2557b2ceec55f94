"""Judgements: one address that takes what forms send, and goes back to where they were."""

from __future__ import annotations

from urllib.parse import parse_qs, quote, unquote

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Route

from dragoman.record import Record, RecordError, UnknownEvent
from dragoman.record.days import bounds
from dragoman.record.filters import STATUSES
from dragoman.record.judgements import CORRECTABLE, PAIRWISE
from dragoman.serve import problems
from dragoman.serve.site import Site
from dragoman.serve.views.looks import YEAR, local

NAME = "reader"  # of whoever judges without giving a name
LONGEST = 500  # characters of a note or value


async def judge(request: Request) -> Response:
    """Takes `verdict` with `a` (an event id or mention key), `b` (another, or the judgement to undo), `field` and
    `value` of a correction, `note`, `by`, the form's `guard`, and `back`, where to go on.
    """
    site: Site = request.app.state.site
    form = {k: v[0].strip() for k, v in parse_qs((await request.body()).decode("utf-8", "replace")).items()}
    if site.read_only:
        return problems.answer(request, 403, "Read-only", "This record is served read-only and takes no judgements.")
    if not site.guarded(form.get("guard", "")):
        detail = "The form is from another time or place; open the page again and judge there."
        return problems.answer(request, 403, "Not from this page", detail)
    by = (form.get("by") or unquote(request.cookies.get("dragoman_name", "")) or NAME)[:80]
    await run_in_threadpool(_judge, site, form, by)
    response = RedirectResponse(local(form.get("back", "/")), status_code=303)
    if form.get("by"):
        response.set_cookie("dragoman_name", quote(by), max_age=YEAR, httponly=True, samesite="strict")
    return response


def _judge(site: Site, form: dict[str, str], by: str) -> None:
    with site.judging() as record:
        decide(record, form, by)


def decide(record: Record, form: dict[str, str], by: str) -> None:
    """Write one judgement. Raises RecordError for what is none."""
    verdict, a, b = form.get("verdict", ""), form.get("a", ""), form.get("b", "")
    note = form.get("note", "")[:LONGEST]
    match verdict:
        case "right" | "wrong":
            record.judge(a, verdict, by=by, note=note)
        case "corrected":
            field, value = form.get("field", ""), form.get("value", "")[:LONGEST]
            record.correct(a, field, _checked(field, value), by=by, note=note)
        case "same" | "different" | "unsure":
            if not b:
                raise UnknownEvent("Say with which other event it is the same or different.")
            record.judge_same(a, b, by=by, verdict=verdict, note=note)
        case "undo":
            if not (b.isascii() and b.isdigit() and len(b) < 19):
                raise RecordError(f"{b!r} is no number of a judgement.")
            record.undo(int(b), by=by)
        case _:
            known = ", ".join(("right", "wrong", "corrected", *sorted(PAIRWISE), "undo"))
            raise RecordError(f"A judgement is one of {known}, not {verdict!r}.")


def _checked(field: str, value: str) -> str:
    """A correction's value as the record keeps it. Raises RecordError where the field cannot have it."""
    from dragoman.codebook import load

    if field not in CORRECTABLE or not value:
        raise RecordError(f"These can be corrected, each to a value: {', '.join(sorted(CORRECTABLE))}.")
    if field == "date" and bounds(value) is None:
        raise RecordError(f"{value!r} is no date; write YYYY, YYYY-MM, YYYY-MM-DD, or two with a / between them.")
    if field == "status" and value not in STATUSES:
        raise RecordError(f"{value!r} is no status; there are: {', '.join(STATUSES)}.")
    if field == "event_type" and value.upper() not in load().types:
        raise RecordError(f"{value!r} is no event type; there are: {', '.join(sorted(load().types))}.")
    if field == "country" and not (len(value) == 3 and value.isascii() and value.isalpha()):
        raise RecordError(f"{value!r} is no country; give its three letters (ISO 3166-1): MAR, USA …")
    if field == "mode" and value.lower() not in {mode for _, mode in load().modes}:
        raise RecordError(f"{value!r} is no mode of the codebook; see: dragoman codebook list")
    return {"event_type": str.upper, "country": str.upper, "mode": str.lower}.get(field, str)(value)


routes: list[BaseRoute] = [Route("/judgements", judge, methods=["POST"])]
