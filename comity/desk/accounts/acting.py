"""A person of the desk as the office's commands know them. A module of its own: the login pages need no commands."""

from comity.desk.accounts.models import User
from comity.node.commands import Actor


def actor(user: User) -> Actor:
    """Account id, roles and unit of this person."""
    return Actor(user=str(user.pk), roles=user.roles, unit=user.unit_id)
