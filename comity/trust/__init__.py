"""Which keys speak for which office, and since when."""

from comity.trust.errors import Doubt, TrustError
from comity.trust.model import HPKE_SUITE, HpkeKey, OfficeCard, Trust

__all__ = ["HPKE_SUITE", "Doubt", "HpkeKey", "OfficeCard", "Trust", "TrustError"]
