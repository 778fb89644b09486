"""The forms of the private strip: a note, and who looks after the matter. What they write never leaves the office."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.canonical import Value
from comity.desk.accounts.models import Unit, User
from comity.desk.matters.models import MatterRow

LONGEST_NOTE = 10_000


class NoteForm(forms.Form):
    """A note for our office."""

    text = forms.CharField(
        label=_("Add a private note"),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": _("Write the note first.")},
    )


class AssignForm(forms.Form):
    """The unit that looks after a matter, and the person in it."""

    unit = forms.ModelChoiceField(label=_("Unit"), queryset=Unit.objects.all(), empty_label=None)
    to = forms.ModelChoiceField(label=_("Person"), queryset=User.objects.none(), required=False, empty_label=_("Nobody in particular"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        person = self.fields["to"]
        if isinstance(person, forms.ModelChoiceField):
            person.queryset = User.objects.filter(is_active=True)

    @classmethod
    def of(cls, row: MatterRow) -> "AssignForm":
        """The form as the matter stands."""
        return cls(initial={"unit": row.unit or None, "to": row.assigned or None}, auto_id="assign-%s")

    def clean(self) -> dict[str, Any]:
        """Refuses a person of another unit."""
        cleaned = super().clean() or {}
        unit, to = cleaned.get("unit"), cleaned.get("to")
        if unit and to and to.unit_id != unit.pk:
            self.add_error("to", _("This person is of another unit."))
        return cleaned

    def value(self) -> dict[str, Value]:
        """The content of the assignment."""
        to = self.cleaned_data["to"]
        return {"unit": str(self.cleaned_data["unit"].pk), "to": str(to.pk) if to else ""}
