"""The form in which a lawyer says how a fact reads: its keys as the register holds them, to be changed where the source says otherwise."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from comity.canonical import Value
from comity.desk.components.forms import DateField, DeskForm
from comity.desk.law.confirmed import STATUS
from comity.law import Fact, FactId
from comity.law.naming import key_title
from comity.law.overlay import DAYS
from comity.node.commands import Reading

WHOLE = "whole"
LONG = 80
"""Characters from which a text gets more than one line."""
TEXTS = frozenset({"note", "note_ru", "summary", "summary_ru"})
# What a fact is known by: it is another fact with another one.
_KNOWN_BY = frozenset({"id", "state", "target", "type", "effect", "topic", "on"})
# What a row may hold although the register does not say it yet.
_MORE: Mapping[str, tuple[str, ...]] = {
    "party": ("signed", "ratified", "deposited", "in_force", "in_force_not_earlier_than", "in_force_not_later_than", "withdrawn"),
    "treaty": ("signed", "in_force", "in_force_not_earlier_than", "in_force_not_later_than"),
    "provision": ("article",),
}


class ReadingForm(DeskForm):
    """How one fact reads. Bound or not, its lines come from the fact; what is unchanged confirms the fact as it stands."""

    what = forms.ChoiceField(label=gettext_lazy("What was read"))
    source = forms.CharField(
        label=gettext_lazy("Where it was read"),
        help_text=gettext_lazy("A page of the depositary, a gazette with its number, a letter."),
        max_length=500,
        error_messages={"required": gettext_lazy("Say where it was read.")},
    )
    read_on = DateField(label=gettext_lazy("On which day"), error_messages={"required": gettext_lazy("Say on which day it was read.")})
    note = forms.CharField(label=gettext_lazy("Remark for our office"), required=False, widget=forms.Textarea({"rows": 2}), max_length=2000)

    def __init__(self, data: Any, shared: Fact, now: Fact, language: str, today: date) -> None:
        """`shared`: the fact as every office has it, to which the answer is compared. `now`: as this office has it, and as it is shown."""
        super().__init__(data, auto_id="reading-%s")
        self.shared = shared
        self.today = today
        self.keys = tuple(_keys(shared))
        whole = (WHOLE, _("Everything below"))
        self.fields["what"].choices = [whole, *((key, capfirst(key_title(key, language))) for key in self.keys if "/" not in key)]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["read_on"].initial = today
        for key in self.keys:
            self.fields[f"key-{key}"] = _field(key, shared.keys.get(key), now.keys.get(key), language)
        self.order_fields(["what", *(f"key-{key}" for key in self.keys), "source", "read_on", "note"])

    def clean_read_on(self) -> date:
        """Refuses a day that lies ahead."""
        on: date = self.cleaned_data["read_on"]
        if on > self.today:
            raise forms.ValidationError(_("The day of reading lies ahead."))
        return on

    def clean(self) -> dict[str, Any]:
        """Refuses a change outside of what was read."""
        given = super().clean() or self.cleaned_data
        what = given.get("what")
        if what and what != WHOLE:
            for key in self._changed():
                if key != what:
                    self.add_error(f"key-{key}", _("You read one line only: leave this one as it is, or say that you read everything."))
        return given

    @property
    def short(self) -> tuple[Any, ...]:
        """The lines of the fact that are days, numbers and words."""
        return tuple(line for line in self._lines() if not isinstance(line.field.widget, forms.Textarea))

    @property
    def long(self) -> tuple[Any, ...]:
        """The lines of the fact that are texts and lists."""
        return tuple(line for line in self._lines() if isinstance(line.field.widget, forms.Textarea))

    def _lines(self) -> Iterator[Any]:
        return (self[f"key-{key}"] for key in self.keys)

    @property
    def reading(self) -> Reading:
        """What was read, for the command; only where the form is valid."""
        given = self.cleaned_data
        fact = self.shared.id if given["what"] == WHOLE else self.shared.key(given["what"])
        return Reading(fact=FactId(fact), values=self._changed(), source=given["source"], read_on=given["read_on"], note=given["note"])

    def _changed(self) -> dict[str, Value]:
        """The keys that read otherwise than the shared register holds them; None takes one away."""
        said = {key: _plain(self.cleaned_data.get(f"key-{key}"), self.shared.keys.get(key)) for key in self.keys}
        wrong = {name.removeprefix("key-") for name in self.errors}
        return {key: value for key, value in said.items() if key not in wrong and value != self.shared.keys.get(key)}


def _keys(fact: Fact) -> Iterator[str]:
    """The keys that can be read and written on a line, those it could have beside them last."""
    yield from (key for key, value in fact.keys.items() if key.rpartition("/")[2] not in _KNOWN_BY and _on_a_line(value))
    yield from (key for key in _MORE.get(fact.table, ()) if key not in fact.keys)


def _on_a_line(value: Value) -> bool:
    return all(isinstance(one, (str, int)) for one in value) if isinstance(value, list) else isinstance(value, (str, int, bool))


def _field(key: str, shared: Value, now: Value, language: str) -> forms.Field:
    label = capfirst(key_title(key, language))
    if key.rpartition("/")[2] in DAYS:
        return DateField(label=label, required=False, initial=date.fromisoformat(str(now)) if now else None)
    if isinstance(shared, bool):
        choices = (("yes", gettext_lazy("yes")), ("no", gettext_lazy("no")))
        return forms.ChoiceField(label=label, choices=choices, initial="yes" if now else "no")
    if isinstance(shared, int):
        return forms.IntegerField(label=label, required=False, initial=now)
    if isinstance(shared, list):
        lines = "\n".join(str(one) for one in now) if isinstance(now, list) else ""
        widget = forms.Textarea({"rows": min(8, max(2, len(shared)))})
        return forms.CharField(label=label, required=False, initial=lines, widget=widget, help_text=gettext_lazy("One on each line."))
    text = "" if now is None else str(now)
    if key == "status" and shared in STATUS:
        return forms.ChoiceField(label=label, choices=tuple(STATUS.items()), initial=text)
    long = len(text) > LONG or key in TEXTS
    control: forms.Widget = forms.Textarea({"rows": 3 if len(text) > LONG else 2}) if long else forms.TextInput()
    return forms.CharField(label=label, required=False, initial=text, widget=control)


def _plain(given: Any, shared: Value) -> Value:
    """What was typed as the register holds it; an empty line is a key that is not there."""
    if isinstance(shared, bool):
        return bool(given == "yes")
    if isinstance(shared, list):
        lines: list[Value] = [line.strip() for line in str(given or "").splitlines() if line.strip()]
        return [int(str(line)) for line in lines] if _numbers(shared) and all(str(line).isdigit() for line in lines) else lines or None
    if isinstance(given, date):
        return given.isoformat()
    return given if isinstance(given, int) else (str(given) if given else None)


def _numbers(shared: list[Value]) -> bool:
    return bool(shared) and all(isinstance(one, int) for one in shared)
