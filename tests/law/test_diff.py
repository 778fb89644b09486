"""What changed is told fact by fact in law terms, in both languages, with the answers it touches."""

from collections.abc import Mapping
from datetime import date

import pytest

from comity.law import LegalChange, LegalChangeKind, Register, change_words, default_register, diff, resolve, touch, touches
from comity.law.load import folder_texts, load_texts

DAY = date(2018, 9, 20)
READ = """state = "TJ"
status = "party"
signed = 2002-10-07
in_force_not_earlier_than = 2004-09-02
in_force_not_later_than = 2006-01-01
note = "Signature verified; believed in force from early 2005."
source = "general knowledge"
confidence = "unverified\""""
NEXT = '[[party]]\nstate = "RU"'
LITHUANIA = '[[party]]\nstate = "LT"\nstatus = "party"\nin_force = 2024-01-01\nsource = "s"\nconfidence = "verified"\n\n'
EDITS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "chisinau-2002.toml": (
        (READ, 'state = "TJ"\nstatus = "party"\nsigned = 2002-10-07\nin_force = 2006-06-20\nsource = "a list"\nconfidence = "verified"'),
        ('unverified_fields = ["in_force_not_later_than"]\n', ""),
        ('state = "TM"\nstatus = "none"', 'state = "CY"\nstatus = "none"'),
        (NEXT, LITHUANIA + NEXT),
    ),
    "minsk-1993.toml": (('limit = "provisional-arrest"\ndays = 30\n', 'limit = "provisional-arrest"\ndays = 40\n'),),
    "documents.toml": (('source = "https://adilet.zan.kz/kaz/docs/P2400000813/compare"', 'source = "the draft itself"'),),
    "national-kz.toml": (('[[provision]]\ntopic = "reciprocity"', '[[provision]]\narticle = "571"\ntopic = "reciprocity"'),),
    "words.toml": (('en = "legal assistance"', 'en = "mutual legal assistance"'),),
    "untoc-2000.toml": (("entry_into_force = 2003-09-29", "entry_into_force = 2003-09-28"),),
}


@pytest.fixture(scope="module")
def after() -> Register:
    texts = dict(folder_texts())
    for name, pairs in EDITS.items():
        for old, new in pairs:
            assert texts[name].count(old) == 1, (name, old)
            texts[name] = texts[name].replace(old, new)
    return load_texts(texts.items())


@pytest.fixture(scope="module")
def changes(after: Register) -> Mapping[str, LegalChange]:
    return {change.fact.id: change for change in diff(default_register(), after)}


def test_every_change_is_told_once_and_nothing_else(changes: Mapping[str, LegalChange]) -> None:
    assert {name: change.kind for name, change in changes.items()} == {
        "chisinau-2002/party/TJ": LegalChangeKind.CHANGED,
        "chisinau-2002/party/UZ": LegalChangeKind.VERIFIED,
        "chisinau-2002/party/TM": LegalChangeKind.REMOVED,
        "chisinau-2002/party/CY": LegalChangeKind.ADDED,
        "chisinau-2002/party/LT": LegalChangeKind.ADDED,
        "minsk-1993/provision/62/time-limit": LegalChangeKind.CHANGED,
        "documents/document/cis-search-protocol-2024": LegalChangeKind.SOURCE,
        "kz-domestic-law/provision/571/reciprocity": LegalChangeKind.CHANGED,
        "words/word/kind/mla": LegalChangeKind.WORDING,
        "untoc-2000/instrument/untoc-2000": LegalChangeKind.CHANGED,
    }


@pytest.mark.parametrize(
    ("fact", "english", "russian"),
    [
        (
            "chisinau-2002/party/TJ",
            (
                "Chisinau Convention 2002: Tajikistan: not in force before: 2 September 2004 before, not stated now; "
                "in force by: 1 January 2006 before, not stated now; in force since: 20 June 2006 (not stated before); now verified."
            ),
            "в силе с: 20 июня 2006",
        ),
        ("chisinau-2002/party/UZ", "Chisinau Convention 2002: Uzbekistan: now verified (in force by).", "Узбекистан: теперь проверено"),
        ("chisinau-2002/party/TM", "Chisinau Convention 2002: Turkmenistan: removed (not a party).", "Туркменистан: убрано"),
        (
            "chisinau-2002/party/LT",
            "Chisinau Convention 2002: Lithuania: added (a party, in force since 1 January 2024).",
            "Литва: добавлено",
        ),
        (
            "minsk-1993/provision/62/time-limit",
            "Minsk Convention 1993, art. 62: arrest before the request arrives: time limit: from 30 days to 40 days.",
            "было 30 дней, стало 40 дней",
        ),
        ("documents/document/cis-search-protocol-2024", ": only another source (the draft itself).", "изменился только источник"),
        ("kz-domestic-law/provision/571/reciprocity", "article: 571 (not stated before).", "статья: 571 (раньше не указано)"),
        ("words/word/kind/mla", "The word “kind/mla” (mutual legal assistance): only other words", "изменились только формулировки"),
        ("untoc-2000/instrument/untoc-2000", "from 29 September 2003 to 28 September 2003.", "было 29 сентября 2003"),
    ],
)
def test_a_change_is_said_in_law_terms(changes: Mapping[str, LegalChange], after: Register, fact: str, english: str, russian: str) -> None:
    said = {language: change_words(changes[fact], default_register(), after, language) for language in ("en", "ru")}

    assert english in said["en"]
    assert russian in said["ru"]


def test_what_became_of_a_fact_reads_backwards_too(after: Register) -> None:
    back = {change.fact.id: change.kind for change in diff(after, default_register())}

    assert back["chisinau-2002/party/UZ"] is LegalChangeKind.NO_LONGER_VERIFIED
    assert back["chisinau-2002/party/LT"] is LegalChangeKind.REMOVED
    assert back["kz-domestic-law/provision/-/reciprocity"] is LegalChangeKind.CHANGED


def test_a_register_does_not_differ_from_itself() -> None:
    assert diff(default_register(), load_texts(folder_texts().items())) == ()


def test_an_answer_is_touched_by_what_it_rests_on(changes: Mapping[str, LegalChange], after: Register) -> None:
    before = default_register()

    basis = resolve(before, "KZ", "TJ", "extradition", DAY)
    found = touch(changes.values(), basis, before, after)

    assert found is not None
    assert found.another
    assert "chisinau-2002/party/TJ" in {change.fact.id for change in found.changes}


def test_an_answer_that_rests_on_none_of_it_is_not_touched(changes: Mapping[str, LegalChange], after: Register) -> None:
    before = default_register()

    assert not touches(changes.values(), resolve(before, "DE", "FR", "extradition", DAY), before, after)


def test_other_sources_and_words_alone_touch_no_answer(changes: Mapping[str, LegalChange]) -> None:
    before = default_register()
    texts = dict(folder_texts())
    texts["chisinau-2002.toml"] = texts["chisinau-2002.toml"].replace('source = "general knowledge"', 'source = "hearsay"')
    other = load_texts(texts.items())

    found = diff(before, other)

    assert {change.kind for change in found} == {LegalChangeKind.SOURCE}
    assert not touches(found, resolve(before, "KZ", "TJ", "extradition", DAY), before, other)


def test_a_change_that_leaves_the_answer_as_it_is_still_touches_it() -> None:
    """The status of Kazakhstan was read: the answer says the same, and rests on another reading."""
    before = default_register()
    texts = dict(folder_texts())
    old = 'computed_fields = ["in_force"]\nnote = "Law No 531'
    assert texts["chisinau-2002.toml"].count(old) == 1
    texts["chisinau-2002.toml"] = texts["chisinau-2002.toml"].replace(old, 'note = "Law No 531')
    other = load_texts(texts.items())

    found = touch(diff(before, other), resolve(before, "KZ", "KG", "extradition", DAY), before, other)

    assert found is not None
    assert not found.another
    assert [change.fact.id for change in found.changes] == ["chisinau-2002/party/KZ"]
