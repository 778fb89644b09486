"""The tables of people: units, persons with their roles, failed logins, and what was changed about whom.

Nothing here comes from the journal, and nothing is deleted: a person who leaves is deactivated, because the journal names the account for
ever.
"""

import uuid
from functools import cached_property
from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from comity.node.roles import ROLE_NAMES, Action, Role, may

LANGUAGES = (("en", _("English")), ("ru", _("Russian")))
LOGIN_NAME = RegexValidator(
    r"^[a-z0-9][a-z0-9._-]{1,62}\Z", _("Write the login name with 2 to 63 letters a–z, digits, dots, hyphens and underscores.")
)
UNIT_CODE = RegexValidator(r"^[a-z0-9][a-z0-9-]{0,31}\Z", _("Write the code of the unit with letters a–z, digits and hyphens."))


class Unit(models.Model):
    """A part of the office. `code` stands in the journal and never changes; the names may."""

    code = models.CharField(_("code"), max_length=32, primary_key=True, validators=[UNIT_CODE])
    name = models.CharField(_("name"), max_length=200)
    name_ru = models.CharField(_("name in Russian"), max_length=200, blank=True)

    class Meta:
        ordering: ClassVar = ["name"]

    def __str__(self) -> str:
        return by_language(self.name, self.name_ru)


class UserManager(BaseUserManager["User"]):
    """Finds people by login name, whatever its case."""

    def get_by_natural_key(self, username: str | None) -> "User":
        """The person with this login name; raises User.DoesNotExist."""
        return self.get(login=(username or "").strip().lower())


class User(AbstractBaseUser):
    """A person of the office. `display_name` designates the person by role, as pages and records show it."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    login = models.CharField(_("login name"), max_length=63, unique=True, validators=[LOGIN_NAME])
    display_name = models.CharField(_("designation"), max_length=200)
    display_name_ru = models.CharField(_("designation in Russian"), max_length=200, blank=True)
    unit = models.ForeignKey(Unit, on_delete=models.PROTECT, related_name="people", verbose_name=_("unit"))
    language = models.CharField(_("language"), max_length=2, choices=LANGUAGES, blank=True)
    is_active = models.BooleanField(_("may log in"), default=True)

    objects = UserManager()
    USERNAME_FIELD = "login"
    REQUIRED_FIELDS: ClassVar = ["display_name"]

    class Meta:
        ordering: ClassVar = ["login"]

    def __str__(self) -> str:
        return self.designation

    @property
    def designation(self) -> str:
        """The person as the reader's language says it."""
        return by_language(self.display_name, self.display_name_ru)

    @cached_property
    def roles(self) -> frozenset[Role]:
        """The roles the person holds; a role this version does not know allows nothing."""
        return frozenset(Role(held.role) for held in self.roles_held.all() if held.role in ROLE_NAMES)

    @property
    def role_names(self) -> tuple[str, ...]:
        """The names of the roles, untranslated, in the order of `Role`."""
        return tuple(ROLE_NAMES[role] for role in Role if role in self.roles)

    def may(self, action: Action) -> bool:
        """Whether a role of this person allows the action, while the account is active."""
        return self.is_active and may(self.roles, action)


class RoleHeld(models.Model):
    """One role that one person holds."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="roles_held")
    role = models.CharField(max_length=32)

    class Meta:
        constraints: ClassVar = [models.UniqueConstraint(fields=["user", "role"], name="accounts_role_once")]

    def __str__(self) -> str:
        return self.role


class FailedLogin(models.Model):
    """One login that did not succeed. What was typed as the name is kept only as a keyed digest: people type passwords there."""

    name = models.CharField(max_length=64)
    address = models.CharField(max_length=64)
    at = models.DateTimeField()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["name", "at"], name="accounts_failed_name_at"),
            models.Index(fields=["at"], name="accounts_failed_at"),
        ]

    def __str__(self) -> str:
        return f"{self.at:%Y-%m-%d %H:%M:%S}"


class Change(models.Model):
    """What was changed about whom, by whom (nobody: from the command line), for the auditor."""

    at = models.DateTimeField()
    by = models.ForeignKey(User, null=True, on_delete=models.PROTECT, related_name="changes_made")
    person = models.ForeignKey(User, on_delete=models.PROTECT, related_name="changes")
    what = models.CharField(max_length=32)
    before = models.JSONField(default=dict)
    after = models.JSONField(default=dict)

    class Meta:
        ordering: ClassVar = ["-at", "-id"]

    def __str__(self) -> str:
        return f"{self.what} {self.at:%Y-%m-%d %H:%M}"


def by_language(english: str, russian: str) -> str:
    """The text in the language of the reader; the English one where there is no Russian."""
    return (russian or english) if (get_language() or "").startswith("ru") else english
