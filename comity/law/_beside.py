"""Tables beside the instruments turned into facts: words, authorities, checks, States' own law, questions, documents."""

from datetime import date

from comity.identifiers import InstrumentId, StateCode
from comity.law._checks import check_span
from comity.law._facts import Vocabulary, one_each, one_state, own_keys, provision, state, states
from comity.law._table import Table, each
from comity.law.model import Authority, Check, CheckParty, Document, FieldWord, NationalLaw, Question, Word
from comity.words import _

STAGES = ("all", "pre-trial", "court")


def word(table: Table) -> Word:
    """A word of `words.toml`."""
    read = Word(
        group=table.text("group"),
        code=table.text("code"),
        en=table.text("en"),
        ru=table.text("ru"),
        part_of=table.optional_text("part_of"),
        absolute=bool(table.flag("absolute")),
        shown=bool(table.flag("shown")),
    )
    table.close()
    return read


def field_word(table: Table) -> FieldWord:
    """A name of `fields.toml`."""
    read = FieldWord(
        name=table.text("name"),
        about=table.text("about"),
        label_en=table.text("label_en"),
        label_ru=table.text("label_ru"),
        why_en=table.text("why_en"),
        why_ru=table.text("why_ru"),
    )
    table.close()
    return read


def existence(table: Table, known: Vocabulary) -> tuple[StateCode, date]:
    """An `[[existence]]`: since when a State younger than 1991 exists."""
    table.sourced()
    found = state(table, known), table.needed_day("since", "Add the day since when the State exists.")
    table.optional_text("note")
    table.close()
    return found


def authority(table: Table, known: Vocabulary) -> Authority:
    """An `[[authority]]`."""
    source, confidence = table.sourced()
    read = Authority(
        state=state(table, known),
        kinds=table.words("kinds", known.group("kind")),
        name_en=table.text("name_en"),
        name_ru=table.text("name_ru"),
        name_kk=table.optional_text("name_kk") or "",
        stage=table.word("stage", STAGES),
        competence=table.text("competence"),
        unit=table.optional_text("unit") or "",
        note=table.optional_text("note") or "",
        source=source,
        confidence=confidence,
        fact=table.fact,
    )
    table.close()
    return read


def check(table: Table, known: Vocabulary) -> Check:
    """A `[[check]]` of the human-rights file, with its `[[check.party]]` tables."""
    source, confidence = table.sourced()
    read = Check(
        id=table.text("id"),
        title_en=table.text("title_en"),
        title_ru=table.text("title_ru"),
        kinds=table.words("kinds", known.group("kind")),
        rule_en=table.text("rule_en"),
        rule_ru=table.text("rule_ru"),
        grounds=table.words("grounds", known.group("ground")),
        bound=one_each(table, "party", tuple(each(table.tables("party", "state"), lambda row: _check_party(row, known)))),
        researched=states(table, "researched", known),
        unverified_fields=own_keys(table, "unverified_fields"),
        note=table.optional_text("note") or "",
        source=source,
        confidence=confidence,
        fact=table.fact,
    )
    table.close()
    return read


def _check_party(table: Table, known: Vocabulary) -> CheckParty:
    read = CheckParty(
        state=state(table, known),
        since=table.day("since"),
        since_not_earlier_than=table.day("since_not_earlier_than"),
        since_not_later_than=table.day("since_not_later_than"),
        until=table.day("until"),
    )
    check_span(table, read.since, read.since_not_earlier_than, read.since_not_later_than, read.until)
    table.close()
    return read


def national(table: Table, known: Vocabulary) -> NationalLaw:
    """A file of one State's own rules."""
    source, confidence = table.sourced()
    read = NationalLaw(
        id=InstrumentId(table.text("id")),
        state=state(table, known),
        title_en=table.text("title_en"),
        title_ru=table.text("title_ru"),
        use=table.text("use"),
        adopted=table.day("adopted"),
        in_force=table.day("in_force"),
        unverified_fields=own_keys(table, "unverified_fields"),
        source=source,
        confidence=confidence,
        fact=table.fact,
        provisions=tuple(read for _row, read in each(table.tables("provision", "article"), lambda row: provision(row, known))),
    )
    if read.adopted and read.in_force and read.in_force < read.adopted:
        table.fault(
            "in_force",
            _("{day} lies before the law was adopted ({other})."),
            _("Correct one of the two dates."),
            day=read.in_force,
            other=read.adopted,
        )
    table.close()
    return read


def question(table: Table, known: Vocabulary) -> Question:
    """A `[[question]]` nobody has answered."""
    source, confidence = table.sourced()
    read = Question(
        id=table.text("id"),
        instruments=tuple(InstrumentId(name) for name in table.texts("instruments")),
        unsettles=bool(table.flag("unsettles")),
        text_en=table.text("text_en"),
        text_ru=table.text("text_ru"),
        settles_en=table.text("settles_en"),
        settles_ru=table.text("settles_ru"),
        states=states(table, "states", known),
        pairs=_pairs(table, known),
        kinds=table.words("kinds", known.group("kind")),
        since=table.day("since"),
        until=table.day("until"),
        source=source,
        confidence=confidence,
        fact=table.fact,
    )
    table.close()
    return read


def _pairs(table: Table, known: Vocabulary) -> tuple[frozenset[StateCode], ...]:
    raw = table.raw("pairs") or []
    found = tuple(frozenset(one_state(table, "pairs", str(code), known) for code in pair) for pair in raw if isinstance(pair, list))
    if not table.sound("pairs"):
        return ()
    if len(found) != len(raw) or any(len(pair) != 2 for pair in found):
        table.fault("pairs", _("`pairs` is not a list of pairs of States."), _('Write it as [["KZ", "US"]].'))
        return ()
    return found


def document(table: Table) -> Document:
    """A `[[document]]` that instruments refer to."""
    source, confidence = table.sourced()
    read = Document(
        id=table.text("id"),
        title_en=table.text("title_en"),
        title_ru=table.text("title_ru"),
        date=table.day("date"),
        source=source,
        confidence=confidence,
        fact=table.fact,
    )
    table.close()
    return read
