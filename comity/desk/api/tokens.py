"""Bearer tokens: a signed statement that an account logged in, good for twelve hours or until its password or standing changes."""

from typing import TYPE_CHECKING

from django.contrib.auth import get_user_model
from django.core import signing

if TYPE_CHECKING:
    from comity.desk.accounts.models import User

SALT = "comity.api"
SECONDS = 12 * 3600


def issue(user: "User") -> str:
    """A token for this account."""
    return signing.dumps({"user": str(user.pk), "hash": user.get_session_auth_hash()}, salt=SALT)


def user_of(token: str) -> "User | None":
    """The active account a token speaks for, or None: forged, too old, or the password has changed since."""
    try:
        claim = signing.loads(token, salt=SALT, max_age=SECONDS)
    except signing.BadSignature:
        return None
    user = get_user_model().objects.filter(pk=claim["user"], is_active=True).first()
    if user is None or claim["hash"] != user.get_session_auth_hash():
        return None
    return user
