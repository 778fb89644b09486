"""How often a login may fail, so that passwords cannot be guessed.

Within a quarter of an hour five failures are allowed for one name from one address, and twenty for one name from anywhere. After that
nobody gets in under that name (from that address), not even with the right password, until the oldest failure is a quarter of an hour old.
"""

from datetime import datetime, timedelta

from django.utils.crypto import salted_hmac

from comity.desk.accounts.models import FailedLogin

WINDOW = timedelta(minutes=15)
FROM_ONE_ADDRESS = 5
FROM_ANYWHERE = 20


def closed_until(name: str, address: str, *, at: datetime) -> datetime | None:
    """When this name may be tried again from this address, or None: now."""
    recent = FailedLogin.objects.filter(name=digest(name), at__gt=at - WINDOW).order_by("-at")
    here = recent.filter(address=address)
    moments = (_opens(list(here[:FROM_ONE_ADDRESS]), FROM_ONE_ADDRESS), _opens(list(recent[:FROM_ANYWHERE]), FROM_ANYWHERE))
    return max((moment for moment in moments if moment is not None), default=None)


def _opens(newest: list[FailedLogin], allowed: int) -> datetime | None:
    return newest[-1].at + WINDOW if len(newest) >= allowed else None


def failed(name: str, address: str, *, at: datetime) -> None:
    """Keeps that a login failed, and forgets what has no effect any more."""
    FailedLogin.objects.filter(at__lte=at - WINDOW).delete()
    FailedLogin.objects.create(name=digest(name), address=address, at=at)


def succeeded(name: str, address: str) -> None:
    """Forgets the failures of this name from this address."""
    FailedLogin.objects.filter(name=digest(name), address=address).delete()


def digest(name: str) -> str:
    """The name as it is kept: it cannot be read back without the desk's secret key."""
    return salted_hmac("comity.desk.accounts.limits", name.strip().lower(), algorithm="sha256").hexdigest()
