"""What is done with accounts: made, changed, given a password, closed and opened again. Every change leaves a `Change`.

The office never loses its last administrator, and nobody closes their own account.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from comity.desk.accounts.models import Change, RoleHeld, Unit, User
from comity.errors import ComityError
from comity.node.roles import Role


class PeopleError(ComityError):
    """An account cannot be made or changed so; `where` names the field (`login`, `roles`, `password`, `unit`, or empty)."""


def create_unit(*, code: str, name: str, name_ru: str = "") -> Unit:
    """The unit of this code, made or renamed. Raises PeopleError for a code of another form."""
    unit = Unit(code=code, name=name, name_ru=name_ru)
    _validate(unit)
    Unit.objects.update_or_create(code=code, defaults={"name": name, "name_ru": name_ru})
    return unit


@transaction.atomic
def create_user(
    *,
    login: str,
    password: str,
    display_name: str,
    roles: Iterable[Role],
    unit: str,
    at: datetime,
    display_name_ru: str = "",
    language: str = "",
    by: User | None = None,
) -> User:
    """A new person of the unit with that code. Raises PeopleError: name taken or malformed, weak password, unknown unit."""
    user = User(
        login=login.strip().lower(), display_name=display_name, display_name_ru=display_name_ru, unit=_unit(unit), language=language
    )
    _check_password(password, user)
    user.set_password(password)
    _validate(user)
    user.save(force_insert=True)
    _hold(user, roles)
    _note(user, "created", by, at, before={}, after=_facts(user))
    return user


@transaction.atomic
def change_user(  # one argument a field
    user: User,
    *,
    display_name: str,
    display_name_ru: str,
    roles: Iterable[Role],
    unit: str,
    language: str,
    at: datetime,
    by: User | None = None,
) -> None:
    """Gives the person these names, roles, unit and language. Raises PeopleError, also where the last administrator would go."""
    before = _facts(user)
    roles = frozenset(roles)
    if Role.ADMINISTRATOR not in roles:
        _refuse_last_administrator(user)
    user.display_name, user.display_name_ru = display_name, display_name_ru
    user.unit, user.language = _unit(unit), language
    _validate(user)
    user.save(update_fields=["display_name", "display_name_ru", "unit", "language"])
    _hold(user, roles)
    _note(user, "changed", by, at, before=before, after=_facts(user))


@transaction.atomic
def set_password(user: User, password: str, *, at: datetime, by: User | None = None) -> None:
    """A new password; it ends the person's sessions. Raises PeopleError for a weak one."""
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    _note(user, "password", by, at)


@transaction.atomic
def deactivate(user: User, *, at: datetime, by: User | None = None) -> None:
    """Closes the account at once, its sessions too. Raises PeopleError for one's own account and for the last administrator's."""
    if by is not None and by.pk == user.pk:
        raise PeopleError(_("You cannot close your own account."))
    _refuse_last_administrator(user)
    _open(user, active=False, by=by, at=at)


@transaction.atomic
def activate(user: User, *, at: datetime, by: User | None = None) -> None:
    """Opens the account again."""
    _open(user, active=True, by=by, at=at)


def _open(user: User, *, active: bool, by: User | None, at: datetime) -> None:
    user.is_active = active
    user.save(update_fields=["is_active"])
    _note(user, "opened" if active else "closed", by, at)


def _unit(code: str) -> Unit:
    try:
        return Unit.objects.get(code=code)
    except Unit.DoesNotExist as error:
        known = ", ".join(Unit.objects.values_list("code", flat=True)) or "—"
        raise PeopleError(_("There is no unit “{code}”. Units: {known}.").format(code=code, known=known), where="unit") from error


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise PeopleError(" ".join(error.messages), where="password") from error


def _validate(row: User | Unit) -> None:
    try:
        row.full_clean(validate_unique=isinstance(row, User))
    except ValidationError as error:
        field, words = next(iter(error.message_dict.items()))
        raise PeopleError(" ".join(words), where=field) from error


def _hold(user: User, roles: Iterable[Role]) -> None:
    wanted = frozenset(roles)
    if not wanted:
        raise PeopleError(_("Choose at least one role."), where="roles")
    user.roles_held.exclude(role__in=wanted).delete()
    RoleHeld.objects.bulk_create([RoleHeld(user=user, role=role) for role in wanted], ignore_conflicts=True)
    user.__dict__.pop("roles", None)  # the cached roles are those of before


def _refuse_last_administrator(user: User) -> None:
    if not user.is_active or Role.ADMINISTRATOR not in user.roles:
        return
    # Locked, so that two administrators cannot remove each other at the same moment.
    administrators = User.objects.filter(is_active=True, roles_held__role=Role.ADMINISTRATOR).select_for_update()
    if {administrator.pk for administrator in administrators} <= {user.pk}:
        raise PeopleError(_("The office needs an administrator. Give somebody else that role first."), where="roles")


def _facts(user: User) -> dict[str, Any]:
    return {
        "login": user.login,
        "display_name": user.display_name,
        "display_name_ru": user.display_name_ru,
        "unit": user.unit_id,
        "language": user.language,
        "roles": sorted(user.roles),
    }


def _note(
    user: User, what: str, by: User | None, at: datetime, *, before: dict[str, Any] | None = None, after: dict[str, Any] | None = None
) -> None:
    Change.objects.create(at=at, by=by, person=user, what=what, before=before or {}, after=after or {})
