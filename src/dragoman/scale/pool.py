"""Pages through the coder, in order, in one process or many; one bad page costs one page."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from itertools import chain, islice
from multiprocessing import get_context

from dragoman.coding.reading import Reading
from dragoman.coding.settings import Settings
from dragoman.garbage import collect_rarely
from dragoman.pages import Failure, read
from dragoman.pages.article import Article, Page

FEW = 24  # pages; fewer are done before a pool's workers have loaded their models
CHUNK = 4  # pages per task: enough to hide the cost of sending them


def default_jobs() -> int:
    """One worker a processor that this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def read_one(page: Page) -> Article | Failure:
    """A page's article; whatever goes wrong becomes a Failure that names the page."""
    try:
        return read(page)
    except Exception as error:  # a page must never take the others down
        return Failure(page.file or page.url or "-", None, f"could not be read: {type(error).__name__}: {error}")


def code_one(page: Page, settings: Settings) -> Reading | Failure:
    """A page's reading; whatever goes wrong becomes a Failure that names the page."""
    article = read_one(page)
    return article if isinstance(article, Failure) else code_article(article, settings)


def code_article(article: Article, settings: Settings) -> Reading | Failure:
    """An article's reading; whatever goes wrong becomes a Failure that names the page."""
    from dragoman.coding.coder import code

    try:
        return code(article, settings)
    except Exception as error:  # a page must never take the others down
        page = article.page
        return Failure(page.file or page.url or "-", None, f"could not be coded: {type(error).__name__}: {error}")


def read_pages(pages: Iterable[Page | Failure]) -> Iterator[Article | Failure]:
    """Articles of pages, lazily and in order; failures are passed on."""
    for page in pages:
        yield page if isinstance(page, Failure) else read_one(page)


def code_pages(
    pages: Iterable[Page | Failure], settings: Settings | None = None, jobs: int | None = None
) -> Iterator[Reading | Failure]:
    """Readings of pages, lazily and in order; failures are passed on.

    `jobs` worker processes (default: one a processor) share the work once there are enough pages to pay for them.
    """
    settings = settings or Settings()
    jobs = default_jobs() if jobs is None else max(1, jobs)
    stream = iter(pages)
    first = list(islice(stream, FEW))
    work = partial(code_one, settings=settings)
    if jobs == 1 or len(first) < FEW:
        for page in chain(first, stream):
            yield page if isinstance(page, Failure) else work(page)
        return
    yield from _pooled(chain(first, stream), work, jobs)


def _pooled(
    pages: Iterable[Page | Failure], work: Callable[[Page], Reading | Failure], jobs: int
) -> Iterator[Reading | Failure]:
    waiting: deque[tuple[list[Page | Failure], Future[list[Reading | Failure]]]] = deque()
    stream = iter(pages)
    pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)
    try:
        while True:
            while len(waiting) < jobs * 3 and (chunk := list(islice(stream, CHUNK))):
                waiting.append((chunk, pool.submit(_work_chunk, chunk, work)))
            if not waiting:
                return
            chunk, future = waiting.popleft()
            try:
                yield from future.result()
            except BrokenProcessPool:
                # a worker died (out of memory, killed): what was in flight is done again here, page by page
                lost = [chunk, *(c for c, _ in waiting)]
                waiting.clear()
                pool.shutdown(wait=False, cancel_futures=True)
                pool = ProcessPoolExecutor(jobs, mp_context=get_context("spawn"), initializer=_start)
                for batch in lost:
                    for page in batch:
                        yield from _alone(page, work, pool)
    finally:
        pool.shutdown(wait=False, cancel_futures=True)


def _alone(
    page: Page | Failure, work: Callable[[Page], Reading | Failure], pool: ProcessPoolExecutor
) -> Iterator[Reading | Failure]:
    if isinstance(page, Failure):
        yield page
        return
    try:
        yield from pool.submit(_work_chunk, [page], work).result()
    except BrokenProcessPool:
        yield Failure(page.file or page.url or "-", None, "killed its worker process (out of memory?) and was left out")


def _work_chunk(chunk: list[Page | Failure], work: Callable[[Page], Reading | Failure]) -> list[Reading | Failure]:
    return [page if isinstance(page, Failure) else work(page) for page in chunk]


def _start() -> None:
    """Workers leave Ctrl-C to the parent and are our own."""
    import signal

    collect_rarely()

    signal.signal(signal.SIGINT, signal.SIG_IGN)
