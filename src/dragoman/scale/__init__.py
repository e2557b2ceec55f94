"""The same pure functions over many pages: in this process, in a pool of workers, or shard by shard on an engine."""

from dragoman.scale.pool import code_pages, default_jobs, read_pages

__all__ = ["code_pages", "default_jobs", "read_pages"]
