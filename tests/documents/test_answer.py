"""An answer of the law as a PDF: the question, every sentence with its citations, every doubt, the release, in both languages."""

from dataclasses import replace
from datetime import UTC, date, datetime
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from comity.documents import DocumentError, LegalAnswer, render_answer
from comity.documents.answer import explained
from comity.documents.presentation import long_date, moment, state_name
from comity.law import Basis, BasisKind, Confidence, explain, resolve
from tests.documents.samples import REGISTER, TJ, in_order, read, squeezed

LANGUAGES = ("en", "ru")
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"
AT = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
ON = date(2026, 11, 22)
RUSSIA = resolve(REGISTER, "TJ", "RU", "extradition", ON)
QUESTIONS = {
    "a treaty": RUSSIA,
    "an offence": resolve(REGISTER, "KZ", "UA", "mla", date(2023, 6, 1), "corruption"),
    "reciprocity": resolve(REGISTER, "KZ", "VN", "transfer-of-proceedings", ON),
    "the last century": resolve(REGISTER, "MD", "AM", "mla", date(1992, 1, 1)),
}


def answer(basis: Basis = RUSSIA) -> LegalAnswer:
    return LegalAnswer(basis=basis, register=REGISTER, author=TJ, at=AT)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", QUESTIONS)
def test_every_sentence_stands_in_its_order_with_its_number(language: str, name: str) -> None:
    basis = QUESTIONS[name]
    text = read(render_answer(answer(basis), language))
    sentences = explain(basis, REGISTER, language)
    assert len(sentences) > 4
    assert in_order(text, *(f"{one.number}.{one.text}"[:120] for one in sentences))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_head_names_question_day_release_and_office(language: str) -> None:
    text = read(render_answer(answer(), language))
    office = TJ.name_ru if language == "ru" else TJ.name_en.replace("'", "’")
    kind = REGISTER.label("kind", "extradition", language)
    said = (state_name("TJ", language), state_name("RU", language), kind, long_date(ON, language), REGISTER.release, moment(AT, language))
    assert in_order(text, *said, office, REGISTER.instruments["chisinau-2002"].title(language))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_citation_is_listed_once_with_its_article_source_and_certainty(language: str) -> None:
    said = explained(answer(), language)
    pages = [squeezed(page.extract_text()) for page in PdfReader(BytesIO(render_answer(answer(), language))).pages]
    text = "".join(pages)
    listed = text[text.rindex(squeezed({"en": "Citations", "ru": "Ссылки"}[language])) :]
    assert [one.number for one in said.notes] == list(range(1, len(said.notes) + 1))
    assert len({(one.cited, one.rule) for one in said.notes}) == len(said.notes)
    for one in said.notes:
        assert squeezed(one.cited.title) in listed
        if one.cited.article:
            assert squeezed(one.cited.article) in listed
        if one.cited.source.startswith("http"):
            assert squeezed(one.cited.source) in listed
    words = {"en": ("verified in the source", "not verified"), "ru": ("проверено по источнику", "не проверено")}[language]
    sure = sum(one.cited.confidence is Confidence.VERIFIED for one in said.notes)
    assert listed.count(squeezed(words[0])) == sure
    assert listed.count(squeezed(words[1])) >= len(said.notes) - sure > 0


def test_each_sentence_calls_the_notes_it_rests_on() -> None:
    said = explained(answer(), "en")
    cited = {one.number: one.cited for one in said.notes}
    for one in said.sentences:
        assert {cited[number] for number in one.notes} == set(one.sentence.citations)


def test_a_rule_without_an_article_says_so_and_a_status_does_not() -> None:
    said = explained(answer(), "en")
    unknown = [one for one in said.notes if one.rule and not one.cited.article]
    status = [one for one in said.notes if not one.rule and not one.cited.article]
    assert unknown, "the register has no such rule any more: choose another question"
    assert status
    text = read(render_answer(answer(), "en"))
    assert text[text.rindex("Citations") :].count(squeezed("article not known")) == len(unknown)


@pytest.mark.parametrize("language", LANGUAGES)
def test_doubts_are_said_and_the_answer_is_not_called_certain(language: str) -> None:
    text = read(render_answer(answer(), language))
    doubts = [one for one in explain(RUSSIA, REGISTER, language) if one.section == "doubts"]
    assert doubts
    words = {"en": "Uncertain: check what is in doubt", "ru": "Ответ не бесспорен: проверьте"}[language]
    assert in_order(text, words, *(one.text[:80] for one in doubts))


def test_without_a_treaty_the_head_says_what_is_left() -> None:
    basis = QUESTIONS["reciprocity"]
    assert basis.basis is BasisKind.RECIPROCITY
    assert squeezed("Reciprocity: no treaty is left between the two States") in read(render_answer(answer(basis), "en"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_that_it_is_pdf_a_2b_and_what_it_answers(language: str) -> None:
    reader = PdfReader(BytesIO(render_answer(answer(), language)))
    metadata = ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_data())
    said = {one.tag: one.text for one in metadata.iter()} | {key: value for one in metadata.iter() for key, value in one.attrib.items()}
    assert said[f"{PDFA}part"] == "2"
    assert said[f"{PDFA}conformance"] == "B"
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert reader.metadata.title == {"en": "What the law answers", "ru": "Что отвечает право"}[language]
    assert REGISTER.release in reader.metadata["/Keywords"]
    assert all(REGISTER.release[:16] in squeezed(page.extract_text()) for page in reader.pages)


def test_the_same_answer_gives_the_same_bytes_and_another_moment_others() -> None:
    assert render_answer(answer(), "ru") == render_answer(answer(), "ru")
    assert render_answer(answer(), "ru") != render_answer(replace(answer(), at=AT.replace(minute=31)), "ru")


def test_answers_are_written_in_two_languages_only() -> None:
    with pytest.raises(DocumentError):
        render_answer(answer(), "fr")
