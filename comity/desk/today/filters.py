"""The filter of the Matters page: every part stands in the address, so a filtered list can be kept and sent."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from comity.desk.matters.queries import MatterFilter, Reader
from comity.procedures import procedures

DESK = (("", _("Anywhere")), ("ours", _("On our desk")), ("theirs", _("With another office")), ("closed", _("Closed")))


class FilterForm(forms.Form):
    """Words, kind, State, where the file lies. What cannot be understood narrows nothing and says so."""

    q = forms.CharField(label=_("Number, name, State, words"), required=False, max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), required=False)
    state = forms.ChoiceField(label=_("Other State"), required=False)
    desk = forms.ChoiceField(label=_("Where the file lies"), required=False, choices=DESK)

    def __init__(self, *args: Any, states: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        everything = ("", _("All"))
        self.fields["kind"].choices = [everything, *((one.name, _(one.title)) for one in procedures())]  # type: ignore[attr-defined]  # a ChoiceField
        self.fields["state"].choices = [everything, *states]  # type: ignore[attr-defined]  # a ChoiceField

    @property
    def narrowed(self) -> bool:
        """Whether anything is filtered out."""
        return self.is_valid() and any(self.cleaned_data.values())

    def asked(self, reader: Reader) -> MatterFilter:
        """The filter for a reader; everything where the form is empty or wrong."""
        given = self.cleaned_data if self.is_valid() else {}
        desk = given.get("desk", "")
        return MatterFilter(
            reader=reader,
            words=given.get("q", ""),
            procedure=given.get("kind", ""),
            state_code=given.get("state", ""),
            desk={"ours": True, "theirs": False}.get(desk),
            open={"ours": True, "theirs": True, "closed": False}.get(desk),
        )
