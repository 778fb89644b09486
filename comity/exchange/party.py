"""Who shares a matter: the offices that the event which opened it names in its roles. The exchange asks nothing more of a procedure."""

from collections.abc import Iterator
from typing import Any

from comity.errors import Code
from comity.exchange.errors import ExchangeError
from comity.identifiers import IdentifierError, OfficeId, is_internal, office_id
from comity.journal import Event

MOST_PARTIES = 1000


def parties(opening: Event) -> frozenset[OfficeId]:
    """The offices that share the matter this `matter.opened/1` opens; raises `ExchangeError` (malformed) where it names none."""
    roles: Any = None if opening.content is None else opening.content.value.get("roles")
    try:
        named = frozenset(_named(roles))
    except (IdentifierError, TypeError, AttributeError) as error:
        raise ExchangeError(Code.MALFORMED, "What opened this matter names its parties wrongly.", where=opening.id) from error
    if not opening.opens or not 1 <= len(named) <= MOST_PARTIES:
        raise ExchangeError(Code.MALFORMED, "A matter is opened by its first event, which names its parties.", where=opening.id)
    return named


def _named(roles: Any) -> Iterator[OfficeId]:
    for offices in roles.values():
        if not isinstance(offices, list):
            raise TypeError("a role is played by a list of offices")
        for one in offices:
            office = office_id(one)
            if is_internal(office):
                raise TypeError("an internal strand is no party")
            yield office
