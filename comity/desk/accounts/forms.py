"""The forms of accounts: to log in, to add and change a person, to give a password."""

import math
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.http import HttpRequest
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from comity.desk.accounts import limits
from comity.desk.accounts.models import LANGUAGES, Unit, User
from comity.desk.components.forms import DeskForm
from comity.node.roles import ROLE_NAMES, Role


class LoginForm(DeskForm):
    """Name and password; whether they are right is asked only after the limit on failures (`limits`)."""

    username = forms.CharField(
        label=_("Login name"),
        max_length=150,
        error_messages={"required": _("Write your login name.")},
        widget=forms.TextInput(attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        error_messages={"required": _("Write your password.")},
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, request: HttpRequest, at: datetime, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.at = at
        self.user: User | None = None

    def clean(self) -> dict[str, Any]:
        """The person in `user`, or one error for the whole form."""
        cleaned = super().clean() or {}
        if not self.errors:
            self.user = self._authenticate(cleaned["username"], cleaned["password"])
        return cleaned

    def _authenticate(self, name: str, password: str) -> User:
        address = self.request.META.get("REMOTE_ADDR", "")
        closed = limits.closed_until(name, address, at=self.at)
        if closed is not None:
            raise forms.ValidationError(_too_many(closed, self.at), code="closed")
        user = authenticate(self.request, username=name, password=password)
        if not isinstance(user, User):
            limits.failed(name, address, at=self.at)
            closed = limits.closed_until(name, address, at=self.at)
            raise forms.ValidationError(
                _too_many(closed, self.at) if closed else _("The login name or the password is not right."), code="wrong"
            )
        limits.succeeded(name, address)
        return user


def _too_many(closed: datetime, at: datetime) -> str:
    minutes = max(1, math.ceil((closed - at).total_seconds() / 60))
    words = ngettext(
        "Too many failed attempts. You can try again in {minutes} minute.",
        "Too many failed attempts. You can try again in {minutes} minutes.",
        minutes,
    )
    return words.format(minutes=minutes)


class PersonForm(DeskForm):
    """What can be changed about a person."""

    display_name = forms.CharField(
        label=_("Designation"), max_length=200, help_text=_("As records show the person: by role, such as “Officer, extradition unit”.")
    )
    display_name_ru = forms.CharField(label=_("Designation in Russian"), max_length=200, required=False)
    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.all(), empty_label=None)
    roles = forms.TypedMultipleChoiceField(
        label=_("Roles"),
        choices=[(role.value, name) for role, name in ROLE_NAMES.items()],
        coerce=Role,
        widget=forms.CheckboxSelectMultiple,
    )
    language = forms.ChoiceField(label=_("Language"), choices=[("", _("As the browser asks")), *LANGUAGES], required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        roles = self.fields["roles"]
        if isinstance(roles, forms.TypedMultipleChoiceField):
            roles.choices = [(role.value, gettext(name)) for role, name in ROLE_NAMES.items()]

    def values(self) -> dict[str, Any]:
        """What `people.create_user` and `people.change_user` take, of a valid form."""
        return {**self.cleaned_data, "unit": self.cleaned_data["unit"].code}


class PasswordForm(DeskForm):
    """A new password, typed once and shown on request by nobody: whoever sets it hands it over."""

    password = forms.CharField(
        label=_("Password"),
        max_length=1024,
        strip=False,
        help_text=_("At least 12 characters. Hand it over in person."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )


class NewPersonForm(PersonForm):
    """A new person: what can be changed, and the login name and first password."""

    login = forms.CharField(
        label=_("Login name"),
        max_length=63,
        help_text=_("Letters a–z, digits, dots, hyphens and underscores. It cannot be changed later."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "none", "spellcheck": "false"}),
    )
    password = PasswordForm.base_fields["password"]

    field_order = ("login", "password", "display_name", "display_name_ru", "unit", "roles", "language")
