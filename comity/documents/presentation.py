"""A letter in a language: the plain data its template sets, every word translated, every date and name written by the language's rules."""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime, time
from typing import Any, assert_never

from babel import Locale
from babel.dates import format_date, format_skeleton

from comity.documents import wording
from comity.documents.model import (
    Annex,
    AnnexNumbers,
    Citation,
    Cited,
    Count,
    Country,
    Day,
    Group,
    Instrument,
    Item,
    Letter,
    Moment,
    Name,
    Office,
    OfficeName,
    Phrase,
    Reference,
    Row,
    Simple,
    Text,
    Tongue,
    Value,
)
from comity.documents.typefaces import UNSEEN
from comity.documents.wording import WORDINGS, Wording
from comity.words import translate

LOCALES = {"en": Locale("en", "GB"), "ru": Locale("ru", "RU")}
# The State's own choice of name, where the locale data has an older one.
STATE_NAMES = {("KG", "ru"): "Кыргызстан"}
NO_BREAK = "\N{NO-BREAK SPACE}"

_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_UNBROKEN = re.compile(r"\S{36,}")
_LETTERS = (("kk", "әғқңөұүһі"), ("tg", "ӣӯҷҳ"), ("be", "ў"), ("hy", "աեիո"), ("ka", "აეიო"))

Data = dict[str, Any]


# The whole letter


def letter_data(letter: Letter, language: str) -> Data:
    """The data of `templates/letter.typ`, in `language` (en or ru)."""
    words = WORDINGS[letter.kind]
    title = translate(letter.title or words.title, language)
    return {
        "lang": language,
        "meta": meta(title, letter.sender, (letter.number, letter.matter, letter.law), datetime.combine(letter.on, time(), UTC), language),
        "draft": translate(wording.DRAFT, language) if letter.draft else None,
        "head": names(letter.sender, language),
        "facts": _facts(letter, language),
        "to": {"label": translate(wording.ADDRESSEE, language), "names": names(letter.recipient, language, own=False)},
        "title": title,
        "subject": clean(letter.subject),
        "opening": _addressed(words.opening, letter, language),
        "basis": _basis(letter, words, language),
        "contents": _contents(letter, words, language),
        "annexes": annexes_data(wording.ANNEXES, letter.annexes, language),
        "closing": translate(words.closing, language),
        "signature": _signature(letter, language),
        "legend": translate(wording.UNVERIFIED, language) if _uncertain(letter) else "",
        "footer": footer((_numbered(letter, language),), letter.law, language),
    }


def meta(title: str, author: Office, keywords: Sequence[str], stamp: datetime, language: str) -> Data:
    """What the file says about itself: title, author, keywords and its time."""
    moment = (stamp.year, stamp.month, stamp.day, stamp.hour, stamp.minute, stamp.second)
    return {"title": title, "author": office_name(author, language), "keywords": [word for word in keywords if word], "date": moment}


def footer(facts: Iterable[str], law: str, language: str) -> Data:
    """The line under every page: what document, which law release, which page of how many."""
    release = translate(wording.LAW_RELEASE, language).format(release=law[:16])
    return {"left": [", ".join(fact for fact in facts if fact), release], "page": translate(wording.PAGE, language)}


def items_data(items: Sequence[Item], language: str) -> list[Data]:
    """The numbered items as their template wants them."""
    return [
        {
            "number": f"{number}.",
            "label": translate(item.label, language),
            "cites": cites(item.citations, language),
            "blocks": _blocks(item.values, language),
        }
        for number, item in enumerate(items, start=1)
    ]


def _facts(letter: Letter, language: str) -> list[Data]:
    number = clean(letter.number) or translate(wording.NO_NUMBER, language)
    facts = [(wording.NUMBER, number), (wording.DATE, long_date(letter.on, language))]
    if letter.answers:
        facts.append((wording.IN_REPLY, _reference(letter.answers, language)))
    if letter.language:
        facts.append((wording.LETTER_LANGUAGE, language_name(letter.language, language)))
    facts.append((wording.MATTER, letter.matter))
    return [{"label": translate(label, language), "value": value, "long": len(value) > 34} for label, value in facts]


def _reference(reference: Reference, language: str) -> str:
    text = translate(wording.NUMBERED_OF, language)
    return text.format(number=clean(reference.number), date=long_date(reference.on, language))


def _numbered(letter: Letter, language: str) -> str:
    day = long_date(letter.on, language)
    return translate(wording.NUMBERED, language).format(number=clean(letter.number), date=day) if letter.number else day


def _addressed(sentence: str, letter: Letter, language: str) -> str:
    return translate(sentence, language).format(sender=office_name(letter.sender, language))


def _contents(letter: Letter, words: Wording, language: str) -> Data | None:
    if not letter.items:
        return None
    return {"title": translate(words.contents, language), "items": items_data(letter.items, language)}


def annexes_data(title: str, annexes: Sequence[Annex], language: str) -> Data | None:
    """The table of papers by number; None where there is none."""
    if not annexes:
        return None
    columns = ("", wording.ANNEX_TITLE, wording.LANGUAGE, wording.PAGES)
    rows = [_annex(number, annex, language) for number, annex in enumerate(annexes, start=1)]
    return {"title": translate(title, language), "columns": [translate(column, language) for column in columns], "rows": rows}


def _annex(number: int, annex: Annex, language: str) -> Data:
    pages = "–" if annex.pages is None else str(annex.pages)
    proof = f"SHA-256 {annex.file}"
    return {
        "number": f"{number}.",
        "title": clean(annex.title),
        "language": language_name(annex.language, language),
        "pages": pages,
        "proof": proof,
    }


def _signature(letter: Letter, language: str) -> Data:
    return {
        "designation": designation(clean(letter.signatory), language),
        "office": office_name(letter.sender, language),
        "cites": cites(letter.signed_under, language),
        "sealed": _sealed(letter.seal, language) if letter.seal else "",
        "line": translate(wording.SIGNATURE, language),
        "seal": translate(wording.SEAL, language),
        "note": "" if letter.draft else translate(wording.SEALED_NOTE, language),
    }


def _sealed(seal: Row, language: str) -> str:
    return f"{translate(seal.label, language)}: {', '.join(plain(value, language) for value in seal.values)}"


def designation(post: str, language: str) -> str:
    """A post in `language`, where it is one of the known ones in either language; otherwise as it was written."""
    known = next((one for one in wording.DESIGNATIONS if post in (one, translate(one, "ru"))), None)
    return translate(known, language) if known else post


# The law in a letter


def _basis(letter: Letter, words: Wording, language: str) -> Data | None:
    notes = []
    if letter.basis_is_open:
        notes.append(translate(wording.BASIS_OPEN, language))
    if letter.reciprocity is not None:
        notes.append(_addressed(wording.RECIPROCITY, letter, language))
    rows = [_instrument(one, language) for one in letter.basis]
    if letter.reciprocity:
        rows += [
            {"title": _pick(one.title_en, one.title_ru, language), "law": True, "detail": "", "cites": cites((one,), language)}
            for one in letter.reciprocity
        ]
    rows += [_term(one, language) for one in letter.terms]
    if not rows and not notes:
        return None
    return {"title": translate(words.basis, language), "rows": rows, "notes": notes}


def _term(row: Row, language: str) -> Data:
    words = ", ".join(plain(value, language) for value in row.values)
    return {"title": words, "law": False, "detail": translate(row.label, language), "cites": cites(row.citations, language)}


def _instrument(one: Instrument, language: str) -> Data:
    day = translate(wording.OF_DAY, language).format(date=long_date(one.opened, language)) if one.opened else ""
    title, short = _pick(one.title_en, one.title_ru, language), _pick(one.short_en, one.short_ru, language)
    role = "; ".join(part for part in (translate(one.role, language), _in_force(one, language)) if part)
    return {
        "title": " ".join(part for part in (title, day, "" if one.certain or one.articles else "†") if part),
        "law": True,
        "detail": role if short == title else f"{short}. {role}".replace("..", "."),
        "cites": [{"text": _article(one.articles, language), "certain": one.certain}] if one.articles else [],
    }


def _in_force(one: Instrument, language: str) -> str:
    return translate(wording.IN_FORCE, language).format(date=long_date(one.since, language)) if one.since else ""


def cites(citations: Sequence[Citation], language: str) -> list[Data]:
    """One line an instrument: its title and every article cited, “Minsk Convention 1993, art. 7, 58”, or that the article is not known."""
    grouped: dict[tuple[str, bool], list[Citation]] = {}
    for one in citations:
        grouped.setdefault((_pick(one.title_en, one.title_ru, language), one.certain), []).append(one)
    return [
        {"text": ", ".join(filter(None, (title, _articles(cited, language)))), "certain": certain}
        for (title, certain), cited in grouped.items()
    ]


def _articles(cited: Sequence[Citation], language: str) -> str:
    known = tuple(dict.fromkeys(one.article for one in cited if one.article))
    if not known and not all(one.article_known for one in cited):
        return translate(wording.NO_ARTICLE, language)
    return _article(known, language) if known else ""


def _article(articles: Sequence[str], language: str) -> str:
    return translate(wording.ARTICLE, language).format(articles=", ".join(articles)).replace(" ", NO_BREAK, 1)


def _uncertain(letter: Letter) -> bool:
    cited = (
        *_citations(letter.items),
        *(letter.reciprocity or ()),
        *letter.signed_under,
        *(one for row in letter.terms for one in row.citations),
    )
    return not (all(one.certain for one in cited) and all(one.certain for one in letter.basis))


def _citations(items: Iterable[Item]) -> Iterable[Citation]:
    for item in items:
        yield from item.citations
        for value in item.values:
            if isinstance(value, Group):
                yield from (one for row in value.rows for one in row.citations)
            elif isinstance(value, Cited):
                yield value.citation


# Answers


def _blocks(values: Sequence[Value], language: str) -> list[Data]:
    if len(values) > 1 and all(isinstance(value, Phrase | Name | Country) for value in values):
        lines = [paragraphs(plain(value, language), language) for value in values if not isinstance(value, Group)]
        return [{"list": [line for one in lines for line in one]}]
    blocks: list[Data] = []
    for value in values:
        if isinstance(value, Group):
            blocks.append({"rows": [_row(row.label, row.values, row.citations, language) for row in value.rows]})
        else:
            blocks.append({"paragraphs": paragraphs(plain(value, language), language)})
    return blocks or [{"paragraphs": paragraphs(translate(wording.NONE_GIVEN, language), language)}]


def _row(label: str, values: Sequence[Simple], citations: Sequence[Citation], language: str) -> Data:
    lines = [line for value in values for line in paragraphs(plain(value, language), language)]
    lines = lines or paragraphs(translate(wording.NONE_GIVEN, language), language)
    return {"label": translate(label, language), "paragraphs": lines, "cites": cites(citations, language)}


def plain(value: Simple, language: str) -> str:  # noqa: C901, PLR0911 -- one case a kind of value; parting them would hide that none is missing
    """One value as text in `language`."""
    match value:
        case Text(text):
            return clean(text)
        case Phrase(text):
            return translate(text, language)
        case Name(en, ru):
            word = _pick(en, ru, language)
            return word[:1].upper() + word[1:]
        case Count(number):
            return str(number)
        case Day(iso):
            return partial_date(iso, language)
        case Moment(at):
            return moment(at, language)
        case Country(code):
            return state_name(code, language)
        case Tongue(code):
            return language_name(code, language)
        case OfficeName(office):
            return office_name(office, language)
        case AnnexNumbers(numbers):
            text = wording.ANNEX_NUMBER if len(numbers) == 1 else wording.ANNEX_NUMBERS
            return translate(text, language).format(numbers=", ".join(str(number) for number in numbers))
        case Cited(citation):
            line = cites((citation,), language)[0]
            return str(line["text"]) + ("" if line["certain"] else f"{NO_BREAK}†")
        case _:
            assert_never(value)


def paragraphs(text: str, language: str) -> list[Mapping[str, str]]:
    """The paragraphs of a text, each with the language its letters show, for hyphenation and for reading aloud."""
    parts = [_THOUSANDS.sub(NO_BREAK, part.strip()) for part in re.split(r"\n\s*\n", text)]
    return [{"text": _breakable(part), "lang": tongue(part, language)} for part in parts if part]


def clean(text: str) -> str:
    """A text as people wrote it, composed (NFC), without what would be unseen: control characters and marks that turn the direction."""
    composed = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " "))
    return "".join(sign for sign in composed if sign == "\n" or unicodedata.category(sign) not in UNSEEN or sign == "\u00ad").strip()


def tongue(text: str, language: str) -> str:
    """The language of a text as its letters show it: the letter's own where they do not tell."""
    small = text.lower()
    for code, signs in _LETTERS:
        if any(sign in small for sign in signs):
            return code
    cyrillic = sum("а" <= sign <= "я" for sign in small)
    latin = sum("a" <= sign <= "z" for sign in small)
    if not cyrillic and not latin:
        return language
    return "ru" if cyrillic > latin else "en"


def _breakable(text: str) -> str:
    """The text with places to break in runs too long for a line, such as an address of the web."""
    return _UNBROKEN.sub(lambda run: "\u200b".join(run[0][start : start + 12] for start in range(0, len(run[0]), 12)), text)


# Names and dates


def names(office: Office, language: str, *, own: bool = True) -> list[Any]:
    """An office's names for a letterhead: in the letter's language first (with its unit), then the others with their language."""
    first = office_name(office, language)
    others = [(office.name_own, tongue(office.name_own, language))] if own and office.name_own else []
    others.append((office.name_ru, "ru") if language == "en" else (office.name_en, "en"))
    unit = _pick(office.unit_en, office.unit_ru, language)
    lines = [(unit, language)] if unit else []
    return [first, *({"text": clean(text).replace("'", "’"), "lang": code} for text, code in (*lines, *others) if text and text != first)]


def office_name(office: Office, language: str) -> str:
    """The office's name in `language`, or in the other where it has one only."""
    return clean(_pick(office.name_en, office.name_ru, language)).replace("'", "’")


def state_name(code: str, language: str) -> str:
    """A State's name in `language`; the code itself for one the locale data does not know."""
    return STATE_NAMES.get((code, language)) or str(LOCALES[language].territories.get(code, code))


def language_name(code: str, language: str) -> str:
    """A language's name in `language`; the code itself for one the locale data does not know."""
    return str(LOCALES[language].languages.get(code, clean(code)))


def long_date(day: date, language: str) -> str:
    """A date in words, its parts held together: 22 November 2026; 22 ноября 2026 г."""
    return str(format_date(day, "long", locale=LOCALES[language])).replace(" ", NO_BREAK)


def partial_date(iso: str, language: str) -> str:
    """A date of which only the year, or year and month, may be known; text that is no date stays as it is."""
    try:
        match iso.count("-"):
            case 0:
                return str(int(iso))
            case 1:
                return str(format_skeleton("yMMMM", date.fromisoformat(f"{iso}-01"), locale=LOCALES[language]))
            case _:
                return long_date(date.fromisoformat(iso), language)
    except ValueError:
        return clean(iso)


def moment(at: datetime, language: str) -> str:
    """A time in words, in UTC and saying so."""
    at = at.astimezone(UTC)
    return f"{long_date(at.date(), language)}, {at:%H:%M}{NO_BREAK}UTC"


def _pick(en: str, ru: str, language: str) -> str:
    first, second = (ru, en) if language == "ru" else (en, ru)
    return first or second
