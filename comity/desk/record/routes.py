"""Routes: a row for every peer that anything is to be carried to, or asked of."""

from collections.abc import Iterable

from comity.desk.record import models
from comity.desk.record.sql import DO_NOTHING, Database
from comity.identifiers import OfficeId


def know_routes(database: Database, peers: Iterable[OfficeId]) -> None:
    """Makes the routes that are not there yet; they work until something fails."""
    database.insert(models.Route, ("recipient", "parcels", "failures"), [(one, 0, 0) for one in sorted(set(peers))], DO_NOTHING)
