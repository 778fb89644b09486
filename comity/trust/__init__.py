"""Which keys speak for which office, and since when."""

from comity.trust.card import fingerprint, read_card, write_card
from comity.trust.errors import MEANING, Doubt, TrustError
from comity.trust.folder import FolderTrust
from comity.trust.model import HPKE_SUITE, HpkeKey, OfficeCard, Trust
from comity.trust.office import OfficeKeys, load_keys, make_office, own_card, renew_card

__all__ = [
    "HPKE_SUITE",
    "MEANING",
    "Doubt",
    "FolderTrust",
    "HpkeKey",
    "OfficeCard",
    "OfficeKeys",
    "Trust",
    "TrustError",
    "fingerprint",
    "load_keys",
    "make_office",
    "own_card",
    "read_card",
    "renew_card",
    "write_card",
]
