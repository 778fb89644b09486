"""The page that shows who is bound by what on a day."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from django.views.decorators.http import require_safe

from comity.desk.components import dates
from comity.desk.components.forms import DateField, DeskForm
from comity.desk.law.heads import SELECTIONS, Selection, selection
from comity.desk.law.matrix import Seen, by_name, columns_of, lead, page
from comity.desk.law.parts import tabs
from comity.desk.law.question import EARLIEST, KnownField, kind_choices
from comity.desk.law.words import title_words
from comity.desk.matters.citations import page_language, state_name
from comity.desk.office import current_office, register_of_office
from comity.law import Register
from comity.law.matrix import REGION

USUAL_KIND = "extradition"
LATEST = date(2100, 1, 1)


class MatrixForm(DeskForm):
    """What the address asks to see. Whatever it does not say is as usual."""

    on = DateField(label=gettext_lazy("On"), required=False)
    state = KnownField(gettext_lazy("The table has no State “%(word)s”."), label=pgettext_lazy("country", "State"), required=False)
    column = KnownField(gettext_lazy("The table has no instrument “%(word)s”."), label=gettext_lazy("Instrument"), required=False)
    kind = KnownField(
        gettext_lazy("The register knows no kind of request “%(word)s”."), label=gettext_lazy("Kind of request"), required=False
    )
    show = forms.CharField(required=False, widget=forms.HiddenInput)
    only = forms.CharField(required=False, widget=forms.HiddenInput)
    by = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, data: Mapping[str, Any], register: Register, language: str, today: date) -> None:
        """Bound to the address, completed with what it leaves open."""
        super().__init__(
            {"on": today.strftime("%d.%m.%Y"), "kind": USUAL_KIND, **{key: value for key, value in data.items() if value}},
            auto_id="matrix-%s",
        )
        self.today = today
        self.selection = selection(str(data.get("show", "")))
        columns = columns_of(register, self.selection)
        self._choose("state", [(state, state_name(state, language)) for state in by_name(REGION, language)])
        self._choose("column", [(column, title_words(register, column, language)) for column in columns])
        self._choose("kind", kind_choices(register, language))

    def _choose(self, name: str, choices: list[tuple[str, str]]) -> None:
        field = self.fields[name]
        if isinstance(field, KnownField):
            field.choices = choices

    def clean_on(self) -> date:
        """The day; today where none is given. Refuses days of which the register does not speak."""
        on: date = self.cleaned_data["on"] or self.today
        if not EARLIEST <= on < LATEST:
            words = gettext("The register speaks of days from %(first)s to %(last)s.")
            raise ValidationError(words % {"first": dates.full(EARLIEST), "last": dates.full(LATEST)}, code="outside")
        return on

    def fill(self, seen: Seen) -> None:
        """Fills in what is shown where the address left it open, and writes an understood day as we write days."""
        said = {"state": seen.state, "column": seen.column, "on": seen.on.strftime("%d.%m.%Y")}
        self.data = {**self.data, **{name: value for name, value in said.items() if name not in self.errors}}

    @property
    def seen(self) -> Seen:
        """What to show; in place of what was not understood, the usual."""
        self.is_valid()
        given = self.cleaned_data
        return Seen(
            on=given.get("on") or self.today,
            kind=given.get("kind") or USUAL_KIND,
            selection=self.selection,
            state=given.get("state") or "",
            column=given.get("column") or "",
            only=given.get("only") == "uncertain",
            by="instrument" if given.get("by") == "instrument" else "state",
        )


@require_safe
def show(request: HttpRequest) -> HttpResponse:
    """The matrix on the day of the address; what was not understood is said beside its field (422), and the table shows the usual."""
    register, language, today = register_of_office(), page_language(), current_office().today()
    form = MatrixForm(request.GET.dict(), register, language, today)
    shown = page(register, form.seen, language)
    form.fill(shown.seen)
    context = {
        "form": form,
        "shown": shown,
        "lead": lead(shown),
        "law_tabs": tabs("law:matrix"),
        "selections": [_selected(shown.seen, one) for one in SELECTIONS],
        "today_url": shown.seen.address(on=today.isoformat(), state="", column=""),
        "only_url": shown.seen.address(only="" if shown.seen.only else "uncertain"),
        "by_urls": {"state": shown.seen.address(by=""), "instrument": shown.seen.address(by="instrument")},
        "is_today": shown.seen.on == today,
    }
    answer = render(request, "law/matrix.html", context, status=422 if form.errors else 200)
    if not form.errors:
        answer["HX-Push-Url"] = shown.seen.address()
    return answer


def _selected(seen: Seen, one: Selection) -> dict[str, Any]:
    return {"title": one.title, "url": seen.address(show=one.name, column=""), "current": one == seen.selection}


addresses = [path("matrix/", show, name="matrix")]
