"""The legal basis as pages show it: instruments with their role and where both States stand, what is excluded and why, what is open."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from babel import Locale
from django.utils.translation import gettext, gettext_lazy

from comity.desk.components import dates
from comity.desk.components.model import BasisGroup, BasisRow, Certainty, Citation, Standing
from comity.desk.matters.citations import cite, cited, instrument_title, state_name
from comity.law import Applied, Basis, BasisKind, Bound, Confidence, DoubtKind, Evidence, Excluded, Register, Role, Why
from comity.law import Certainty as LawCertainty
from comity.law.explain import doubt_words, length_words

_ROLES = {
    Role.PRIMARY: gettext_lazy("The main basis."),
    Role.RESERVE: gettext_lazy("Stands behind it, should the main basis fail."),
    Role.SUPPLEMENT: gettext_lazy("Beside it, for what it alone provides."),
}
_WHYS = {
    Why.NOT_BOUND: gettext_lazy("Not binding on both States"),
    Why.NOT_IN_FORCE: gettext_lazy("Not in force on this day"),
    Why.STATUS_UNKNOWN: gettext_lazy("It is not known whether both States are bound"),
    Why.NOT_RESEARCHED: gettext_lazy("Not researched for this pair"),
    Why.WITHDRAWN: gettext_lazy("One of the States has left it"),
    Why.SUSPENDED: gettext_lazy("Suspended between the two"),
    Why.DECLARED_AWAY: gettext_lazy("Excluded by a declaration"),
    Why.SUPERSEDED: gettext_lazy("Ceased between the two"),
    Why.RESIDUAL: gettext_lazy("Serves only where there is no other treaty"),
    Why.OFFENCE_NOT_COVERED: gettext_lazy("Does not cover this offence"),
    Why.OTHER_KIND: gettext_lazy("Does not speak of this kind of request"),
    Why.NO_BASIS: gettext_lazy("Gives no basis for this kind of request"),
    Why.NEVER_ALONE: gettext_lazy("Never carries a request alone"),
    Why.POLICE_LEVEL: gettext_lazy("Between police bodies only"),
    Why.BASE_NOT_APPLIED: gettext_lazy("The convention it supplements does not apply"),
    Why.NOT_FOUND: gettext_lazy("None found; the search was not exhaustive"),
}
# Shown among the rows: what a reader might have expected to apply. The rest is told by “explain”.
_TELLING = frozenset({Why.SUPERSEDED, Why.WITHDRAWN, Why.SUSPENDED, Why.DECLARED_AWAY})


def matter_groups(basis: Basis, register: Register, language: str) -> tuple[BasisGroup, ...]:
    """The basis in one list, as beside a matter: applied, excluded, open."""
    rows = (*_applied_rows(basis, register, language), *_excluded_rows(basis, register, language), *_open_rows(basis, register, language))
    return (BasisGroup(rows=rows),)


def answer_groups(basis: Basis, register: Register, language: str) -> tuple[BasisGroup, ...]:
    """The basis by how sure it is, as the law answers while a request is written."""
    applied = list(zip(basis.applied, _applied_rows(basis, register, language), strict=False))
    certain = tuple(row for one, row in applied if one.certainty is LawCertainty.CERTAIN)
    uncertain = tuple(row for one, row in applied if one.certainty is not LawCertainty.CERTAIN)
    if not basis.applied:
        certain = tuple(_applied_rows(basis, register, language))
    groups = (
        BasisGroup(title=gettext("Certain"), rows=certain),
        BasisGroup(title=gettext("Uncertain: check before you rely on it"), rows=uncertain + tuple(_term_rows(basis, register, language))),
        BasisGroup(title=gettext("Open: the law gives no answer yet"), rows=tuple(_open_rows(basis, register, language))),
        BasisGroup(title=gettext("Does not apply between the two"), rows=tuple(_excluded_rows(basis, register, language))),
    )
    return tuple(group for group in groups if group.rows)


def route_lines(basis: Basis, register: Register, language: str) -> tuple[Standing, ...]:
    """By which way the request goes and in which language, each with how sure it is."""
    channels = tuple(
        Standing(text=register.label("channel", channel.code, language), certainty=cited(channel.confidence)) for channel in basis.channels
    )
    return tuple(dict.fromkeys((*channels, *_language_lines(basis, register, language))))


def _language_lines(basis: Basis, register: Register, language: str) -> Iterator[Standing]:
    for rule in basis.languages:
        names = ", ".join(_language(code, register, language) for code in rule.codes)
        yield Standing(text=gettext("Language: %(names)s") % {"names": names}, certainty=cited(rule.confidence))


def _language(code: str, register: Register, language: str) -> str:
    """A language by its name, or what an instrument says instead of one."""
    return str(Locale(language).languages.get(code) or register.label("language", code, language))


# Rows


def _applied_rows(basis: Basis, register: Register, language: str) -> Iterator[BasisRow]:
    for one in basis.applied:
        role = str(_ROLES[one.role])
        if one.role is Role.PRIMARY and all(evidence.bound is Bound.YES for evidence in one.evidence):
            role = gettext("The main basis. Both States are bound.")
        if one.role is Role.PRIMARY and basis.order_is_open:
            role = gettext("A basis; no rule puts one first: the request names it.")
        yield BasisRow(title=instrument_title(register, one.id, language), role=role, standings=_standings(one, language))
    if basis.basis is BasisKind.RECIPROCITY:
        yield _reciprocity(basis, register, language)


def _reciprocity(basis: Basis, register: Register, language: str) -> BasisRow:
    standings = tuple(
        Standing(text=str(cite(register, one.instrument, one.article, None, language).text), certainty=cited(one.confidence))
        for one in basis.reciprocity
    )
    return BasisRow(title=gettext("Reciprocity"), role=gettext("No treaty is left between the two States."), standings=standings)


def _standings(one: Applied, language: str) -> tuple[Standing, ...]:
    return tuple(Standing(text=_standing(evidence, language), certainty=_sure(evidence)) for evidence in one.evidence)


def _sure(evidence: Evidence) -> Certainty:
    if evidence.bound is Bound.UNKNOWN:
        return Certainty.OPEN
    return Certainty.VERIFIED if evidence.verified else Certainty.UNVERIFIED


def _standing(evidence: Evidence, language: str) -> str:
    state = state_name(evidence.state, language)
    match evidence:
        case Evidence(bound=Bound.NO):
            return gettext("%(state)s is not bound") % {"state": state}
        case Evidence(since=date() as since):
            return gettext("%(state)s, from %(date)s") % {"state": state, "date": dates.full(since)}
        case Evidence(bound=Bound.UNKNOWN, not_earlier_than=date() as first, not_later_than=date() as last):
            words = gettext("%(state)s, from a day between %(first)s and %(last)s")
            return words % {"state": state, "first": dates.full(first), "last": dates.full(last)}
        case Evidence(not_later_than=date() as last):
            return gettext("%(state)s, by %(date)s at the latest") % {"state": state, "date": dates.full(last)}
        case Evidence(bound=Bound.UNKNOWN):
            return gettext("%(state)s: not known") % {"state": state}
    return gettext("%(state)s is bound; the day is not known") % {"state": state}


def _excluded_rows(basis: Basis, register: Register, language: str) -> Iterator[BasisRow]:
    for one in _one_each(basis.excluded):
        yield BasisRow(
            title=instrument_title(register, one.id, language),
            role=str(_WHYS[one.why]),
            standings=_excluding_states(one, language),
            excluded=True,
            excluded_by=_excluded_by(one, register, language),
        )


def _one_each(excluded: Sequence[Excluded]) -> Iterable[Excluded]:
    found: dict[str, Excluded] = {}
    for one in excluded:
        if one.why in _TELLING:
            found.setdefault(one.id, one)
    return found.values()


def _excluding_states(one: Excluded, language: str) -> tuple[Standing, ...]:
    return tuple(
        Standing(text=_standing(evidence, language), certainty=_sure(evidence)) for evidence in one.evidence if evidence.state in one.states
    )


def _excluded_by(one: Excluded, register: Register, language: str) -> Citation | None:
    if one.by is None and one.article is None:
        return None
    return cite(register, one.by or one.id, one.article or "", one.confidence, language)


def _term_rows(basis: Basis, register: Register, language: str) -> Iterator[BasisRow]:
    for one in basis.time_limits:
        if one.confidence is Confidence.UNVERIFIED:
            citation = cite(register, one.instrument, one.article, None, language)
            label = register.label("limit", one.topic, language)
            title = f"{label[:1].upper()}{label[1:]}: {length_words(one.length, one.unit, language)}"
            yield BasisRow(
                title=title, role=str(citation.text), standings=(Standing(text=gettext("the term"), certainty=Certainty.UNVERIFIED),)
            )


_OPEN = {
    DoubtKind.BILATERAL: gettext_lazy("A bilateral treaty?"),
    DoubtKind.OPEN_QUESTION: gettext_lazy("An open question of law"),
    DoubtKind.ORDER: gettext_lazy("Which goes first?"),
    DoubtKind.OFFENCE: gettext_lazy("Is the offence covered?"),
    DoubtKind.NO_DUTY: gettext_lazy("Is there a duty?"),
    DoubtKind.DECLARATION: gettext_lazy("Does a declaration exclude it?"),
    DoubtKind.SILENT: gettext_lazy("The instrument is silent"),
}


def _open_rows(basis: Basis, register: Register, language: str) -> Iterator[BasisRow]:
    """What the law leaves open; what is merely not verified carries its mark where it stands."""
    for doubt in basis.doubts:
        if title := _OPEN.get(doubt.kind):
            words = doubt_words(doubt, register, language)
            yield BasisRow(title=title, role=f"{words.what} {words.settles}", standings=(Standing(text="", certainty=Certainty.OPEN),))
    if not basis.time_limits:
        standing = Standing(text=gettext("the term"), certainty=Certainty.OPEN)
        yield BasisRow(title=gettext("The law sets no term"), role=gettext("No instrument that applies names one."), standings=(standing,))
