"""What was done in a matter, by whom, provably: events, seals, strands, one order, verification, stores, the `.comity` file."""

from comity.journal.bundle import Bundle, Document, Paper, SealedValue, named_papers
from comity.journal.errors import ChainError, EventError, ExportError, FoldError, JournalError, SealError, StoreError
from comity.journal.event import OPENED, Content, Event, Header
from comity.journal.export import write_export
from comity.journal.fold import Entry, Folded, Fork, Machine, Verdict, fold, forks, order
from comity.journal.keys import KeyRing, Keys, LocalSigner, SealKey, Signer, key_id
from comity.journal.reading import read_export, verify_file
from comity.journal.report import Check, Outcome, Report, Step
from comity.journal.seal import (
    LARGEST_GROUP,
    Placement,
    Purpose,
    Seal,
    SealedEvent,
    Statement,
    place_leaves,
    seal_events,
    seal_leaves,
    verify_group,
    verify_known,
    verify_placement,
    verify_seal,
)
from comity.journal.store import MemoryStore, MemoryUnit, Store, Tables, Unit, journal_in_memory
from comity.journal.strand import Head, follows, write
from comity.journal.verify import verify_matter

__all__ = [
    "LARGEST_GROUP",
    "OPENED",
    "Bundle",
    "ChainError",
    "Check",
    "Content",
    "Document",
    "Entry",
    "Event",
    "EventError",
    "ExportError",
    "FoldError",
    "Folded",
    "Fork",
    "Head",
    "Header",
    "JournalError",
    "KeyRing",
    "Keys",
    "LocalSigner",
    "Machine",
    "MemoryStore",
    "MemoryUnit",
    "Outcome",
    "Paper",
    "Placement",
    "Purpose",
    "Report",
    "Seal",
    "SealError",
    "SealKey",
    "SealedEvent",
    "SealedValue",
    "Signer",
    "Statement",
    "Step",
    "Store",
    "StoreError",
    "Tables",
    "Unit",
    "Verdict",
    "fold",
    "follows",
    "forks",
    "journal_in_memory",
    "key_id",
    "named_papers",
    "order",
    "place_leaves",
    "read_export",
    "seal_events",
    "seal_leaves",
    "verify_file",
    "verify_group",
    "verify_known",
    "verify_matter",
    "verify_placement",
    "verify_seal",
    "write",
    "write_export",
]
