"""What a letter says: every field with its article in both languages, in the order of the convention; nothing typed is markup."""

import hashlib
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from io import BytesIO
from xml.etree import ElementTree as ET

import pytest
from pypdf import PdfReader

from comity.documents import DocumentError, LetterKind, Reference, letter_for, office, render, wording
from comity.documents.presentation import long_date
from comity.documents.wording import WORDINGS
from comity.identifiers import OfficeId
from comity.law.basis import BasisKind, Channel, Citation, Ground, Purpose
from comity.law.model import Confidence
from comity.law.resolve import resolve
from comity.procedures import Move, Procedure, procedures
from comity.words import translate
from tests.documents.samples import (
    ASSISTANCE,
    EXTRADITION,
    KZ,
    ON,
    REGISTER,
    REQUEST,
    RU,
    TJ,
    in_order,
    minsk,
    paper,
    read,
    saying,
    squeezed,
    write,
)
from tests.procedures.samples import answers, applied, attachment, basis

LANGUAGES = ("en", "ru")
PDFA = "{http://www.aiim.org/pdfa/ns/id/}"


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_answer_stands_in_the_letter_under_its_label(language: str) -> None:
    text = read(render(write(), language))
    framed = {"basis", "language", "our_number", "signed_by", "official_seal", "papers", "translation"}
    for name in REQUEST.keys() - framed:
        assert squeezed(translate(ASSISTANCE.field(name).label, language)) in text, name
    for name in ("conducting_authority", "case_name", "facts", "legal_qualification", "law_text", "damage", "purpose", "our_number"):
        assert squeezed(str(REQUEST[name])) in text, name
    for person in REQUEST["persons"]:
        assert squeezed(person["full_name"]) in text


@pytest.mark.parametrize(
    ("language", "said"),
    [
        (
            "en",
            """Prosecutor General’s Office of the Republic of Tajikistan | Minsk Convention 1993, art. 7 | Tajikistan | Stateless | May 1984
            | 2 January 1990 | Questioning | Bank records | 1 February 2027 | is not known | Deputy Prosecutor General | Annexes | Russian
            | 22 November 2026""",
        ),
        (
            "ru",
            """Генеральная прокуратура Республики Таджикистан | Минская конвенция 1993 г., ст. 7 | Таджикистан | май 1984 г.
            | 2 января 1990 г. | 1 февраля 2027 г. | неизвестно | Заместитель Генерального прокурора | Приложения | русский
            | 22 ноября 2026 г.""",
        ),
    ],
)
def test_names_dates_articles_and_choices_are_in_the_letters_language(language: str, said: str) -> None:
    text = read(render(write(), language))
    assert [one for one in said.split("|") if squeezed(one) not in text] == []


def test_both_offices_are_named_from_the_register_in_several_languages() -> None:
    text = read(render(write(), "en"))
    assert all(squeezed(name) in text for name in (KZ.name_en.replace("'", "’"), KZ.name_ru, KZ.name_own, TJ.name_ru))
    assert KZ.name_own == "Қазақстан Республикасының Бас прокуратурасы"


def test_the_contents_follow_the_order_of_the_convention() -> None:
    labels = [item.label for item in write().items]
    asked = [
        ASSISTANCE.field(name).label for name in ("requested_authority", "requesting_authority", "case_name", "persons", "subject", "facts")
    ]
    assert labels[: len(asked)] == [
        ASSISTANCE.field(name).label
        for name in ("requested_authority", "requesting_authority", "case_name", "persons", "representatives", "subject")
    ]
    assert in_order(read(render(write(), "ru")), *(translate(label, "ru") for label in asked))


def test_what_no_article_asks_for_comes_last_and_cites_nothing() -> None:
    items = write().items
    places = [place for place, item in enumerate(items) if not item.citations]
    assert places == list(range(places[0], len(items)))
    assert ASSISTANCE.field("purpose").label in {items[place].label for place in places}


def test_a_convention_the_request_did_not_choose_is_not_cited() -> None:
    law = minsk(primary=(applied("minsk-1993"), applied("coe-mla-1959")), order_is_open=True)
    law = replace(law, required=(*law.required, replace(law.required[0], instrument="coe-mla-1959", article="14")))
    letter = write(law=law)
    assert [one.id for one in letter.basis] == ["minsk-1993"]
    assert not letter.basis_is_open
    assert {one.instrument for item in letter.items for one in item.citations} == {"minsk-1993"}
    both = write(law=law, content=REQUEST | {"basis": []})
    assert both.basis_is_open
    assert squeezed("No rule settles which of these instruments goes first") in read(render(both, "en"))


def test_an_unverified_article_is_marked_and_a_verified_one_is_not() -> None:
    law = minsk()
    assert "†" in read(render(write(law=law), "en"))
    sure = replace(law, required=tuple(replace(one, confidence=Confidence.VERIFIED) for one in law.required))
    text = read(render(write(law=sure, content=REQUEST | {"checks": []}), "en"))
    assert "†" not in text


@pytest.mark.parametrize(("language", "word"), [("en", "reciprocity"), ("ru", "принципа взаимности")])
def test_without_a_treaty_the_letter_rests_on_reciprocity_and_gives_its_assurance(language: str, word: str) -> None:
    national = REGISTER.national["KZ"]
    cited = Citation(instrument=national.id, title=national.title_en, article="558", source="s", confidence=Confidence.UNVERIFIED)
    law = basis("mla", basis=BasisKind.RECIPROCITY, primary=(), reciprocity=(cited,))
    text = read(render(write(law=law, content=REQUEST | {"basis": ["reciprocity"]}), language))
    assert squeezed(word) in text
    assert "558" in text
    assert "Minsk" not in text


def test_the_channel_is_named_with_its_article() -> None:
    way = Channel(code="prosecutor-general", article="80", instrument="minsk-1993", source="s", confidence=Confidence.VERIFIED)
    letter = write(law=minsk(channels=(way,)))
    text = read(render(letter, "ru"))
    assert squeezed(REGISTER.label("channel", "prosecutor-general", "ru")).lower() in text.lower()
    assert "80" in letter.basis[0].articles
    assert squeezed("Порядок сношений") in text


def test_annexes_are_listed_with_title_language_pages_and_hash() -> None:
    text = read(render(write(), "en"))
    assert in_order(text, "Annexes", "Перечень вопросов", "Russian", "3", "Постановление о выемке", "Kazakh", "–", "Перевод", "Tajik", "12")
    assert all(f"{number:064x}" in text for number in (1, 2, 3))


def test_a_paper_the_law_asks_for_is_an_item_that_points_to_its_annex() -> None:

    law = minsk("extradition", attachments=(attachment("certified_arrest_decision", Purpose.PROSECUTION),))
    content = answers(
        EXTRADITION,
        EXTRADITION.action("request.sent/1"),
        purpose="prosecution",
        arrest_decision=[paper(9, "Order")],
        papers=[paper(8, "Map")],
    )
    text = read(render(write(of=EXTRADITION, content=content, law=law), "en"))
    assert squeezed("Decision on arrest, certified copy") in text
    assert in_order(text, "Decision on arrest, certified copy", "Annex")


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_refusal_names_its_ground_with_article_and_reasons(language: str) -> None:
    ground = Ground(
        code="own-national", mandatory=True, article="57(1)", instrument="minsk-1993", source="s", confidence=Confidence.VERIFIED
    )
    content = {
        "ground": {"ground": "own-national", "instrument": "minsk-1993", "article": "57(1)"},
        "reasons": "Лицо является гражданином.",
    }
    answered = Reference(number="15-08-26/1142", on=ON)
    letter = write(
        "extradition.refused/1", content, EXTRADITION, minsk("extradition", refusal=(ground,)), (RU, TJ), number="81/3-26", answers=answered
    )
    text = read(render(letter, language))
    assert letter.kind is LetterKind.EXTRADITION_REFUSAL
    assert squeezed(REGISTER.label("ground", "own-national", language).capitalize()) in text
    assert squeezed({"en": "Minsk Convention 1993, art. 57(1)", "ru": "Минская конвенция 1993 г., ст. 57(1)"}[language]) in text
    assert "†" not in text.split(squeezed("57(1)"))[1][:3]
    assert squeezed("Лицо является гражданином.") in text
    assert squeezed(f"15-08-26/1142 {'of' if language == 'en' else 'от'} {long_date(ON, language)}") in text


@pytest.mark.parametrize(
    ("act", "kind", "pair"),
    [
        ("request.sent/1", ASSISTANCE, ("KZ", "TJ")),
        ("request.sent/1", ASSISTANCE, ("AZ", "RU")),
        ("request.sent/1", EXTRADITION, ("TJ", "RU")),
        ("request.sent/1", EXTRADITION, ("AM", "MD")),
        ("arrest.applied-for/1", EXTRADITION, ("KZ", "UZ")),
    ],
)
def test_a_letter_on_the_real_register_cites_only_what_its_basis_says(act: str, kind: Procedure, pair: tuple[str, str]) -> None:
    law = resolve(REGISTER, *pair, kind.law_kind, ON)
    action = kind.action(act)
    offices = tuple(office(REGISTER, OfficeId(f"{state.lower()}-gpo"), kind.law_kind, names={"en": state, "ru": state}) for state in pair)
    letter = write(act, answers(kind, action, basis=[one.id for one in law.primary]), kind, law, offices)
    asked = {(one.instrument, one.article or "") for one in (*law.required, *law.attachments)}
    cited = {(one.instrument, one.article) for item in letter.items for one in item.citations}
    assert cited <= asked
    assert bool(cited) == action.checklist
    assert [one.id for one in letter.basis] == [one.id for one in law.applied]
    assert any(row.label == wording.TERM for row in letter.terms) == (act == "arrest.applied-for/1")
    for language in LANGUAGES:
        text = read(render(letter, language))
        assert all(squeezed(one.title_ru if language == "ru" else one.title_en) in text for one in letter.basis)


@pytest.mark.slow
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_act_of_every_kind_can_be_written_as_a_letter(language: str) -> None:
    for kind in procedures():
        for action in kind.actions:
            letter = write(action.act, answers(kind, action), kind, basis(kind.law_kind or "mla"), (TJ, RU))
            text = read(render(letter, language))
            assert squeezed(translate(letter.title or WORDINGS[letter.kind].title, language)) in text, action.act


def test_every_document_that_a_move_names_is_a_kind_of_letter() -> None:
    named = {move.document for kind in procedures() for move in kind.moves if isinstance(move, Move) and move.document}
    assert named <= set(LetterKind)
    assert set(WORDINGS) == set(LetterKind)


def test_a_document_nobody_knows_is_refused_by_name() -> None:
    strange = replace(ASSISTANCE.action("request.sent/1"), document="poem")
    with pytest.raises(DocumentError, match="no letter “poem”"):
        letter_for(ASSISTANCE, strange, REQUEST, basis=None, register=REGISTER, sender=KZ, recipient=TJ, matter="m", number="1", on=ON)


def test_a_draft_says_so_on_every_page_and_a_sealed_letter_on_none() -> None:
    draft = PdfReader(BytesIO(render(write(draft=True, number=""), "en")))
    assert len(draft.pages) > 1
    assert all("Draft, not sealed and not sent" in page.extract_text() for page in draft.pages)
    assert "given when sealed" in draft.pages[0].extract_text()
    assert "Draft" not in read(render(write(), "en"))


def test_every_page_names_number_date_law_release_and_its_place() -> None:
    pages = PdfReader(BytesIO(render(write(), "ru"))).pages
    for number, page in enumerate(pages, start=1):
        text = squeezed(page.extract_text())
        assert squeezed(f"№ 15-08-26/1142 от {long_date(ON, 'ru')}") in text
        assert REGISTER.release[:16] in text
        assert squeezed(f"Стр. {number} из {len(pages)}") in text


# The file


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_file_says_that_it_is_pdf_a_2b(language: str) -> None:
    reader = PdfReader(BytesIO(render(write(), language)))
    metadata = ET.fromstring(reader.trailer["/Root"]["/Metadata"].get_data())
    said = {one.tag: one.text for one in metadata.iter()} | {key: value for one in metadata.iter() for key, value in one.attrib.items()}
    assert said[f"{PDFA}part"] == "2"
    assert said[f"{PDFA}conformance"] == "B"
    assert reader.trailer["/Root"]["/OutputIntents"]
    assert reader.trailer["/Root"]["/Lang"].startswith(language)
    assert reader.metadata.title == translate("Request for legal assistance in a criminal case", language)
    assert all("/FontFile2" in font or "/FontFile3" in font for font in _descriptors(reader))


def _descriptors(reader: PdfReader) -> list[dict]:
    fonts = [font.get_object() for page in reader.pages for font in page["/Resources"]["/Font"].values()]
    return [font["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object() for font in fonts]


def test_the_same_letter_gives_the_same_bytes_in_another_process() -> None:
    here = hashlib.sha256(render(write(), "ru")).hexdigest()
    assert here == hashlib.sha256(render(write(), "ru")).hexdigest()
    program = "import hashlib; from comity.documents import render; from tests.documents.samples import write; "
    there = subprocess.run(
        [sys.executable, "-c", program + "print(hashlib.sha256(render(write(), 'ru')).hexdigest())"],
        capture_output=True,
        check=True,
        text=True,
    )
    assert there.stdout.strip() == here


def test_another_date_number_or_word_gives_other_bytes() -> None:
    letter = write()
    changed = (
        replace(letter, number="2"),
        replace(letter, on=ON.replace(day=23)),
        replace(letter, subject="Other"),
        replace(letter, law="1" * 64),
    )
    assert len({render(one, "en") for one in (letter, *changed)}) == 5


def test_letters_set_at_the_same_time_do_not_mix() -> None:
    letters = [saying(f"Only letter {number} says this.") for number in range(24)]
    with ThreadPoolExecutor(4) as pool:
        together = list(pool.map(lambda letter: render(letter, "en"), letters))
    assert together == [render(letter, "en") for letter in letters]
    assert squeezed("Only letter 7 says this.") in read(together[7])


# What people type


@pytest.mark.parametrize(
    "name",
    [
        "Ә. Ғ. Қ. Ң. Ө. Ұ. Ү. Һ. І., әғқңөұүһі қызы",
        "Ғ. Ӣ. Қ. Ӯ. Ҳ. Ҷ. ғӣқӯҳҷ",
        "П. Ъ. Ё. ъёьщ — «Щ» № 5 § 2…",
        "Ң. Ө. Ү. ңөү кызы",
        "Oʻ. Gʻ. oʻgʻ, Ў. Қ. Ғ. Ҳ. ўқғҳ",
        "Ə. Ğ. I. İ. Ö. Ş. Ü. Ç. əğıöşüç qızı",
        "Ý. Ň. Ž. Ä. Ş. Ç. ýňžäşç",
        "Ș. Ț. Ă. Î. Â. șțăîâ",
        "Ў. І. Ё. ўіё",
        "Ґ. Є. І. Ї. ґєії",
        "Հ. Պ. Ռ. հպռ և որդի",
        "გ. ბ. გბრძ",
    ],
)
def test_the_letters_of_every_office_are_set_without_a_missing_sign(name: str) -> None:
    content = REQUEST | {"persons": [{"full_name": name}], "case_name": name}
    assert squeezed(name) in read(render(write(content=content), "ru"))


def test_a_sign_no_font_has_is_refused_and_named() -> None:
    with pytest.raises(DocumentError, match="no sign for “中国😀”") as refused:
        render(saying("Договор 中国 中", "Хорошо 😀"), "ru")
    assert refused.value.where == "中国😀"


@pytest.mark.parametrize(
    "typed",
    [
        '#import "sheet.typ": * #read("letter.typ")',
        "#sys.inputs.data",
        "$x^2 + sum$ *bold* _italic_ `raw`",
        "= Heading",
        "- item + item / term: x",
        "<label> @label",
        "\\u{41} \\ // comment /* comment */",
        "{office} {sender} {page} {pages} {0}",
        '"quoted" \\" </script> &amp; %s',
        "[content](#link) ](",
    ],
)
def test_markup_in_an_answer_stays_text(typed: str) -> None:
    letter = write(content=REQUEST | {"facts": typed, "case_name": typed, "signed_by": typed, "papers": [paper(1, typed)]}, number=typed)
    for language in LANGUAGES:
        assert read(render(letter, language)).count(squeezed(typed)) >= 5


def test_what_cannot_be_seen_is_left_out() -> None:
    text = read(render(saying("before\x00\x07 \u202eafter\u2066 \ufeffend"), "en"))
    assert "beforeafterend" in text


@pytest.mark.slow
def test_two_hundred_pages_are_set_and_counted() -> None:
    sentence = "Из показаний следует, что денежные средства были получены и в тот же день переданы другому лицу. "
    pages = PdfReader(BytesIO(render(saying(*("\n\n".join([sentence * 12] * 26) for _ in range(21))), "ru"))).pages
    assert len(pages) >= 200
    assert squeezed(f"Стр. 200 из {len(pages)}") in squeezed(pages[199].extract_text())


def test_a_word_longer_than_the_line_is_broken_inside_the_page() -> None:
    address = "https://example.org/" + "a1b2c3d4" * 60
    reader = PdfReader(BytesIO(render(saying(address), "en")))
    widest = 0.0

    def visit(text: str, _current: object, matrix: list[float], *_font: object) -> None:
        nonlocal widest
        widest = max(widest, matrix[4]) if text.strip() else widest

    reader.pages[0].extract_text(visitor_text=visit)
    assert squeezed(address) in read(render(saying(address), "en"))
    assert widest < 595


def test_a_post_known_to_the_letters_is_translated_and_another_stays() -> None:
    assert squeezed("Deputy Prosecutor General") in read(render(write(), "en"))
    assert squeezed("Заместитель Генерального прокурора") in read(
        render(write(content=REQUEST | {"signed_by": "Deputy Prosecutor General"}), "ru")
    )
    assert squeezed("Прокурор области") in read(render(write(content=REQUEST | {"signed_by": "Прокурор области"}), "en"))


def test_letters_are_written_in_two_languages_only() -> None:
    with pytest.raises(DocumentError, match="en, ru"):
        render(write(), "fr")


def test_an_office_without_an_authority_in_the_register_needs_its_own_names() -> None:
    with pytest.raises(DocumentError, match="names no prosecuting authority"):
        office(REGISTER, OfficeId("xx-gpo"), "mla")
    assert office(REGISTER, OfficeId("xx-gpo"), "mla", names={"en": "Office of X", "ru": "Прокуратура X"}).name_en == "Office of X"
