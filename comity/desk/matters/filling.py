"""A form that was sent: what was typed, and what its button asked for.

To go on, to add or remove a person or an offence, to upload or take out a paper.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.http import HttpRequest
from django.utils.translation import gettext

from comity.canonical import Value
from comity.desk.matters.answers import Reading, papers_in_field, read_answers
from comity.desk.matters.drafting import DraftFile
from comity.desk.matters.uploads import keep, upload_fault
from comity.node.office import Office
from comity.procedures import Field, applies

WHOLE = "whole"
"""The last field of every form: where it is missing, the end of the form did not arrive."""
GO_ON, ADD, REMOVE, UPLOAD, TAKE_OUT = "save", "add", "remove", "upload", "take-out"
Button = tuple[str, str]
_VERBS = (GO_ON, ADD, REMOVE, UPLOAD, TAKE_OUT)


@dataclass(frozen=True, slots=True, kw_only=True)
class Filled:
    """What came: the content after it, which button was pressed and what it is about, and why an upload could not be taken."""

    content: dict[str, Value]
    verb: str
    about: str
    before: Mapping[str, Value]
    fault: str = ""

    @property
    def stays(self) -> bool:
        """Whether the button works on this page rather than leaving it."""
        return self.verb != GO_ON

    @property
    def spare(self) -> frozenset[str]:
        """The list that shows one empty item more."""
        return frozenset({self.about}) if self.verb == ADD else frozenset()

    def asks_more(self, file: DraftFile) -> bool:
        """Whether an answer just given makes the form ask something it did not ask before."""
        fields = file.kind.asked(file.action)
        return any(applies(field, self.content) and not applies(field, self.before) for field in fields)


def fill(request: HttpRequest, office: Office, fields: Sequence[Field], before: Mapping[str, Value], reading: Reading) -> Filled:
    """The content after this form was sent, with what its button asked for done; a form that did not come whole changes nothing."""
    verb, about = _button(request)
    if request.FILES and not request.POST.get(WHOLE):
        fault = gettext("The upload was cut off. Nothing of it was kept; send it again.")
        return Filled(content=dict(before), verb=UPLOAD, about=next(iter(request.FILES)).removesuffix(".file"), before=before, fault=fault)
    content = read_answers(fields, request.POST, before, reading)
    fault = ""
    if verb == REMOVE:
        _remove(content, about)
    elif verb == TAKE_OUT:
        _take_out(content, about)
    else:
        (verb, about), fault = _uploaded(request, office, fields, content, (verb, about))
    return Filled(content=content, verb=verb, about=about, before=before, fault=fault)


def _button(request: HttpRequest) -> Button:
    verb, _colon, about = request.POST.get("do", GO_ON).partition(":")
    return (verb, about) if verb in _VERBS else (GO_ON, "")


def _remove(content: dict[str, Value], about: str) -> None:
    name, _dot, place = about.rpartition(".")
    items = content.get(name)
    if isinstance(items, list) and place.isdigit() and int(place) < len(items):
        rest = [item for number, item in enumerate(items) if number != int(place)]
        content.pop(name)
        if rest:
            content[name] = rest


def _take_out(content: dict[str, Value], about: str) -> None:
    name, _colon, sha256 = about.partition(":")
    rest = [paper for paper in papers_in_field(content.get(name)) if paper["sha256"] != sha256]
    content.pop(name, None)
    if rest:
        content[name] = list(rest)


def _uploaded(
    request: HttpRequest, office: Office, fields: Sequence[Field], content: dict[str, Value], button: Button
) -> tuple[Button, str]:
    """Takes in a file for each field that has one, also where “Save and continue” was pressed instead of “Add”; the button, and a fault."""
    names = [field.name for field in fields if f"{field.name}.file" in request.FILES or button == (UPLOAD, field.name)]
    for name in names:
        file, title = request.FILES.get(f"{name}.file"), request.POST.get(f"{name}.new-title", "")
        if fault := upload_fault(request, file, title):
            return (UPLOAD, name), fault
        if file is not None:
            paper = keep(office, file, title=title, language=request.POST.get(f"{name}.new-language", ""))
            others = [one for one in papers_in_field(content.get(name)) if one["sha256"] != paper.sha256]
            content[name] = [*others, paper.value()]
    return button, ""
