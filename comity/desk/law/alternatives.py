"""What if: the answer on another day, for another offence, or with a fact in doubt settled; each a link to that answer."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import assert_never

from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy

from comity.desk.components import dates
from comity.desk.law.question import Question
from comity.desk.matters.citations import instrument_title, state_name
from comity.law import Basis, BasisKind, Bound, Certainty, DoubtKind, Register
from comity.law.explain import doubt_words
from comity.law.whatif import Alternative, AnotherDay, AnotherOffence, Settled, Supposition, suppositions, what_if

TOLD = 10
"""How many settled doubts are followed to their effect on one page: each asks the law anew."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suppose:
    """A supposition in words, what would follow (empty: not worked out here), and the address of that answer."""

    if_: str
    then: str
    url: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Supposed:
    """What may be supposed: doubts settled, other days, other offences. `more`: settled ones whose effect is told where they lead."""

    facts: tuple[Suppose, ...]
    more: tuple[Suppose, ...]
    days: tuple[Suppose, ...]
    offences: tuple[Suppose, ...]

    @property
    def count(self) -> int:
        """How many in all."""
        return len(self.facts) + len(self.more) + len(self.days) + len(self.offences)


def suppositions_of(register: Register, basis: Basis, question: Question, language: str) -> Supposed:
    """What may be supposed of this answer; of settled doubts, those that change it first."""
    found = suppositions(register, basis)
    settled = [one for one in found if isinstance(one, Settled)]
    told = [what_if(register, basis, one) for one in settled[:TOLD]]

    def words(one: Supposition, then: str = "") -> Suppose:
        return Suppose(if_=if_words(register, one, language), then=then, url=_address(question, one))

    def worked_out(one: Supposition) -> Suppose:
        return words(one, _then(register, basis, what_if(register, basis, one), language))

    return Supposed(
        facts=tuple(words(one.supposition, _then(register, basis, one, language)) for one in sorted(told, key=lambda one: one.same)),
        more=tuple(words(one) for one in settled[TOLD:]),
        days=tuple(worked_out(one) for one in found if isinstance(one, AnotherDay)),
        offences=tuple(worked_out(one) for one in found if isinstance(one, AnotherOffence)),
    )


def supposed(register: Register, basis: Basis, key: str) -> Alternative | None:
    """The answer under the supposition that an address names; None where it names none of those this answer has."""
    found = next((one for one in suppositions(register, basis) if isinstance(one, Settled) and _key(one) == key), None)
    return what_if(register, basis, found) if found else None


def _key(one: Settled) -> str:
    doubt = one.doubt
    return ".".join(("yes" if one.bound is Bound.YES else "no", doubt.kind, *doubt.instruments, *doubt.states, doubt.question or ""))


def _address(question: Question, one: Supposition) -> str:
    match one:
        case AnotherDay():
            return question.address(on=one.on.isoformat())
        case AnotherOffence():
            return question.address(area=one.area)
        case Settled():
            return question.address(**{"if": _key(one)})
        case _:
            assert_never(one)


# In words

_BOUND = {
    Bound.YES: gettext_lazy("%(titles)s does bind %(states)s"),
    Bound.NO: gettext_lazy("%(titles)s does not bind %(states)s"),
}
_DECLARED = {
    Bound.YES: gettext_lazy("No declaration takes %(titles)s away between the two"),
    Bound.NO: gettext_lazy("The declaration that takes %(titles)s away between the two stands"),
}
_TAKEN = {
    Bound.YES: gettext_lazy("Both States take %(titles)s as a basis"),
    Bound.NO: gettext_lazy("The two States do not take %(titles)s as a basis"),
}
_ANSWERED = {
    Bound.YES: gettext_lazy("%(titles)s applies: %(question)s"),
    Bound.NO: gettext_lazy("%(titles)s does not apply: %(question)s"),
}
_SETTLED = {DoubtKind.DECLARATION: _DECLARED, DoubtKind.TAKES_AS_BASIS: _TAKEN, DoubtKind.OPEN_QUESTION: _ANSWERED}


def if_words(register: Register, one: Supposition, language: str) -> str:
    """The supposition in words, without a full stop."""
    match one:
        case AnotherDay():
            return gettext("On %(day)s") % {"day": dates.full(one.on)}
        case AnotherOffence():
            area = register.label("offence-area", one.area or "any", language)
            return gettext("For the offence: %(area)s") % {"area": area}
        case Settled():
            return _settled(register, one, language)
        case _:
            assert_never(one)


def _settled(register: Register, one: Settled, language: str) -> str:
    words = _SETTLED.get(one.doubt.kind, _BOUND)[one.bound]
    asked = doubt_words(one.doubt, register, language).what.rstrip(".") if one.doubt.kind is DoubtKind.OPEN_QUESTION else ""
    said = str(words) % {
        "titles": _titles(register, one.doubt.instruments, language),
        "states": ", ".join(state_name(state, language) for state in one.doubt.states),
        "question": asked,
    }
    return capfirst(said)


def _titles(register: Register, ids: tuple[str, ...], language: str) -> str:
    return ", ".join(instrument_title(register, one, language) for one in ids)


_NO_TREATY = {
    BasisKind.RECIPROCITY: gettext_lazy("Only reciprocity would be left."),
    BasisKind.NONE: gettext_lazy("Nothing would be left to rest on."),
    BasisKind.TREATY: gettext_lazy("The request would rest on a treaty."),
}


def _then(register: Register, basis: Basis, one: Alternative, language: str) -> str:
    """What would follow, in short sentences."""
    said = " ".join(_consequences(register, basis, one, language)) or gettext("Another instrument would be left out for another reason.")
    # A title may end in an abbreviation, which brings its own full stop.
    return said.replace("..", ".")


def _consequences(register: Register, basis: Basis, one: Alternative, language: str) -> Iterator[str]:
    if one.same:
        yield gettext("The answer stays as it is.")
        return
    if one.basis.basis is not basis.basis:
        yield str(_NO_TREATY[one.basis.basis])
    if one.gained:
        yield gettext("Would apply: %(titles)s.") % {"titles": _titles(register, one.gained, language)}
    if one.lost:
        yield gettext("Would fall away: %(titles)s.") % {"titles": _titles(register, one.lost, language)}
    if one.certainty_changes:
        sure = one.basis.certainty is Certainty.CERTAIN
        yield gettext("The answer would be certain.") if sure else gettext("The answer would be uncertain.")
