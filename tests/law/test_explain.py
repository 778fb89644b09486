"""Every element of an answer is said, with its citation, in both languages: whatever field an element has, the walk below finds it."""

import re
from collections.abc import Callable, Iterator
from dataclasses import fields, is_dataclass
from datetime import date
from itertools import permutations
from typing import Any

import pytest

from comity.identifiers import InstrumentId
from comity.law import (
    Applied,
    Attachment,
    Authority,
    Basis,
    BasisKind,
    Bound,
    Certainty,
    Channel,
    Check,
    Citation,
    Condition,
    Confidence,
    Doubt,
    DoubtKind,
    Evidence,
    Excluded,
    Form,
    Ground,
    HumanRightsCheck,
    Languages,
    NationalLaw,
    Part,
    Purpose,
    Required,
    Role,
    Rule,
    TimeLimit,
    Unit,
    Why,
)
from comity.law.explain import DOUBTS, SILENT, WHY, Sentence, cited, condition_words, doubt_words, explain, length_words, plain, why_not
from comity.law.load import default_register
from comity.law.part_words import PARTS
from comity.law.resolve import resolve
from comity.words import translate

REGISTER = default_register()
REGION = ("AM", "AZ", "BY", "GE", "KG", "KZ", "MD", "RU", "TJ", "TM", "UA", "UZ")
DAYS = (date(1996, 5, 1), date(2010, 3, 1), date(2018, 9, 20), date(2024, 6, 1))
AREAS = (None, None, "corruption", "drugs")
ASKED: tuple[tuple[str, str, str, date, str | None], ...] = (
    ("KZ", "TJ", "extradition", date(2018, 9, 20), None),
    ("RU", "AM", "extradition", date(2024, 3, 20), None),
    ("AM", "AZ", "extradition", date(2018, 1, 1), None),
    ("MD", "RU", "mla", date(2015, 1, 1), None),
    ("KZ", "TJ", "extradition", date(2005, 6, 1), None),
    ("UA", "BY", "mla", date(2023, 3, 1), None),
    ("UA", "KZ", "transfer-of-proceedings", date(2024, 2, 1), None),
    ("UA", "KZ", "transfer-of-proceedings", date(2024, 6, 1), None),
    ("KZ", "DE", "extradition", date(2018, 3, 1), None),
    ("KZ", "DE", "extradition", date(2018, 3, 1), "corruption"),
    ("KZ", "DE", "transfer-of-proceedings", date(2018, 3, 1), "corruption"),
    ("KZ", "DE", "mla", date(2018, 3, 1), None),
    ("KZ", "FR", "extradition", date(2023, 3, 1), "theft"),
    ("KZ", "VN", "mla", date(2022, 1, 1), None),
    ("KZ", "BY", "mla", date(2021, 9, 1), "cybercrime"),
    ("KZ", "RU", "mla", date(2020, 9, 1), "terrorism"),
    ("KZ", "US", "mla", date(2018, 3, 1), None),
    ("RU", "UZ", "service-of-documents", date(2018, 3, 1), None),
    ("AM", "KZ", "transfer-of-sentenced", date(2018, 2, 1), None),
    ("KZ", "FR", "asset-recovery", date(2018, 2, 1), None),
    ("PK", "IN", "mla", date(2019, 1, 1), "terrorism"),
    ("AZ", "AM", "mla", date(2020, 1, 1), "cybercrime"),
    ("KZ", "AZ", "mla", date(2021, 1, 1), None),
    ("KZ", "US", "extradition", date(2020, 1, 1), None),
    ("TJ", "RU", "joint-investigation-team", date(2020, 1, 1), None),
    ("RU", "MD", "mla", date(2008, 6, 1), "corruption"),
)
SECTIONS = {
    "requesting": "question",
    "requested": "question",
    "kind": "question",
    "on": "question",
    "offence_area": "question",
    "committed": "question",
    "basis": "basis",
    "certainty": "certainty",
    "primary": "applied",
    "subsidiary": "applied",
    "order_is_open": "order",
    "excluded": "excluded",
    "reciprocity": "basis",
    "channels": "channel",
    "authorities": "authorities",
    "languages": "languages",
    "required": "required",
    "attachments": "attachments",
    "form": "form",
    "conditions": "conditions",
    "time_limits": "time-limits",
    "refusal": "refusal",
    "rules": "rules",
    "human_rights": "human-rights",
    "doubts": "doubts",
    "register": "register",
}
"""Where each field of an answer is explained."""


class Say:
    """Words of the register and of the program in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def word(self, group: str, code: str) -> str:
        return REGISTER.label(group, code, self.language)

    def title(self, name: str) -> str:
        beside: tuple[NationalLaw | Check, ...] = (*REGISTER.national.values(), *REGISTER.checks)
        for law in beside:
            if law.id == name:
                return law.title_ru if self.language == "ru" else law.title_en
        return REGISTER.instruments[InstrumentId(name)].title(self.language)

    def state(self, code: str) -> str:
        from babel import Locale

        return str(Locale.parse("ru" if self.language == "ru" else "en_GB").territories[code])

    def day(self, day: date) -> str:
        from babel.dates import format_date

        return str(format_date(day, format="long", locale="ru" if self.language == "ru" else "en_GB"))

    def opening(self, template: str, **parts: str) -> str:
        """A sentence of the program as far as its first part that is not given."""
        return translate(template, self.language).split("{")[0] if not parts else translate(template, self.language).format(**parts)

    def summary(self, item: Any) -> str:
        return str((item.summary_ru or item.summary) if self.language == "ru" else item.summary)

    def lowered(self, text: str) -> str:
        return text if text[1:2].isupper() else text[:1].lower() + text[1:]


Words = Callable[[Any, Say], tuple[str, ...]]


def article(item: Any, say: Say) -> tuple[str, ...]:
    """Its number, or that it is not known; a declaration may be about the whole instrument."""
    if item.article:
        return (item.article,)
    if getattr(item, "state", None):
        return ()
    return (translate("{title}, article not known", say.language).split("}, ")[1],)


def sure(item: Any, say: Say) -> tuple[str, ...]:
    return () if item.confidence is Confidence.VERIFIED else (translate("(not verified)", say.language),)


def title(item: Any, say: Say) -> tuple[str, ...]:
    return (say.title(item.instrument),)


def template_of(doubt: Doubt) -> str:
    """What is said of a doubt of its kind, before names are put in."""
    silent = "Under {titles} the register does not hold: {points}."
    return {DoubtKind.OPEN_QUESTION: "", DoubtKind.SILENT: silent}.get(doubt.kind) or DOUBTS.get(doubt.kind, ("",))[0]


def doubted(doubt: Doubt, say: Say) -> tuple[str, ...]:
    """The words of its kind between the names, and what would settle it. Doubts that are alike may share a sentence."""
    template = translate(template_of(doubt), say.language) if template_of(doubt) else ""
    return (*re.split(r"{[a-z]+}", template), doubt_words(doubt, REGISTER, say.language).settles)


def source(_item: Any, _say: Say) -> tuple[str, ...]:
    """Said by the citation, which `is_cited` looks for."""
    return ()


SOURCED: dict[str, Words] = {"instrument": title, "article": article, "source": source, "confidence": sure}
SAID: dict[type, dict[str, Words]] = {
    Applied: {
        "id": lambda it, say: (say.title(it.id),),
        "role": lambda it, say: (
            say.opening(
                {
                    Role.PRIMARY: "{title} carries the request. {evidence}",
                    Role.RESERVE: "{title} stands behind as a reserve. {evidence}",
                    Role.SUPPLEMENT: "{title} serves one step beside it and never carries the request alone. {evidence}",
                }[it.role],
                title=say.title(it.id),
                evidence="",
            ).strip(),
        ),
        "certainty": lambda it, say: (translate("That it applies is not certain.", say.language),) * (it.certainty is Certainty.UNCERTAIN),
        "evidence": lambda it, say: tuple(words for one in it.evidence for words in said_of(one, say)),
    },
    Evidence: {
        "state": lambda it, say: (say.state(it.state),),
        "bound": source,
        "status": source,
        "source": source,
        "confidence": source,
        "verified": lambda it, say: (translate("(not verified)", say.language),) * (not it.verified),
        "since": lambda it, say: (say.day(it.since),) if it.since and it.bound is Bound.YES else (),
        "not_earlier_than": lambda it, say: (
            (say.day(it.not_earlier_than),) if it.not_earlier_than and it.bound is Bound.UNKNOWN and not it.until else ()
        ),
        "not_later_than": lambda it, say: (
            (say.day(it.not_later_than),)
            if it.not_later_than and not it.since and it.bound is not Bound.NO and not (it.bound is Bound.UNKNOWN and it.until)
            else ()
        ),
        "until": lambda it, say: (say.day(it.until),) if it.until and it.bound is Bound.UNKNOWN else (),
        "computed": lambda it, say: (
            (translate("bound since {day}, a day counted from the deposit", say.language).split("{day}")[1],)
            if it.computed and it.bound is Bound.YES and it.since
            else ()
        ),
        "note": source,  # notes of whoever read the source, in one language
    },
    Excluded: {
        "id": lambda it, say: (say.title(it.id),),
        "why": lambda it, say: (why_not(it, REGISTER, say.language),) if it.why is not Why.NOT_FOUND else (),
        "source": source,
        "confidence": sure,
        "article": lambda it, say: (it.article,) if it.article else (),
        "states": lambda it, say: tuple(say.state(state) for state in it.states) if "{states}" in WHY[it.why] else (),
        "by": lambda it, say: (say.title(it.by),) if it.by and "{by}" in WHY[it.why] else (),
        "evidence": source,  # said by `why`
    },
    Channel: SOURCED
    | {
        "code": lambda it, say: (say.word("channel", it.code),),
        "optional": lambda it, say: (say.opening("Also open ({place}): {channel}." if it.optional else "Channel ({place}): {channel}."),),
    },
    Authority: {
        "state": lambda it, say: (say.state(it.state),),
        "name_en": lambda it, say: (it.name_en,) if say.language == "en" else (),
        "name_ru": lambda it, say: (it.name_ru,) if say.language == "ru" else (),
        "name_kk": source,  # a third language
        "stage": lambda it, say: (
            {
                "pre-trial": translate("{state}, before trial: {name}.", say.language),
                "court": translate("{state}, in court: {name}.", say.language),
            }.get(it.stage, "{state}: {name}.")
            .split("{state}")[1]
            .split("{name}")[0],
        ),
        "kinds": source,  # the question's kind is one of them
        "competence": source,  # a note of the register, on the page of the State
        "unit": source,
        "note": source,
        "source": source,
        "confidence": sure,
    },
    Languages: SOURCED
    | {
        "codes": lambda it, say: tuple(say.word("language", code) for code in it.codes),
        "state": lambda it, say: (say.state(it.state),) if it.state else (),
    },
    Required: SOURCED | {"field": lambda it, say: (say.lowered(REGISTER.fields[it.field].label(say.language)),)},
    Attachment: SOURCED
    | {
        "field": lambda it, say: (say.lowered(REGISTER.fields[it.field].label(say.language)),),
        "purpose": lambda it, say: (
            say.opening(
                {
                    Purpose.ANY: "Annexed ({place}): {names}.",
                    Purpose.PROSECUTION: "Annexed for prosecution ({place}): {names}.",
                    Purpose.ENFORCEMENT: "Annexed for enforcement of a sentence ({place}): {names}.",
                }[it.purpose]
            ),
        ),
    },
    Form: SOURCED | {"code": lambda it, say: (say.word("form", it.code),)},
    Rule: SOURCED
    | {
        "topic": lambda it, say: (say.word("topic", it.topic)[1:],),
        "summary": lambda it, say: (it.summary,) if say.language == "en" else (),
        "summary_ru": lambda it, say: (it.summary_ru,) if say.language == "ru" else (),
    },
    TimeLimit: SOURCED
    | {
        "topic": lambda it, say: (say.word("limit", it.topic),),
        "length": lambda it, say: (length_words(it.length, it.unit, say.language),),
        "unit": lambda it, say: (length_words(it.length, it.unit, say.language),),
        "longest": lambda it, say: (length_words(it.longest, it.longest_unit or it.unit, say.language),) if it.longest else (),
        "longest_unit": lambda it, say: (length_words(it.longest, it.longest_unit, say.language),) if it.longest_unit else (),
        "reckoning": lambda it, say: (
            *(
                (it.reckoning.counted_from.ru if say.language == "ru" else it.reckoning.counted_from.en,)
                if it.reckoning.counted_from
                else ()
            ),
            *((length_words(it.reckoning.warn_days, Unit.DAYS, say.language),) if it.reckoning.warn_days else ()),
        ),
        "extension": lambda it, say: (length_words(it.extension, it.unit, say.language),) if it.extension else (),
        "summary": source,  # looked for by `summaries`: the rule may say it
        "summary_ru": source,
    },
    Ground: SOURCED
    | {
        "code": lambda it, say: (say.word("ground", it.code),),
        "mandatory": lambda it, say: (
            say.opening("Must be refused ({place}): {names}." if it.mandatory else "May be refused ({place}): {names}."),
        ),
        "assurance_possible": lambda it, say: (
            (translate("{ground}, unless assurances are given", say.language).split("}")[1],) if it.assurance_possible else ()
        ),
        "state": lambda it, say: (say.state(it.state),) if it.state else (),
    },
    Condition: SOURCED
    | {
        "code": lambda it, say: (condition_words(it, REGISTER, say.language)[1:],) if not it.state else (),
        "value": lambda it, say: (condition_words(it, REGISTER, say.language)[1:],) if it.value is not None else (),
        "summary": source,  # looked for by `summaries`
        "summary_ru": source,
        "state": lambda it, say: (say.state(it.state),) if it.state else (),
        "effect": lambda it, say: (say.word("effect", it.effect),) if it.effect else (),
    },
    HumanRightsCheck: {
        "id": source,
        "title_en": lambda it, say: (it.title_en,) if say.language == "en" else (),
        "title_ru": lambda it, say: (it.title_ru,) if say.language == "ru" else (),
        "rule_en": lambda it, say: (it.rule_en,) if say.language == "en" else (),
        "rule_ru": lambda it, say: (it.rule_ru,) if say.language == "ru" else (),
        "grounds": lambda it, say: tuple(say.word("ground", code) for code in it.grounds),
        "absolute": lambda it, say: (
            (say.opening("Check, whatever the treaty says: {title}. {rule} Grounds: {grounds}. {binds}."),) if it.absolute else ()
        ),
        "binds": lambda it, say: tuple(say.state(state) for state, _bound in it.binds),
        "source": source,
        "confidence": sure,
    },
    Doubt: {
        "kind": doubted,
        "unsettles": lambda it, say: (say.opening("In doubt: {what} {settles}" if it.unsettles else "Note: {what} {settles}"),),
        "instruments": lambda it, say: tuple(say.title(name) for name in it.instruments) if "{titles}" in template_of(it) else (),
        "states": lambda it, say: tuple(say.state(state) for state in it.states) if "{states}" in template_of(it) else (),
        "question": lambda it, say: tuple(
            question.text_ru if say.language == "ru" else question.text_en for question in REGISTER.questions if question.id == it.question
        ),
        "point": lambda it, say: (translate(PARTS[Part(it.point)], say.language),) if it.point and it.kind is DoubtKind.SILENT else (),
        "article": source,  # cited
        "parts": lambda it, say: tuple(translate(PARTS[part], say.language) for part in it.parts),
    },
    Citation: {
        "instrument": title,
        "title": source,  # in English; said in the language asked for by `instrument`
        "article": article,
        "source": source,
        "confidence": source,
    },
}
"""For every field of every element the words it must be said with. A field that is not here fails the walk."""


def names(element: Any) -> tuple[str, ...]:
    """The fields of an element that readers are told; `fact` is the address of the fact in the register, for programs."""
    return tuple(field.name for field in fields(element) if field.name != "fact")


def said_of(element: Any, say: Say) -> Iterator[str]:
    """Every word that must stand in one sentence about an element, whatever fields it has."""
    words = SAID[type(element)]
    for name in names(type(element)):
        yield from words[name](element, say)


def citations(element: Any) -> Iterator[tuple[str, str | None, str | None]]:
    """What the sentence must cite: instrument, article, source."""
    match element:
        case Applied():
            yield from ((element.id, None, evidence.source) for evidence in element.evidence)
        case Excluded():
            yield element.id, element.article, element.source
        case HumanRightsCheck():
            yield element.id, None, element.source
        case Doubt():
            yield from ((name, element.article, None) for name in element.instruments)
        case Authority():
            yield "", None, element.source
        case _:
            yield element.instrument, element.article, element.source


def is_cited(sentence: Sentence, wanted: tuple[str, str | None, str | None]) -> bool:
    name, number, read = wanted
    return any(
        (found.instrument, found.article) == (name, number) and (read is None or found.source == read) for found in sentence.citations
    )


def is_said(element: Any, sentences: tuple[Sentence, ...], say: Say) -> bool:
    """Whether one sentence says all of it and cites where it stands."""
    words = [text.replace("..", ".") for text in said_of(element, say)]
    wanted = tuple(citations(element))
    return any(all(text in one.text for text in words) and all(is_cited(one, place) for place in wanted) for one in sentences)


def plain_words(basis: Basis, name: str, say: Say) -> tuple[str, ...]:
    """The words for a field of an answer that is no element."""
    value = getattr(basis, name)
    match name:
        case "requesting" | "requested":
            return (say.state(value),)
        case "kind":
            return (say.word("kind", value),)
        case "on":
            return (say.day(value),)
        case "offence_area":
            return (say.word("offence-area", value or "any"),)
        case "committed":
            return (say.day(value),) if value else ()
        case "basis":
            return tuple(say.title(one.id) for one in basis.primary)
        case "certainty":
            sure_words = "This answer is certain."
            unsure = "This answer is uncertain: the last sentences say why and what would settle it."
            return (translate(sure_words if value is Certainty.CERTAIN else unsure, say.language),)
        case "order_is_open":
            return ("",) if value else ()
        case "register":
            return (value,)
    raise AssertionError(name)


def unsaid(basis: Basis, language: str) -> Iterator[object]:
    """Every element of the answer that no sentence says: found by walking its fields."""
    say, sentences = Say(language), explain(basis, REGISTER, language)
    for field in fields(basis):
        of_section = tuple(one for one in sentences if one.section == SECTIONS[field.name])
        value = getattr(basis, field.name)
        if not isinstance(value, tuple):
            words = plain_words(basis, field.name, say)
            if words and not any(all(text.replace("..", ".") in one.text for text in words) for one in of_section):
                yield field.name, value
            continue
        for element in value:
            assert is_dataclass(element)
            if not is_said(element, of_section, say):
                yield field.name, element
    yield from (
        item
        for item in (*basis.time_limits, *basis.conditions)
        if not any(say.summary(item).replace("..", ".") in one.text for one in sentences)
    )


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(str(part) for part in asked))
def test_every_element_is_said_and_cited(asked: tuple[str, str, str, date, str | None], language: str) -> None:
    assert list(unsaid(resolve(REGISTER, *asked), language)) == []


@pytest.mark.parametrize("kind", REGISTER.kinds)
def test_between_any_two_states_every_element_is_said(kind: str) -> None:
    """All pairs of the region in every kind, by turns on four days, in two languages, for any offence and for two areas."""
    for turn, (requesting, requested) in enumerate(permutations(REGION, 2)):
        basis = resolve(REGISTER, requesting, requested, kind, DAYS[turn % 4], AREAS[turn // 4 % 4])
        assert list(unsaid(basis, "ru" if turn % 3 else "en")) == [], (requesting, requested, kind, basis.on)


@pytest.mark.parametrize("kind", REGISTER.kinds)
def test_with_any_other_state_every_element_is_said(kind: str) -> None:
    for turn, other in enumerate(state for state in REGISTER.states if state not in REGION):
        requesting, requested = ("KZ", other) if turn % 2 else (other, "KZ")
        basis = resolve(REGISTER, requesting, requested, kind, DAYS[turn % 4], AREAS[turn % 4])
        assert list(unsaid(basis, "en" if turn % 3 else "ru")) == [], (other, kind)


def test_no_field_of_an_answer_is_forgotten() -> None:
    assert {field.name for field in fields(Basis)} == set(SECTIONS)
    for element, words in SAID.items():
        assert set(names(element)) == set(words), element


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(str(part) for part in asked))
def test_sentences_are_numbered_whole_and_in_one_language(asked: tuple[str, str, str, date, str | None], language: str) -> None:
    sentences = explain(resolve(REGISTER, *asked), REGISTER, language)

    assert [sentence.number for sentence in sentences] == list(range(1, len(sentences) + 1))
    for sentence in sentences:
        assert "{" not in sentence.text
        assert "None" not in sentence.text
        assert sentence.text.rstrip(")").endswith((".", "verified", "проверено")), sentence.text
        assert any("а" <= letter <= "я" for letter in sentence.text.lower()) == (language == "ru"), sentence.text
    assert plain(sentences).startswith("1. ")


def test_an_unverified_fact_is_said_to_be_so() -> None:
    basis = resolve(REGISTER, "KZ", "TJ", "extradition", date(2018, 9, 20))
    arrest = next(sentence for sentence in explain(basis, REGISTER, "en") if "40 days" in sentence.text)

    assert arrest.text.endswith("(not verified)")


def test_each_sentence_can_be_read_with_what_it_cites() -> None:
    sentences = explain(resolve(REGISTER, "RU", "UZ", "mla", date(2018, 5, 10)), REGISTER, "en")

    assert "   — Minsk Convention 1993, art. 13 · read in the source · http" in cited(sentences, "en")
    assert "   — Minsk Convention 1993, art. 19 · not verified · general knowledge" in cited(sentences, "en")


def test_what_two_instruments_ask_is_said_once_with_both_articles() -> None:
    sentences = explain(resolve(REGISTER, "MD", "RU", "mla", date(2015, 1, 1)), REGISTER, "en")
    asking = [sentence.text for sentence in sentences if "requesting authority" in sentence.text]

    assert len(asking) == 1
    assert "(ETS 030), art. 14; Minsk Convention 1993, art. 7)" in asking[0]


def test_an_article_that_is_not_known_and_a_number_not_to_be_relied_on_are_said() -> None:
    texts = [sentence.text for sentence in explain(resolve(REGISTER, "KZ", "TJ", "extradition", date(2018, 9, 20)), REGISTER, "en")]

    assert any(text.startswith("Channel (Chisinau Convention 2002, article not known)") for text in texts)
    assert any(text.startswith("Must be refused (Chisinau Convention 2002, art. 89, number not verified)") for text in texts)
    assert any(text.startswith("Condition (Chisinau Convention 2002, art. 66)") for text in texts)


def test_the_cases_above_show_every_kind_of_answer() -> None:
    answers = [resolve(REGISTER, *asked) for asked in ASKED]

    assert {answer.basis for answer in answers} == set(BasisKind)
    assert {applied.role for answer in answers for applied in answer.applied} == set(Role)
    doubted = {doubt.kind for answer in answers for doubt in answer.doubts}
    assert set(DoubtKind) - doubted == {DoubtKind.SUSPENSION, DoubtKind.RESERVATION, DoubtKind.LATER}
    shown = {left.why for answer in answers for left in answer.excluded}
    assert set(Why) - shown <= {Why.NO_BASIS, Why.BASE_NOT_APPLIED, Why.OFFENCE_BEFORE}


@pytest.mark.parametrize("words", [*WHY.values(), *SILENT.values()])
def test_every_reason_has_its_russian(words: str) -> None:
    assert translate(words, "ru") != words
