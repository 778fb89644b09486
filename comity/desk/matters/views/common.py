"""What every view of matters does first: find the matter or draft that this person may see, and say who acts."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponseBase
from django.shortcuts import render
from django.utils.translation import gettext

from comity.desk.accounts.access import person
from comity.desk.accounts.models import User
from comity.desk.components.model import Citation
from comity.desk.matters import queries
from comity.desk.matters.citations import cite, page_language, say
from comity.desk.matters.models import DraftRow, MatterRow
from comity.law import UnknownWordError
from comity.node.commands import Actor, CommandError
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import Refusal

P = ParamSpec("P")


def actor(request: HttpRequest) -> Actor:
    """The person behind a request, as the commands know them."""
    who = person(request)
    return Actor(user=str(who.pk), roles=who.roles, unit=who.unit_id)


def visible_matter(request: HttpRequest, matter: UUID) -> MatterRow:
    """The matter, where this person may see it; else a page that says there is none, whether or not there is."""
    row = queries.matter(queries.MatterFilter(reader=queries.reader(person(request))), str(matter))
    if row is None:
        raise Http404(gettext("There is no such matter for you."))
    return row


def visible_draft(request: HttpRequest, draft: UUID) -> DraftRow:
    """The draft, where this person may see it; else as for a matter."""
    row = queries.draft(queries.DraftFilter(reader=queries.reader(person(request))), str(draft))
    if row is None:
        raise Http404(gettext("There is no such draft for you."))
    return row


def may_discard(who: User, row: DraftRow) -> bool:
    """Whether this person may give the draft up: it is open, and they wrote a revision of it."""
    return row.open and who.may(Action.DRAFT) and str(who.pk) in row.hands


def of_a_draft(
    view: Callable[Concatenate[HttpRequest, P], HttpResponseBase],
) -> Callable[Concatenate[HttpRequest, P], HttpResponseBase]:
    """Answers with a page of its own (404) for a draft whose kind, act or offices this office cannot make sense of."""

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (CommandError, UnknownWordError):
            row = DraftRow.objects.filter(pk=str(kwargs["draft"])).first()
            context = {"row": row, "may_discard": row is not None and may_discard(person(request), row)}
            return render(request, "matters/draft_unreadable.html", context, status=404)

    return answered


@dataclass(frozen=True, slots=True, kw_only=True)
class RefusalWords:
    """A refusal on a page: why, the law that says so, and how many items are missing."""

    words: str
    citation: Citation | None = None
    missing: int = 0


def refusal_words(office: Office, refusal: Refusal) -> RefusalWords:
    """A refusal in the language of the page."""
    language, article = page_language(), refusal.article
    return RefusalWords(
        words=say(refusal.words, language),
        citation=cite(office.register, article.instrument, article.article, article.confidence, language) if article else None,
        missing=len(refusal.missing),
    )


def posted_button(request: HttpRequest, known: Sequence[str]) -> tuple[str, str]:
    """Which button was pressed, as its verb and what it is about (`add`, `persons`); the first known verb where none was."""
    verb, _colon, about = request.POST.get("do", "").partition(":")
    return (verb, about) if verb in known else (known[0], "")
