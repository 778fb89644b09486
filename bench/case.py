"""One row of the exchange's table: how many events go into a parcel and under a seal, and how many are measured."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """`parcel` events at most in a parcel, `sealed` under one seal and in one transaction; `events` are measured, in `matters` by turns.

    `views`: the receiver keeps the desk's views too. `lanes` parcels are under way at once.
    """

    parcel: int
    sealed: int
    events: int
    matters: int = 50
    lanes: int = 4
    views: bool = False

    def dump(self) -> str:
        """The case as one word of a command line."""
        return json.dumps(asdict(self))

    @classmethod
    def load(cls, text: str) -> "Case":
        """The case of that word."""
        return cls(**json.loads(text))
