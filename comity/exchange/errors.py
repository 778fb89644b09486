"""What can be wrong with a parcel, a receipt, a paper, or the way to another office.

ExchangeError
  ParcelError      a parcel that is refused as a whole; nothing of it was kept
  ReceiptError     a receipt that proves nothing
  PaperError       a paper that is not here, not whole, or not the one named
  TransportError   the other office was not reached, or answered with a refusal
"""

from comity.errors import Code, ComityError


class ExchangeError(ComityError):
    """`code` is the stable word for it, on the wire and in logs."""

    def __init__(self, code: Code, what: str, *, where: str = "", next_step: str = "") -> None:
        super().__init__(what, where=where, next_step=next_step)
        self.code = code


class ParcelError(ExchangeError):
    """A parcel that is refused as a whole; nothing of it was kept."""


class ReceiptError(ExchangeError):
    """A receipt that proves nothing: not of this parcel, or not sealed by the office it should be from."""


class PaperError(ExchangeError):
    """A paper that is not here, not whole, or not the one named."""


class TransportError(ExchangeError):
    """The other office was not reached, or refused. `retry` says whether the same bytes may do better later, with nothing else changed."""

    def __init__(self, code: Code, what: str, *, retry: bool, where: str = "", next_step: str = "") -> None:
        super().__init__(code, what, where=where, next_step=next_step)
        self.retry = retry
