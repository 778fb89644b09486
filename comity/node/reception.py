"""What arrives from other offices: parcels are taken in groups, each group in one transaction with the views it changes.

Receipts are handed out only after that transaction has committed, so a receipt never promises what a crash could take back.
"""

from collections.abc import Sequence

from comity.exchange import inbox
from comity.node.office import Office


def receive(office: Office, parcels: Sequence[bytes]) -> tuple[bytes, ...]:
    """The sealed receipt, or the refusal with its code, for each parcel in the order given. Never raises for what a stranger sent."""
    with office.store.write() as unit:
        answers = inbox.receive_group(
            unit,
            parcels,
            trust=office.trust,
            keys=office.keys,
            signer=office.signer,
            at=office.clock(),
            project=lambda matter: office.projector.project(unit, matter),
        )
    return tuple(answers)
