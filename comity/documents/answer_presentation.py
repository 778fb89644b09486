"""An answer of the law in a language: the plain data `templates/answer.typ` sets."""

from collections.abc import Iterator
from itertools import groupby

from comity.documents import wording
from comity.documents.answer import Explained, LegalAnswer, Note, Noted, explained
from comity.documents.presentation import Data, clean, footer, long_date, meta, moment, office_name, paragraphs, state_name
from comity.law import Basis, BasisKind, Certainty, Confidence
from comity.words import _, translate

TITLE = _("What the law answers")
REQUESTING = _("Requesting State")
REQUESTED = _("Requested State")
KIND = _("Kind of request")
OFFENCE = _("Offence")
ON = _("On the day")
BASIS = _("Basis in law")
HOW_SURE = _("How sure this is")
NO_TREATY = {
    BasisKind.RECIPROCITY: _("Reciprocity: no treaty is left between the two States"),
    BasisKind.NONE: _("None that the register knows"),
}
SURE = {
    Certainty.CERTAIN: _("Certain: every status it rests on was read in a source and is settled on this day"),
    Certainty.UNCERTAIN: _("Uncertain: check what is in doubt before you rely on it"),
}
NOTES = _("Citations")
NOTES_LEAD = _("Where each statement stands, and where the register read it.")
NO_ARTICLE = _("article not known")
CONFIDENCE = {Confidence.VERIFIED: _("verified in the source"), Confidence.UNVERIFIED: _("not verified")}
FROM_MEMORY = _("general knowledge")
"""What the register writes as the source of a fact that was not read anywhere."""
WORKING = _("Working material of the office, not legal advice. What is not verified must be checked before it decides anything.")
_FURTHER = _("Further rules")

# The parts of an answer as readers look for them; a section of a later release that has no name here stands under “Further rules”.
_PARTS = {
    "question": _("The question"),
    "basis": _("What the request rests on"),
    "applied": _("What the request rests on"),
    "certainty": _("What the request rests on"),
    "order": _("What the request rests on"),
    "reciprocity": _("What the request rests on"),
    "excluded": _("What does not apply, and why"),
    "channel": _("By which way, and between whom"),
    "authorities": _("By which way, and between whom"),
    "languages": _("By which way, and between whom"),
    "required": _("What the request contains"),
    "attachments": _("What the request contains"),
    "form": _("What the request contains"),
    "time-limits": _("Time limits"),
    "refusal": _("Grounds for refusal"),
    "conditions": _("Conditions and declarations"),
    "rules": _FURTHER,
    "human-rights": _("Human rights"),
    "doubts": _("What is not sure, and what would settle it"),
    "register": _("The release of the law"),
}


def answer_data(answer: LegalAnswer, language: str) -> Data:
    """The data of `templates/answer.typ`, in `language` (en or ru)."""
    basis, title = answer.basis, translate(TITLE, language)
    said = explained(answer, language)
    pair = f"{state_name(basis.requesting, language)} → {state_name(basis.requested, language)}"
    return {
        "lang": language,
        "meta": meta(title, answer.author, (basis.requesting, basis.requested, basis.kind, basis.register), answer.at, language),
        "draft": None,
        "title": title,
        "facts": [
            {"label": translate(label, language), "value": value, "long": len(value) > 60} for label, value in _facts(answer, language)
        ],
        "verdict": {
            "basis": {"label": translate(BASIS, language), "value": _verdict(answer, language)},
            "sure": {"label": translate(HOW_SURE, language), "value": translate(SURE[basis.certainty], language)},
        },
        "sections": list(_sections(said, language)),
        "notes": {
            "title": translate(NOTES, language),
            "lead": translate(NOTES_LEAD, language),
            "rows": [_note(one, language) for one in said.notes],
        },
        "working": translate(WORKING, language),
        "footer": footer((pair.replace("→", "–"), moment(answer.at, language)), basis.register, language),
    }


def _facts(answer: LegalAnswer, language: str) -> Iterator[tuple[str, str]]:
    basis, register = answer.basis, answer.register
    yield REQUESTING, state_name(basis.requesting, language)
    yield REQUESTED, state_name(basis.requested, language)
    yield KIND, register.label("kind", basis.kind, language)
    yield OFFENCE, register.label("offence-area", basis.offence_area or "any", language)
    yield ON, long_date(basis.on, language)
    yield wording.RELEASE, basis.register
    yield wording.AS_IT_STOOD, moment(answer.at, language)
    yield wording.MADE_BY, office_name(answer.author, language)


def _fact(label: str, value: str) -> Data:
    return {"label": label, "value": value, "long": len(value) > 60}


def _verdict(answer: LegalAnswer, language: str) -> str:
    basis: Basis = answer.basis
    if basis.basis is not BasisKind.TREATY:
        return translate(NO_TREATY[basis.basis], language)
    return "; ".join(answer.register.instruments[one.id].title(language) for one in basis.primary)


def _sections(said: Explained, language: str) -> Iterator[Data]:
    for part, sentences in groupby(said.sentences, key=lambda one: _PARTS.get(one.sentence.section, _FURTHER)):
        yield {"title": translate(part, language), "sentences": [_sentence(one, language) for one in sentences]}


def _sentence(one: Noted, language: str) -> Data:
    return {"number": f"{one.sentence.number}.", "paragraphs": paragraphs(clean(one.sentence.text), language), "notes": list(one.notes)}


def _note(one: Note, language: str) -> Data:
    cited = one.cited
    unknown = translate(NO_ARTICLE, language) if one.rule else ""
    article = translate(wording.ARTICLE, language).format(articles=cited.article) if cited.article else unknown
    return {
        "number": one.number,
        "title": clean(cited.title),
        "article": article,
        "sure": translate(CONFIDENCE[cited.confidence], language),
        "verified": cited.confidence is Confidence.VERIFIED,
        "source": paragraphs(translate(clean(cited.source), language), language),
    }
