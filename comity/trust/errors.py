"""Why an office card, or a key on it, is not believed."""

from enum import StrEnum

from comity.errors import ComityError


class Doubt(StrEnum):
    """The ground on which a card is refused."""

    MALFORMED = "malformed"
    BAD_SIGNATURE = "bad-signature"
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"
    OLDER = "older"
    OTHER_IDENTITY = "other-identity"
    OTHER_OFFICE = "other-office"
    UNKNOWN_OFFICE = "unknown-office"


class TrustError(ComityError):
    """A card that is not admitted; `doubt` is the ground, the words say what to do."""

    def __init__(self, doubt: Doubt, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.doubt = doubt
