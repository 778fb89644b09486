"""What arrives from other offices. Besides the commands, nothing else writes the journal.

Parcels are opened and judged without the store, then taken in groups, each group in one transaction with the views it changes. Receipts
are handed out only after that transaction has committed, so a receipt never promises what a crash could take back.

The journal is the truth and a view is not: where a content of another office is such that a view cannot be made of it, the events are kept
and receipted all the same, the log names the matter, the desk shows it plainly, and `comity rebuild` makes the view once the program can.
"""

from collections.abc import Sequence

import structlog

from comity.exchange import ExchangeUnit, Parcel, ParcelError, inbox, unpack
from comity.identifiers import MatterId
from comity.journal import StoreError
from comity.node.incident import incident
from comity.node.office import Office

log = structlog.get_logger("comity.reception")


def receive(office: Office, parcels: Sequence[bytes]) -> tuple[bytes | ParcelError, ...]:
    """For each parcel, in order, its sealed receipt, durable when this returns, or the refusal. Never raises for what a stranger sent."""
    opened = [_opened(office, data) for data in parcels]
    good = [one for one in opened if isinstance(one, Parcel)]
    answers = iter(_take(office, good) if good else ())
    return tuple(next(answers) if isinstance(one, Parcel) else one for one in opened)


def release_keys(office: Office) -> int:
    """Take what was held for keys that are known by now; answers how many events were judged again. Called when cards change."""
    with office.store.write() as unit:
        return inbox.release_keys(unit, me=office.id, trust=office.trust, at=office.clock(), project=_projector(office))


def _opened(office: Office, data: bytes) -> Parcel | ParcelError:
    try:
        return unpack(data, me=office.id, trust=office.trust, keys=office.keys.hpke)
    except ParcelError as error:
        return error


def _take(office: Office, parcels: Sequence[Parcel]) -> tuple[bytes | ParcelError, ...]:
    return inbox.receive(office.store, parcels, me=office.id, signer=office.signer, at=office.clock(), project=_projector(office))


def _projector(office: Office) -> inbox.Project:
    def project(unit: ExchangeUnit, matter: MatterId) -> None:
        try:
            office.projector.project(unit, matter)
        except StoreError:  # the machine failed, not the content: nothing is kept, and the peer comes again
            raise
        except Exception as error:  # noqa: BLE001  # whatever a stranger wrote, what he sealed is kept
            log.error("view.failed", matter=matter, **incident(error))  # noqa: TRY400  # its words may hold personal data

    return project
