"""Every element of an answer is said, with its citation, in both languages."""

from collections.abc import Iterator
from datetime import date

import pytest

from comity.law import Basis, BasisKind, DoubtKind, Role, Why
from comity.law.explain import SILENT, WHY, doubt_words, explain, plain, why_not
from comity.law.load import default_register
from comity.law.resolve import resolve
from comity.words import translate

REGISTER = default_register()
ASKED = (
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


def labels(basis: Basis, language: str) -> Iterator[tuple[str, str, str | None, str | None]]:
    """For each element: the section it belongs to, the words it must be said with, and the instrument and article it must cite."""
    register, fields = REGISTER, REGISTER.fields
    yield from (("applied", register.instruments[item.id].title(language), item.id, None) for item in basis.applied)
    yield from (("excluded", register.instruments[item.id].title(language), item.id, item.article) for item in basis.excluded)
    yield from (
        ("excluded", why_not(item, register, language), item.id, item.article) for item in basis.excluded if item.why is not Why.NOT_FOUND
    )
    yield from (("channel", register.label("channel", item.code, language), item.instrument, item.article) for item in basis.channels)
    yield from (("authorities", item.name(language), None, None) for item in basis.authorities)
    for rule in basis.languages:
        yield from (("languages", register.label("language", code, language), rule.instrument, rule.article) for code in rule.codes)
    yield from (("required", fields[item.field].label(language), item.instrument, item.article) for item in basis.required)
    yield from (("attachments", fields[item.field].label(language), item.instrument, item.article) for item in basis.attachments)
    yield from (("time-limits", register.label("limit", item.topic, language), item.instrument, item.article) for item in basis.time_limits)
    yield from (("time-limits", str(item.length), item.instrument, item.article) for item in basis.time_limits)
    yield from (("refusal", register.label("ground", item.code, language), item.instrument, item.article) for item in basis.refusal)
    for condition in basis.conditions:
        summary = condition.summary_ru if language == "ru" else condition.summary
        words = summary if condition.state else register.label("condition", condition.code, language)
        yield "conditions", words, condition.instrument, condition.article
    yield from (("human-rights", item.title_ru if language == "ru" else item.title_en, item.id, None) for item in basis.human_rights)
    yield from (("human-rights", item.rule_ru if language == "ru" else item.rule_en, item.id, None) for item in basis.human_rights)
    for doubt in basis.doubts:
        said = doubt_words(doubt, register, language)
        yield "doubts", said.what, next(iter(doubt.instruments), None), doubt.article
        yield "doubts", said.settles, next(iter(doubt.instruments), None), doubt.article
    yield from (("basis", item.article or "", item.instrument, item.article) for item in basis.reciprocity)
    yield "register", basis.register, None, None
    if basis.order_is_open:
        yield "order", "", None, None


@pytest.mark.parametrize("language", ["en", "ru"])
@pytest.mark.parametrize("asked", ASKED, ids=lambda asked: "-".join(str(part) for part in asked))
def test_every_element_is_said_and_cited(asked: tuple[str, str, str, date, str | None], language: str) -> None:
    basis = resolve(REGISTER, *asked)
    sentences = explain(basis, REGISTER, language)

    for section, words, instrument, article in labels(basis, language):
        assert any(
            sentence.section == section
            and words.replace("..", ".") in sentence.text
            and (instrument is None or any((cited.instrument, cited.article) == (instrument, article) for cited in sentence.citations))
            for sentence in sentences
        ), (section, words, instrument, article)


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


def test_the_cases_above_show_every_kind_of_answer() -> None:
    answers = [resolve(REGISTER, *asked) for asked in ASKED]

    assert {answer.basis for answer in answers} == set(BasisKind)
    assert {applied.role for answer in answers for applied in answer.applied} == set(Role)
    assert {doubt.kind for answer in answers for doubt in answer.doubts} == set(DoubtKind)
    shown = {left.why for answer in answers for left in answer.excluded}
    assert set(Why) - shown <= {Why.NO_BASIS, Why.BASE_NOT_APPLIED}


@pytest.mark.parametrize("words", [*WHY.values(), *SILENT.values()])
def test_every_reason_has_its_russian(words: str) -> None:
    assert translate(words, "ru") != words
