"""The day a page of the law speaks of, as its address says it, and pages for what the register does not know."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, gettext_lazy

from comity.desk.components import dates
from comity.desk.components.forms import DateField, DeskForm
from comity.desk.law.question import EARLIEST
from comity.desk.matters.citations import page_language
from comity.desk.office import current_office, register_of_office
from comity.law import Register


class DayForm(DeskForm):
    """One day; today where none is given."""

    on = DateField(label=gettext_lazy("On"), required=False)

    def clean_on(self) -> date | None:
        """Refuses days of which the register does not speak."""
        on: date | None = self.cleaned_data["on"]
        if on is not None and on < EARLIEST:
            words = gettext("The register speaks of days from %(day)s on; before it these States did not answer for themselves.")
            raise ValidationError(words % {"day": dates.full(EARLIEST)}, code="before")
        return on


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """What a page of the law is seen by: the office's register, the language, today, and the day asked for (today where none was)."""

    register: Register
    language: str
    today: date
    on: date
    form: DayForm

    @property
    def status(self) -> int:
        """422 where the day could not be understood; the page then shows today and says what is wrong."""
        return 422 if self.form.errors else 200


def seen(request: HttpRequest) -> Seen:
    """How this request wants to see the law."""
    today = current_office().today()
    form = DayForm(request.GET if request.GET.get("on") else None, initial={"on": today}, auto_id="day-%s")
    given = form.cleaned_data.get("on") if form.is_bound and form.is_valid() else None
    if given:
        form.data = {"on": given.strftime("%d.%m.%Y")}  # shown again as we write days, however the address wrote it
    return Seen(register=register_of_office(), language=page_language(), today=today, on=given or today, form=form)


def unknown(request: HttpRequest, word: str, said: str, known: Mapping[str, str]) -> HttpResponse:
    """A page (404) that says the register does not know `word` and offers what comes near it, or everything: address by title."""
    titles = {title.casefold(): title for title in known}
    near = get_close_matches(word.casefold().replace("-", " "), titles, n=5, cutoff=0.45)
    context = {"said": said, "near": {titles[one]: known[titles[one]] for one in near}, "known": known}
    return render(request, "law/unknown.html", context, status=404)
