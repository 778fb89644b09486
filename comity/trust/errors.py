"""Why an office card, or a key on it, is not believed."""

from collections.abc import Mapping
from enum import StrEnum

from comity.errors import ComityError
from comity.words import _


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


MEANING: Mapping[Doubt, str] = {
    Doubt.MALFORMED: _("This file is not an office card. Ask the office for its card again."),
    Doubt.BAD_SIGNATURE: _("The card was changed on its way or is not the office's own. Do not use it; ask for it again."),
    Doubt.EXPIRED: _("The card is no longer in force. Ask the office for its current card."),
    Doubt.NOT_YET_VALID: _("The card is not in force yet. Check the clock of this machine."),
    Doubt.OLDER: _("A newer card of this office is already known. Ask the office for its current card."),
    Doubt.OTHER_IDENTITY: _("The card has another identity key than the one known. Compare fingerprints by telephone before admitting it."),
    Doubt.OTHER_OFFICE: _("This is the card of another office. Check which file you were given."),
    Doubt.UNKNOWN_OFFICE: _("The card of this office is not here."),
}
"""What each doubt means to people, and what to do about it: in English, marked for translation."""


class TrustError(ComityError):
    """A card that is not admitted; `doubt` is the ground, the words say what to do."""

    def __init__(self, doubt: Doubt, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.doubt = doubt
