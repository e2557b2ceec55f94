"""The same pure functions over many pages: in this process or in a pool of workers."""

from dragoman.scale.pool import code_pages, default_jobs, read_pages

__all__ = ["code_pages", "default_jobs", "read_pages"]
