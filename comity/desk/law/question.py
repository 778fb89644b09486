"""The question put to the law, as a form whose answers stand in the address: who asks whom, for what, on which day, for which offence.

What the register does not know is refused in words that say what it does know; what was typed stays in its field.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any
from urllib.parse import urlencode

from django import forms
from django.core.exceptions import ValidationError
from django.forms.boundfield import BoundField
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from comity.desk.components import dates
from comity.desk.components.forms import DateField, DeskForm
from comity.desk.matters.citations import state_name
from comity.identifiers import InstrumentId, StateCode
from comity.law import Basis, DoubtKind, Register, resolve

EARLIEST = date(1991, 1, 1)
"""The first day of which the register can speak: the States of the region did not answer for themselves before that year."""

MANY = 24
"""More words than a sentence can list."""

HEART = InstrumentId("minsk-1993")
"""The instrument whose States are listed first: they ask one another most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A question the register understands. `area` None: any offence. `committed`: the day of the offence, where it is named."""

    requesting: str
    requested: str
    kind: str
    on: date
    area: str | None = None
    committed: date | None = None

    def answer(self, register: Register) -> Basis:
        """What this register answers."""
        return resolve(register, self.requesting, self.requested, self.kind, self.on, self.area, committed=self.committed)

    def query(self, **changes: str | None) -> str:
        """The question as the query of an address, with some of it said differently."""
        said = {"requesting": self.requesting, "requested": self.requested, "kind": self.kind, "on": self.on.isoformat(), "area": self.area}
        said["committed"] = self.committed.isoformat() if self.committed else None
        return urlencode({name: value for name, value in {**said, **changes}.items() if value})

    @property
    def turned(self) -> str:
        """The same question asked the other way round."""
        return self.address(requesting=self.requested, requested=self.requesting)

    def address(self, **changes: str | None) -> str:
        """The page that answers it."""
        return f"{reverse('law:home')}?{self.query(**changes)}"


class Known(forms.Select):
    """A list to choose from that keeps a value it does not know, so that a wrong address comes back as it was typed."""

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> Any:
        """Django's groups, and the unknown value after them."""
        groups = super().optgroups(name, value, attrs)
        known = {str(option["value"]) for _group, options, _index in groups for option in options}
        for strange in (one for one in value if one and one not in known):
            option = self.create_option(name, strange, strange, selected=True, index=len(groups), attrs=attrs)
            groups.append(("", [option], len(groups)))
        return groups


class KnownField(forms.ChoiceField):
    """A word of the register. An unknown one is refused with what comes near it, or with what there is."""

    widget = Known

    def __init__(self, unknown: Any, **options: Any) -> None:
        """`unknown`: the sentence that refuses, with `%(word)s`."""
        super().__init__(**options)
        self.unknown = unknown

    def validate(self, value: str) -> None:
        """Refuses what is missing, and what the register does not know."""
        forms.Field.validate(self, value)
        if value and not self.valid_value(value):
            said = str(self.unknown) % {"word": value}
            raise ValidationError(f"{said} {_instead(value, dict(_flat(self.widget.choices)))}", code="unknown")


def _flat(choices: Iterable[Any]) -> Iterable[tuple[str, str]]:
    for value, label in choices:
        if isinstance(label, (list, tuple)):
            yield from _flat(label)
        elif value:
            yield str(value), str(label)


def _instead(word: str, known: Mapping[str, str]) -> str:
    near = get_close_matches(word.casefold(), [code.casefold() for code in known], n=2, cutoff=0.6)
    named = get_close_matches(word.casefold(), [label.casefold() for label in known.values()], n=1, cutoff=0.7)
    labels = [label for code, label in known.items() if code.casefold() in near or label.casefold() in named]
    if labels:
        return gettext("Near it: %(words)s.") % {"words": ", ".join(labels)}
    if len(known) > MANY:
        return gettext("It knows %(number)d; the list names them.") % {"number": len(known)}
    return gettext("It knows: %(words)s.") % {"words": ", ".join(known.values())}


class QuestionForm(DeskForm):
    """The five parts of a question, each as wide as its place in the row."""

    widths = dict.fromkeys(("requesting", "requested", "kind", "on", "area", "committed"), "")

    requesting = KnownField(
        gettext_lazy("The register knows no State “%(word)s”."),
        label=gettext_lazy("Who asks"),
        error_messages={"required": gettext_lazy("Choose the State that asks.")},
    )
    requested = KnownField(
        gettext_lazy("The register knows no State “%(word)s”."),
        label=gettext_lazy("Whom"),
        error_messages={"required": gettext_lazy("Choose the State that is asked.")},
    )
    kind = KnownField(
        gettext_lazy("The register knows no kind of request “%(word)s”."),
        label=gettext_lazy("For what"),
        error_messages={"required": gettext_lazy("Choose the kind of request.")},
    )
    on = DateField(label=gettext_lazy("On which day"), required=False)
    area = KnownField(
        gettext_lazy("The register knows no offence area “%(word)s”."),
        label=gettext_lazy("For which offence"),
        required=False,
    )

    committed = DateField(label=gettext_lazy("Day of the offence"), required=False)
    """Stands in the form only where an instrument asks for it, or where it was named."""
    offence_day = False

    def __init__(self, data: Mapping[str, Any] | None, register: Register, language: str, today: date) -> None:
        """Bound to the address; what it leaves open is `today` and any offence."""
        super().__init__(None if data is None else dict(data.items()), auto_id="question-%s")
        self.today, self.register, self.language = today, register, language
        states = state_choices(register, language)
        self._choose("requesting", [("", gettext("Choose")), *states])
        self._choose("requested", [("", gettext("Choose")), *states])
        self._choose("kind", kind_choices(register, language))
        self._choose("area", area_choices(register, language))
        self.fields["on"].initial = today

    def rows(self) -> Iterator[BoundField]:
        """The parts that are asked for."""
        named = bool(self.data.get("committed"))
        return (row for row in super().rows() if row.name != "committed" or named or self.offence_day)

    def answered(self, basis: Basis) -> None:
        """Ask for the day of the offence too, where the answer hangs on it."""
        self.offence_day = any(doubt.kind is DoubtKind.OFFENCE_DATE for doubt in basis.doubts)

    def _choose(self, name: str, choices: Sequence[Any]) -> None:
        field = self.fields[name]
        if isinstance(field, KnownField):
            field.choices = choices

    def clean_on(self) -> date:
        """The day; today where none is given. Refuses days of which the register does not speak."""
        on: date = self.cleaned_data["on"] or self.today
        if on < EARLIEST:
            words = gettext("The register speaks of days from %(day)s on; before it these States did not answer for themselves.")
            raise ValidationError(words % {"day": dates.full(EARLIEST)}, code="before")
        return on

    def clean(self) -> dict[str, Any]:
        """Refuses a State that asks itself, and a day on which one of the two did not exist."""
        given = super().clean() or self.cleaned_data
        if given.get("requesting") and given.get("requesting") == given.get("requested"):
            self.add_error("requested", gettext("A State does not ask itself: choose another one."))
        if given.get("committed") and given.get("on") and given["committed"] > given["on"]:
            self.add_error("committed", gettext("The offence lies after the day of the request."))
        for state in (given.get("requesting"), given.get("requested")):
            since = self.register.existing.get(StateCode(state)) if state else None
            if since and given.get("on") and given["on"] < since:
                words = gettext("%(state)s did not exist as a State on this day: it has since %(day)s.")
                self.add_error("on", words % {"state": state_name(str(state), self.language), "day": dates.full(since)})
        return given

    @property
    def unfinished(self) -> bool:
        """Whether nothing is wrong but that parts are still missing."""
        return bool(self.errors) and all(error.code == "required" for found in self.errors.as_data().values() for error in found)

    @property
    def question(self) -> Question | None:
        """The question, where it is whole and understood; its day then stands in its field as we write days."""
        if not self.is_bound or not self.is_valid():
            return None
        given = self.cleaned_data
        self.data = {**self.data, "on": given["on"].strftime("%d.%m.%Y")}
        return Question(
            requesting=given["requesting"],
            requested=given["requested"],
            kind=given["kind"],
            on=given["on"],
            area=given["area"] or None,
            committed=given.get("committed"),
        )


def region(register: Register) -> tuple[str, ...]:
    """The States that are listed first, by code."""
    heart = register.instruments.get(HEART)
    return tuple(sorted(heart.parties)) if heart else ()


def state_choices(register: Register, language: str) -> list[tuple[str, list[tuple[str, str]]]]:
    """All States by name: first those of the region, then the others."""
    first = set(region(register))

    def named(codes: Iterable[str]) -> list[tuple[str, str]]:
        return sorted(((code, state_name(code, language)) for code in codes), key=lambda one: one[1])

    near, far = named(first), named(code for code in register.states if code not in first)
    return [(gettext("The region"), near), (gettext("Other States"), far)]


def kind_choices(register: Register, language: str) -> list[tuple[str, str]]:
    """The kinds of request in the order of the register."""
    return [(code, capfirst(register.label("kind", code, language))) for code in register.kinds]


def area_choices(register: Register, language: str) -> list[tuple[str, str]]:
    """The offence areas by name, any offence first."""
    named = ((code, capfirst(register.label("offence-area", code, language))) for code in register.offence_areas if code != "any")
    return [("", gettext("Any offence")), *sorted(named, key=lambda one: one[1])]
