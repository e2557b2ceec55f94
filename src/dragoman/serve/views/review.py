"""Review queue: one question at a time, those first whose answers settle most; by buttons, or by keys."""

from __future__ import annotations

from dragoman.record.review import Question
from dragoman.serve.rendering import Ask, View, page
from dragoman.serve.views.event import beside_sentences

QUEUE = 200
BESIDE = 3  # other accounts of the same event, shown below
COLUMNS = ("kind", "value", "event_a", "event_b", "a", "b", "together", "reason")


def review(ask: Ask) -> View:
    """The question in place `n` of the queue (from 1), and how many there are."""
    queue = ask.site.kept("questions", ask.record, lambda record: record.questions(QUEUE))
    asked = ask.query.get("n", "")
    number = min(int(asked), QUEUE) if asked.isascii() and asked.isdigit() and 0 < len(asked) < 5 else 1
    number = max(1, number)
    question = queue[number - 1] if number <= len(queue) else None

    def rows() -> list[dict[str, object]]:
        return [q.to_dict() for q in queue]

    return View(
        title="Review",
        value=lambda: {"questions": rows()},
        columns=COLUMNS,
        rows=rows,
        show={
            "question": question,
            "number": number,
            "queue": len(queue),
            "full": len(queue) == QUEUE,
            "sides": _sides(ask, question) if question else [],
            "following": f"/review?n={number + 1}",
            "stay": f"/review?n={number}" if number > 1 else "/review",
        },
    )


def _sides(ask: Ask, question: Question) -> list[dict[str, object]]:
    """The one or two accounts that the question is about, each with its event and its sentence."""
    found: list[dict[str, object]] = []
    pairs = ((question.event_a, question.a), (question.event_b, question.b))
    for uid, key in pairs:
        if uid is None or key is None:
            continue
        event = ask.record.event(uid)
        mention = ask.record.mention(key)
        [account] = beside_sentences(ask.record, (mention,))
        told = [row for row, other, _ in ask.record.tellers_of(uid, BESIDE + 1) if other != key]
        others = ask.record.mentions_at(told[:BESIDE])
        found.append({"event": event, "account": account, "others": beside_sentences(ask.record, others)})
    return found


routes = page("/review", "review", review)
