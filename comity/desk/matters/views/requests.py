"""A new request: counterpart and kind, the law's answer beside them, and then a draft."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.http import HttpRequest, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.utils.translation import gettext
from django.views.decorators.http import require_http_methods

from comity.desk.accounts.access import requires
from comity.desk.matters import drafting
from comity.desk.matters.basis_rows import answer_groups, route_lines
from comity.desk.matters.citations import page_language, state_of
from comity.desk.matters.opening import Choice, openings
from comity.desk.matters.options import Option
from comity.desk.matters.views.common import actor, refusal_words
from comity.desk.office import current_office
from comity.identifiers import OfficeId
from comity.law import Basis
from comity.node import commands
from comity.node.office import Office
from comity.node.roles import Action
from comity.procedures import Refusal
from comity.trust import OfficeCard


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What the form says so far: how the matter opens, with whom, and the area of the offence."""

    choice: Choice
    offices: tuple[OfficeId, ...]
    area: str


@require_http_methods(["GET", "HEAD", "POST"])
@requires(Action.DRAFT)
def new(request: HttpRequest) -> HttpResponseBase:
    """Counterpart and kind. The panel shows the law's answer for what is chosen; “Continue” begins the draft."""
    office = current_office()
    posted = request.method == "POST"
    asked = _asked(office, request.POST if posted else request.GET)
    faults = _faults(asked) if posted else []
    if posted and not faults:
        result = _begun(office, request, asked)
        if not isinstance(result, Refusal):
            return redirect("matters:draft", result)
        faults = [(refusal_words(office, result).words, "")]
    return render(request, "matters/new.html", _context(office, asked, faults), status=422 if faults else 200)


def _asked(office: Office, given: QueryDict) -> Asked:
    choices = openings()
    choice = next((one for one in choices if one.value == given.get("kind")), choices[0])
    known = {card.office for card in others(office)}
    offices = tuple(OfficeId(name) for name in dict.fromkeys(given.getlist("office")) if name in known)
    area = given.get("area", "")
    return Asked(
        choice=choice, offices=offices if choice.many else offices[-1:], area=area if area in office.register.offence_areas else ""
    )


def others(office: Office) -> Sequence[OfficeCard]:
    """The offices we can write to."""
    return [card for card in office.trust.cards() if card.office != office.id]


def _faults(asked: Asked) -> list[tuple[str, str]]:
    if asked.offices:
        return []
    return [(gettext("Choose the office you write to."), "field-office")]


def _begun(office: Office, request: HttpRequest, asked: Asked) -> Refusal | str:
    kind, action = asked.choice.kind, asked.choice.move
    draft = commands.new_draft(
        office,
        procedure_name=kind.name,
        version=kind.version,
        act=action.act,
        counterparts={asked.choice.counterpart: [str(one) for one in asked.offices]},
        own_role=action.by,
        offence_area=asked.area or None,
    )
    with office.store.read() as unit:
        basis = commands.legal_basis(office, unit, kind, draft.roles, office.today(), draft.offence_area)
    content = drafting.prefilled(office, draft, kind, action, basis)
    result = commands.save_draft(office, actor(request), replace(draft, content=content))
    return result if isinstance(result, Refusal) else draft.id


def _context(office: Office, asked: Asked, faults: list[tuple[str, str]]) -> dict[str, Any]:
    language = page_language()
    basis = _basis(office, asked)
    return {
        "kinds": [
            Option(value=one.value, label=gettext(one.kind.title), chosen=one is asked.choice, hint=gettext(one.move.label))
            for one in openings()
        ],
        "offices": sorted(_office_options(office, asked, language), key=lambda option: option.hint),
        "areas": _areas(office, asked, language),
        "choice": asked.choice,
        "summary": gettext(asked.choice.kind.summary),
        "faults": faults,
        "basis": basis,
        "groups": answer_groups(basis, office.register, language) if basis else (),
        "route": route_lines(basis, office.register, language) if basis else (),
        "pair": (state_of(office, office.id, language), state_of(office, asked.offices[0], language)) if asked.offices else None,
        "kind_title": gettext(asked.choice.kind.title),
        "today": office.today(),
        "alone": not others(office),
    }


def _office_options(office: Office, asked: Asked, language: str) -> list[Option]:
    return [
        Option(
            value=card.office, label=card.name(language), chosen=card.office in asked.offices, hint=state_of(office, card.office, language)
        )
        for card in others(office)
    ]


def _areas(office: Office, asked: Asked, language: str) -> list[Option]:
    names = [(code, office.register.label("offence-area", code, language)) for code in office.register.offence_areas]
    return [Option(value=code, label=name, chosen=code == asked.area) for code, name in sorted(names, key=lambda pair: pair[1])]


def _basis(office: Office, asked: Asked) -> Basis | None:
    if not asked.offices:
        return None
    roles = {asked.choice.counterpart: asked.offices, asked.choice.move.by: (office.id,)}
    with office.store.read() as unit:
        return commands.legal_basis(office, unit, asked.choice.kind, roles, office.today(), asked.area or None)
