"""What a form lets people choose from: States, languages, offices, and what the legal basis of the matter offers."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from babel import Locale
from django.utils.translation import gettext

from comity.canonical import Value
from comity.desk.components.model import Citation
from comity.desk.matters.citations import cite, cited, state_name
from comity.law import Basis, Bound, HumanRightsCheck, Register
from comity.procedures import Answer, Field, Kind, grounds
from comity.trust import OfficeCard
from comity.words import _

# Codes of Babel's list that name no State or territory of ISO 3166-1.
_NO_STATE = frozenset({"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "XK", "ZZ"})
_ANSWERS = {
    Answer.NO_RISK: _("No risk found"),
    Answer.ASSURED: _("A risk, met by assurances"),
    Answer.RISK: _("A risk"),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One thing to choose. `citation`: where it stands, for grounds and instruments."""

    value: str
    label: str
    chosen: bool = False
    hint: str = ""
    citation: Citation | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AskedCheck:
    """One human-rights check as a question."""

    id: str
    rule: str
    citation: Citation
    binds: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """The choices of one form, in the language of the page."""

    language: str
    register: Register
    basis: Basis | None
    offices: tuple[OfficeCard, ...]

    def of(self, asked: Field, value: Value) -> tuple[Option, ...]:  # noqa: PLR0911  # one return a kind of field
        """The options of a field's kind, those in `value` chosen; none for kinds that are typed."""
        given = {str(item) for item in value} if isinstance(value, list | tuple) else {_key(value)}
        match asked.kind:
            case Kind.CHOICE | Kind.CHOICES:
                return tuple(Option(value=one.value, label=gettext(one.label), chosen=one.value in given) for one in asked.choices)
            case Kind.STATE:
                return self.countries(next(iter(given)))
            case Kind.LANGUAGE:
                return self.languages(next(iter(given)))
            case Kind.OFFICE:
                return tuple(
                    Option(value=card.office, label=card.name(self.language), chosen=card.office in given) for card in self.offices
                )
            case Kind.INSTRUMENTS:
                return self._instruments(asked, given)
            case Kind.GROUND:
                return self._grounds(given)
            case _:
                return ()

    def countries(self, chosen: str = "") -> tuple[Option, ...]:
        """Every State by its name in the language of the page; those the register knows come first."""
        near = [Option(value=code, label=state_name(code, self.language), chosen=code == chosen) for code in self.register.states]
        known = set(self.register.states)
        far = (Option(value=code, label=name, chosen=code == chosen) for code, name in _countries(self.language) if code not in known)
        return (*sorted(near, key=_label), *far)

    def languages(self, chosen: str) -> tuple[Option, ...]:
        """Every language; those the instruments accept come first."""
        accepted = [code for code in (self.basis.language_codes if self.basis else ()) if len(code) == 2]
        names = dict(_languages(self.language))
        first = [Option(value=code, label=names.get(code, code), chosen=code == chosen) for code in accepted]
        rest = (Option(value=code, label=name, chosen=code == chosen) for code, name in names.items() if code not in accepted)
        return (*first, *rest)

    def answers(self, chosen: str) -> tuple[Option, ...]:
        """What an office may have found on a check."""
        return tuple(Option(value=answer.value, label=gettext(label), chosen=answer.value == chosen) for answer, label in _ANSWERS.items())

    def checks(self) -> tuple[AskedCheck, ...]:
        """The human-rights checks of the basis."""
        return tuple(map(self._check, self.basis.human_rights)) if self.basis else ()

    def _check(self, check: HumanRightsCheck) -> AskedCheck:
        title, rule = (check.title_ru, check.rule_ru) if self.language == "ru" else (check.title_en, check.rule_en)
        binds = tuple(_bound_words(state, bound, self.language) for state, bound in check.binds)
        return AskedCheck(id=check.id, rule=rule, citation=Citation(text=title, certainty=cited(check.confidence)), binds=binds)

    def _instruments(self, asked: Field, given: set[str]) -> tuple[Option, ...]:
        applied = tuple(
            Option(value=one.id, label=self.register.instruments[one.id].title(self.language), chosen=one.id in given)
            for one in (self.basis.applied if self.basis else ())
        )
        return applied + tuple(Option(value=one.value, label=gettext(one.label), chosen=one.value in given) for one in asked.choices)

    def _grounds(self, given: set[str]) -> tuple[Option, ...]:
        if self.basis is None:
            return ()
        found = {}
        for offered in grounds(self.basis):
            key = ground_key(offered.value())
            found[key] = Option(
                value=key,
                label=self.register.label("ground", offered.ground, self.language),
                chosen=key in given,
                hint=gettext("Refusal is a duty") if offered.mandatory else gettext("Refusal is allowed"),
                citation=cite(
                    self.register, offered.article.instrument, offered.article.article, offered.article.confidence, self.language
                ),
            )
        return tuple(found.values())


def ground_key(value: Mapping[str, Value]) -> str:
    """A ground as one posted value; `answers` reads it back."""
    return "|".join(str(value.get(key) or "") for key in ("ground", "instrument", "article"))


def _key(value: Value) -> str:
    return ground_key(value) if isinstance(value, Mapping) else str(value or "")


def _bound_words(state: str, bound: Bound, language: str) -> str:
    name = state_name(state, language)
    match bound:
        case Bound.YES:
            return gettext("%(state)s is bound.") % {"state": name}
        case Bound.NO:
            return gettext("%(state)s is not bound.") % {"state": name}
        case Bound.UNKNOWN:
            return gettext("%(state)s: not researched.") % {"state": name}


def _label(option: Option) -> str:
    return option.label


@lru_cache(maxsize=4)
def _countries(language: str) -> tuple[tuple[str, str], ...]:
    names = Locale(language).territories
    return _sorted((code, name) for code, name in names.items() if len(code) == 2 and code.isalpha() and code not in _NO_STATE)


@lru_cache(maxsize=4)
def _languages(language: str) -> tuple[tuple[str, str], ...]:
    return _sorted((code, name) for code, name in Locale(language).languages.items() if len(code) == 2)


def _sorted(pairs: Iterable[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(sorted(pairs, key=lambda pair: pair[1]))
