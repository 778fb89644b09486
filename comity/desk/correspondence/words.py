"""What a code of the exchange means to people, and what to do about it: one sentence each."""

from collections.abc import Mapping

from comity.errors import Code
from comity.words import _

MEANING: Mapping[Code, str] = {
    Code.MALFORMED: _("What was sent could not be read there. The two offices may run different releases."),
    Code.TOO_BIG: _("It was larger than the other office takes."),
    Code.WRONG_OFFICE: _("The address leads to another office. Ask for its current card."),
    Code.UNKNOWN_SENDER: _("The other office does not know us yet. Give it our card."),
    Code.UNKNOWN_KEY: _("A key is not known. Exchange current cards."),
    Code.CANNOT_OPEN: _("It was changed on its way, and is sent again."),
    Code.BAD_SEAL: _("A seal does not verify. Tell the other office; do not rely on the event."),
    Code.BAD_PROOF: _("An event does not stand under its seal. Tell the other office."),
    Code.BAD_COMMITMENT: _("A content is not the one that was signed. Tell the other office."),
    Code.BAD_CHAIN: _("An event does not fit where it claims to stand. Tell the other office."),
    Code.NOT_AUTHOR: _("It was not sealed by the office it names. Tell the other office."),
    Code.NOT_PARTY: _("The sender is no party of that matter."),
    Code.FORK: _("Two different events claim one place. The matter is frozen until people settle it."),
    Code.PREDECESSOR_MISSING: _("Something that comes before it has not arrived. It is asked for."),
    Code.PARCEL_REUSED: _("A parcel came twice with different contents. Tell the other office."),
    Code.NOT_EXPECTED: _("It was not expected here."),
    Code.BAD_CHUNK: _("A part of a paper was damaged on its way, and is sent again."),
    Code.STORAGE: _("The store was busy or full. It is tried again."),
}
NOT_REACHED = _("The other office's gateway did not answer.")


def meaning(code: Code | None) -> str:
    """The sentence for a code, in English, marked for translation."""
    return MEANING.get(code, NOT_REACHED) if code else NOT_REACHED
