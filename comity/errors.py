"""The base of every error in Comity, and the codes that cross a wire.

An error means broken data, a broken chain or a broken machine, and says what, where and what to do next. A legal "no" is not an error
but a value (`comity.procedures.Refusal`).
"""

from enum import StrEnum


class ComityError(Exception):
    """What went wrong, where it stands and what to do next. Each package has one subclass of its own.

    `what` and `next_step` are whole sentences in English; `where` names a file and key, an event, a parcel. None holds personal data.
    """

    def __init__(self, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what)
        self.what = what
        self.where = where
        self.next_step = next_step

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f" {self.next_step}" if self.next_step else ""
        return f"{place}{self.what}{advice}"


class Code(StrEnum):
    """Why an event or a parcel was not taken as it came. Stable for ever: peers and logs speak these words."""

    MALFORMED = "malformed"
    TOO_BIG = "too-big"
    WRONG_OFFICE = "wrong-office"
    UNKNOWN_SENDER = "unknown-sender"
    UNKNOWN_KEY = "unknown-key"
    CANNOT_OPEN = "cannot-open"
    BAD_SEAL = "bad-seal"
    BAD_PROOF = "bad-proof"
    BAD_COMMITMENT = "bad-commitment"
    BAD_CHAIN = "bad-chain"
    NOT_AUTHOR = "not-author"
    NOT_PARTY = "not-party"
    FORK = "fork"
    PREDECESSOR_MISSING = "predecessor-missing"
    PARCEL_REUSED = "parcel-reused"
    NOT_EXPECTED = "not-expected"
    BAD_CHUNK = "bad-chunk"
    STORAGE = "storage"
