"""Who: states, organisations, roles, persons and the offices they held."""

from dragoman.actors.registry import NameMatch, Registry, registry

__all__ = ["NameMatch", "Registry", "registry"]
