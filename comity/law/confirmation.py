"""What an office has read and stands for: a fact of the register confirmed as it stands, or corrected, with source and day."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NewType

from comity.canonical import Value

FactId = NewType("FactId", str)
"""The address of a fact: `<file id>/<table>/<label>`, or of one key of it: `minsk-1993/party/TJ/in_force`."""
NO_FACT = FactId("")
"""Of what was not read from the register."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Confirmation:
    """An office's own reading of a fact. It counts for this office alone until the shared register takes it over.

    `fact`: a fact, or one key of it. `values`: the corrected keys, dates as `2005-02-20`, None takes a key away; empty: the fact holds as
    it stands. `source`, `read_on`: where and when it was read. `office`, `by`: who stands for it, by role and never by name. `at`: when it
    was sealed (UTC, `2026-11-22T08:00:00Z`) and `event` under which id; both empty while it is tried out. `release`: the release it was
    read against, and `held` the digest of the fact as it stood there (`addresses.digest`): once the shared register holds the fact
    otherwise, the confirmation is stale and no longer counts. Without `held` it counts for its own release alone.
    """

    fact: FactId
    source: str
    read_on: date
    office: str
    by: str
    release: str
    held: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    note: str = ""
    at: str = ""
    event: str = ""
