"""Carrying events and papers between offices, once, with evidence. Knows neither law nor procedures."""

from comity.exchange import inbox, outbox
from comity.exchange.errors import ExchangeError, PaperError, ParcelError, ReceiptError, TransportError
from comity.exchange.files import FileStore, Progress
from comity.exchange.outbox import Patience
from comity.exchange.paper import PaperRef, papers_in
from comity.exchange.parcel import Address, Parcel, address, pack, unpack
from comity.exchange.party import parties
from comity.exchange.receipt import EVIDENCE, Evidence, Outcome, Receipt, Result, read_receipt, verify_receipt
from comity.exchange.store import ExchangeStore, ExchangeUnit, Limits
from comity.exchange.transport import Transport

__all__ = [
    "EVIDENCE",
    "Address",
    "Evidence",
    "ExchangeError",
    "ExchangeStore",
    "ExchangeUnit",
    "FileStore",
    "Limits",
    "Outcome",
    "PaperError",
    "PaperRef",
    "Parcel",
    "ParcelError",
    "Patience",
    "Progress",
    "Receipt",
    "ReceiptError",
    "Result",
    "Transport",
    "TransportError",
    "address",
    "inbox",
    "outbox",
    "pack",
    "papers_in",
    "parties",
    "read_receipt",
    "unpack",
    "verify_receipt",
]
