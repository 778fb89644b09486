"""A person as the office's commands know them."""

import pytest

from comity.desk.accounts.acting import actor
from comity.desk.accounts.models import User
from comity.node.roles import Role

pytestmark = pytest.mark.django_db


def test_the_commands_know_a_person_by_account_roles_and_unit(officer: User) -> None:
    known = actor(officer)
    assert (known.user, known.roles, known.unit) == (str(officer.pk), frozenset({Role.OFFICER}), "extradition")
