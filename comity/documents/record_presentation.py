"""A record in a language: the plain data `templates/record.typ` sets."""

from comity.documents import wording
from comity.documents.model import MatterRecord, RecordEntry
from comity.documents.presentation import Data, annexes_data, clean, footer, items_data, long_date, meta, moment, plain
from comity.journal.fold import Verdict
from comity.journal.report import Check, Report, Step
from comity.words import translate


def record_data(record: MatterRecord, language: str) -> Data:
    """The data of `templates/record.typ`, in `language` (en or ru)."""
    title = translate(wording.RECORD, language)
    return {
        "lang": language,
        "meta": meta(title, record.author, (record.matter, record.law), record.at, language),
        "draft": None,
        "title": title,
        "subject": clean(record.subject),
        "facts": _facts(record, language),
        "frozen": translate(wording.FROZEN, language) if record.frozen else "",
        "checks": _checks(record.report, language),
        "journal": {
            "title": translate(wording.JOURNAL, language),
            "note": translate(wording.JOURNAL_NOTE, language),
            "entries": [_entry(number, one, language) for number, one in enumerate(record.entries, start=1)],
        },
        "papers": annexes_data(wording.PAPERS, record.annexes, language),
        "footer": footer((record.matter, moment(record.at, language)), record.law, language),
    }


def _facts(record: MatterRecord, language: str) -> list[Data]:
    holder = plain(record.holder, language) if record.holder else translate(wording.OVER, language)
    facts = [
        (wording.MATTER, record.matter),
        (wording.KIND, translate(record.kind, language)),
        *((label, plain(office, language)) for label, office in record.roles),
        (wording.STATE, translate(record.state, language)),
        (wording.HOLDER, holder),
        (wording.RELEASE, record.law),
        (wording.AS_IT_STOOD, moment(record.at, language)),
        (wording.MADE_BY, record.author.name_ru if language == "ru" else record.author.name_en),
    ]
    return [{"label": translate(label, language), "value": value, "long": len(value) > 60} for label, value in facts]


def _checks(report: Report, language: str) -> Data:
    words = wording.ALL_PASSED if report.ok else wording.NOT_ALL_PASSED
    counts = {"events": report.events, "papers": report.papers, "receipts": report.receipts}
    return {
        "title": translate(wording.VERIFICATION, language),
        "passed": report.ok,
        "sum": translate(words, language).format(**counts),
        "rows": [_check(step, report, language) for step in report.steps],
    }


def _check(step: Step, report: Report, language: str) -> Data:
    words = [step.sentence(lambda text: translate(text, language))]
    if step.event_id:
        words.append(translate(wording.FAILED_AT, language).format(event=step.event_id))
    if step.more:
        words.append(translate(wording.MORE, language).format(count=step.more))
    return {
        "number": f"{int(step.number)}.",
        "name": translate(step.name, language),
        "words": " · ".join(word for word in words if word),
        "passed": step.ok,
        "outcome": translate(wording.NOTHING if _idle(step, report) else wording.OUTCOMES[step.outcome], language),
    }


def _idle(step: Step, report: Report) -> bool:
    """Whether the step passed only because there was nothing to look at: a matter checked in memory is no file and carries no papers."""
    looked_at = {Check.PAPERS: report.papers, Check.RECEIPTS: report.receipts, Check.FILE: report.office}
    return step.ok and not looked_at.get(step.number, True)


def _entry(number: int, one: RecordEntry, language: str) -> Data:
    return {
        "number": f"{number}.",
        "day": long_date(one.at.date(), language),
        "time": f"{one.at:%H:%M:%S} UTC",
        "words": translate(one.sentence, language).format(office=plain(one.office, language), act=one.act),
        "standing": _standing(one, language),
        "moves": one.verdict is Verdict.MOVE,
        "void": one.verdict is Verdict.VOID,
        "items": items_data(one.items, language),
        "erased": translate(wording.ERASED, language) if one.erased else "",
        "proof": _proof(one, language),
    }


def _standing(one: RecordEntry, language: str) -> str:
    match one.verdict:
        case Verdict.MOVE:
            return translate(wording.MOVED, language).format(state=translate(one.state, language))
        case Verdict.NOTE:
            return translate(wording.NOTED, language)
        case Verdict.VOID:
            return translate(wording.VOID, language)


def _proof(one: RecordEntry, language: str) -> list[str]:
    seal = one.seal
    sealed = {"at": moment(seal.at, language), "key": seal.key, "size": seal.size, "root": seal.root[:16]}
    return [translate(wording.EVENT, language).format(event=one.event), translate(wording.SEALED_BY, language).format(**sealed)]
