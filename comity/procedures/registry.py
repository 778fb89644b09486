"""The procedures this office knows: every `Procedure` in a file of `kinds/`, checked when this module is imported.

Adding a kind is adding a file. A version that matters were opened under stays beside the newer one: a matter is judged by the version of
its first entry.
"""

import importlib
import pkgutil
from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from comity.procedures import kinds
from comity.procedures.check import ProcedureError, check
from comity.procedures.model import Procedure


def _declared() -> Iterator[Procedure]:
    for module in sorted(pkgutil.iter_modules(kinds.__path__), key=lambda module: module.name):
        values = vars(importlib.import_module(f"{kinds.__name__}.{module.name}")).values()
        yield from (value for value in values if isinstance(value, Procedure))


def register(declared: Iterable[Procedure]) -> Mapping[tuple[str, int], Procedure]:
    """The procedures by name and version, each checked; raises `ProcedureError`, also where two have the same name and version."""
    known: dict[tuple[str, int], Procedure] = {}
    for one in declared:
        key = one.name, one.version
        if key in known:
            raise ProcedureError(one, (f"Version {one.version} of “{one.name}” is declared twice.",))
        known[key] = check(one)
    return MappingProxyType(known)


_KNOWN = register(_declared())


def procedure(name: str, version: int) -> Procedure | None:
    """The procedure of this name and version, or None where this office does not know it."""
    return _KNOWN.get((name, version))


def procedures() -> tuple[Procedure, ...]:
    """The newest version of every kind, by name."""
    newest = {one.name: one for _key, one in sorted(_KNOWN.items())}
    return tuple(newest.values())
