"""What can be wrong with a journal: one class a part of it, each carrying the code that peers and logs speak.

JournalError
  EventError     a header or a content that is not of its shape, or a content that is not the one signed
  SealError      a seal that does not verify, or does not cover this event
  ChainError     an event that does not follow its author's strand
  FoldError      a set of events from which no state can be derived
  StoreError     a request no store may grant
  ExportError    a matter that cannot be written to a file, or a file that cannot be read as one
"""

from comity.errors import Code, ComityError


class JournalError(ComityError):
    """Broken journal data; `code` is the stable word for it on the wire and in logs."""

    def __init__(self, code: Code, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.code = code


class EventError(JournalError):
    """A header or a content that is not of its shape, or a content that is not the one signed."""


class SealError(JournalError):
    """A seal that does not verify, or does not cover this event."""


class ChainError(JournalError):
    """An event that does not follow its author's strand."""


class FoldError(JournalError):
    """A set of events from which no state can be derived."""


class StoreError(JournalError):
    """A request no store may grant, such as erasing the event that opened a matter."""


class ExportError(JournalError):
    """A matter that cannot be written to a file, or a file that cannot be read as one."""
