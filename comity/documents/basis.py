"""The law of one letter: which instruments it rests on, which articles ask for what, and how they are cited."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from comity.documents import wording
from comity.documents.model import Citation, Instrument, Name, Row
from comity.identifiers import InstrumentId
from comity.law import Applied, Attachment, Basis, BasisKind, Certainty, Confidence, Register, Required, Role, TimeLimit
from comity.law.explain import length_words

_LEADING = re.compile(r"\d+")
_ROLES = {Role.PRIMARY: wording.PRIMARY, Role.RESERVE: wording.RESERVE, Role.SUPPLEMENT: wording.SUPPLEMENT}


class _Rule(Protocol):
    @property
    def instrument(self) -> str: ...
    @property
    def article(self) -> str | None: ...
    @property
    def confidence(self) -> Confidence: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class LetterLaw:
    """A basis as one letter cites it: without the instruments its request did not choose."""

    basis: Basis | None
    register: Register
    chosen: tuple[str, ...] = ()
    demands: tuple[Required | Attachment, ...] = ()
    """What the law demands of this letter's contents; empty for a letter without a checklist."""
    limits: tuple[str, ...] = ()
    """The time limits the letter itself sets running, by their words in the register."""

    @property
    def applied(self) -> tuple[Applied, ...]:
        """The instruments of the letter: of the primary ones those the request chose (all, where it chose none), then the subsidiary."""
        if self.basis is None:
            return ()
        named = tuple(one for one in self.basis.primary if self.names(one.id))
        return (*(named or self.basis.primary), *self.basis.subsidiary)

    def names(self, instrument: InstrumentId) -> bool:
        """Whether the request chose this instrument, or the convention that it amends."""
        return bool({instrument, self.register.instruments[instrument].base} & set(self.chosen))

    @property
    def is_open(self) -> bool:
        """Whether several primary instruments stand without an order and the request chose none of them."""
        primary = [one for one in self.applied if one.role is Role.PRIMARY]
        return self.basis is not None and self.basis.order_is_open and len(primary) > 1

    def cites(self, instrument: str) -> bool:
        """Whether the letter may cite this instrument."""
        passed_over = {one.id for one in self.basis.primary} - {one.id for one in self.applied} if self.basis else set()
        return instrument not in passed_over

    def rules(self) -> Iterator[_Rule]:
        """Every rule the letter relies on, in the order of the instruments: contents and conditions only where it is a request."""
        if self.basis is not None:
            asking = (*self.basis.conditions, *self.demands) if self.demands else ()
            running = (one for one in self.basis.time_limits if one.topic in self.limits)
            for one in (*self.basis.channels, *self.basis.languages, *asking, *running):
                if self.cites(one.instrument):
                    yield one

    def asking(self) -> Iterator[Required | Attachment]:
        """What the contents and annexes must be, in the order the instruments ask for it."""
        yield from (one for one in self.demands if self.cites(one.instrument))

    def asked_by(self, names: Sequence[str]) -> Iterator[Citation]:
        """The articles that ask for any of `names`, contents or annexes, each once."""
        seen: set[tuple[str, str]] = set()
        for one in self.asking():
            place = (one.instrument, one.article or "")
            if one.field in names and place not in seen:
                seen.add(place)
                yield self.citation(one.instrument, one.article, one.confidence)

    def rank(self, names: Sequence[str]) -> int:
        """The place of the first of `names` among the required contents; past the end where none is asked for."""
        order = [one.field for one in self.asking()]
        return min((order.index(name) for name in names if name in order), default=len(order))

    def citation(self, instrument: str, article: str | None, confidence: Confidence) -> Citation:
        """An article by its instrument's short titles."""
        titles = self.titles(instrument)
        certain = confidence is Confidence.VERIFIED
        known = article is not None or any(check.id == instrument for check in self.register.checks)
        return Citation(
            instrument=InstrumentId(instrument),
            title_en=titles.en,
            title_ru=titles.ru,
            article=article or "",
            article_known=known,
            certain=certain,
        )

    def titles(self, instrument: str) -> Name:
        """The short titles of an instrument or a national law; the id where the register has neither."""
        found = self.register.instruments.get(InstrumentId(instrument))
        if found:
            return Name(found.title("en"), found.title("ru"))
        national = next((one for one in self.register.national.values() if one.id == instrument), None)
        check = next((one for one in self.register.checks if one.id == instrument), None)
        other = national or check
        return Name(other.title_en, other.title_ru) if other else Name(instrument, instrument)

    def instruments(self) -> Iterator[Instrument]:
        """The legal basis, instrument by instrument, each with the articles it is relied on for."""
        for one in self.applied:
            found = self.register.instruments[one.id]
            articles = {rule.article for rule in self.rules() if rule.instrument == one.id and rule.article}
            yield Instrument(
                id=one.id,
                title_en=found.title_en,
                title_ru=found.title_ru,
                short_en=found.title("en"),
                short_ru=found.title("ru"),
                opened=found.opened,
                articles=tuple(sorted(articles, key=_article_order)),
                role=wording.PROTOCOL if found.base else _ROLES[one.role],
                certain=one.certainty is Certainty.CERTAIN,
                since=_since(one),
            )

    def terms(self) -> Iterator[Row]:
        """By which way the letter goes, where the instruments agree on one, and the time limits it sets running; each with its article."""
        ways = [one for one in self.basis.channels if self.cites(one.instrument)] if self.basis else []
        if len({one.code for one in ways}) == 1:
            words = Name(self.register.label("channel", ways[0].code, "en"), self.register.label("channel", ways[0].code, "ru"))
            cited = tuple(self.citation(one.instrument, one.article, one.confidence) for one in ways)
            yield Row(label=wording.CHANNEL, values=(words,), citations=cited)
        for one in self.basis.time_limits if self.basis else ():
            if one.topic in self.limits and self.cites(one.instrument):
                cited = (self.citation(one.instrument, one.article, one.confidence),)
                yield Row(label=wording.TERM, values=(_length(one),), citations=cited)

    def reciprocity(self) -> tuple[Citation, ...] | None:
        """The national law behind a letter that rests on reciprocity alone; None where it does not."""
        if self.basis is None or self.basis.basis is not BasisKind.RECIPROCITY:
            return None
        return tuple(self.citation(one.instrument, one.article, one.confidence) for one in self.basis.reciprocity)


def _length(limit: TimeLimit) -> Name:
    first = f"{limit.length}–" if limit.longest else ""
    last = limit.longest or limit.length
    return Name(first + length_words(last, limit.unit, "en"), first + length_words(last, limit.unit, "ru"))


def _since(applied: Applied) -> date | None:
    days = [one.since for one in applied.evidence if one.since]
    return max(days) if len(days) == len(applied.evidence) else None


def _article_order(article: str) -> tuple[int, str]:
    found = _LEADING.search(article)
    return int(found[0]) if found else 0, article
