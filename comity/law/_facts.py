"""Tables of instruments turned into facts.

Words are checked against `words.toml` here; what spans several tables is checked in `_checks`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from comity.identifiers import InstrumentId, StateCode
from comity.law._reckoned import check_reckoning, reckoning
from comity.law._table import KEYS, STATE, STATES, Shape, Table, each
from comity.law.model import (
    Declaration,
    FieldWord,
    Instrument,
    Party,
    Provision,
    Relation,
    Status,
    Tier,
    Unit,
    Word,
)
from comity.words import _

RELATIONS = (
    *("supersedes", "superseded-by", "replaces", "replaced-by", "amends", "amended-by", "supplements", "supplemented-by", "complements"),
    *("preserves", "parallel", "competes", "overlaps", "does-not-affect", "subsidiary-to", "residual-to", "gap-filler-for", "adjusts"),
    *("lex-specialis-over", "implements", "develops", "interpreted-by"),
)
TESTS = ("both-in-force-on-date", "one-party-only")
RULES = ("supplement", "supersedes-inter-partes", "residual-minsk", "non-affecting", "supersedes-bilateral", "residual")
USES = ("yes", "no", "consider")
ALL = "all"
# What the register says of a bilateral treaty, as a status of both its States.
BILATERAL_STATUS = {
    "in-force": Status.PARTY,
    "ratified-by-kz": Status.RATIFIED,
    "ratified-by-kz-parliament": Status.RATIFIED,
    "concluded": Status.CONCLUDED,
    "signed": Status.CONCLUDED,
    "draft-approved": Status.DRAFT,
    "unknown": Status.UNKNOWN,
    "not-found": Status.NOT_FOUND,
}
NOBODY = StateCode("")
"""What stands for a State whose code is faulty, where faults are kept."""
_UNITS = {"hours": Unit.HOURS, "days": Unit.DAYS, "working_days": Unit.WORKING_DAYS, "months": Unit.MONTHS, "years": Unit.YEARS}


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """The words and field names that the other files may use."""

    words: Mapping[str, Mapping[str, Word]]
    fields: Mapping[str, FieldWord]
    states: frozenset[str]

    def group(self, name: str) -> tuple[str, ...]:
        """The words of one group."""
        return tuple(self.words.get(name, ()))

    @property
    def kinds(self) -> tuple[str, ...]:
        """Kinds of request, and `all`."""
        return (*self.group("kind"), ALL)


def state(table: Table, known: Vocabulary, key: str = "state") -> StateCode:
    """A State's two-letter code, one of those `words.toml` lists."""
    table.note(key, Shape(holds=STATE, needed=True))
    code = table.text(key)
    return one_state(table, key, code, known) if table.sound(key) else NOBODY


def states(table: Table, key: str, known: Vocabulary) -> tuple[StateCode, ...]:
    """A list of States' two-letter codes."""
    table.note(key, Shape(holds=STATES))
    return tuple(found for code in table.texts(key) if (found := one_state(table, key, code, known)) != NOBODY)


def one_state(table: Table, key: str, code: str, known: Vocabulary) -> StateCode:
    """A code as a State of the register; one it does not know is a fault, and then no State."""
    if code in known.states:
        return StateCode(code)
    table.fault(
        key,
        _("“{code}” is not a State the register knows."),
        _("Use the ISO 3166-1 alpha-2 code; a State new to the register is first added to `states` in words.toml."),
        code=code,
    )
    return NOBODY


def party(table: Table, known: Vocabulary) -> Party:
    """A `[[party]]`: one State's status towards the instrument."""
    source, confidence = table.sourced()
    read = Party(
        state=state(table, known),
        status=table.choice("status", Status),
        source=source,
        confidence=confidence,
        fact=table.fact,
        signed=table.day("signed"),
        ratified=table.day("ratified"),
        deposited=table.day("deposited"),
        in_force=table.day("in_force"),
        in_force_not_earlier_than=table.day("in_force_not_earlier_than"),
        in_force_not_later_than=table.day("in_force_not_later_than"),
        withdrawn=table.day("withdrawn"),
        withdrawn_not_later_than=table.day("withdrawn_not_later_than"),
        suspended_with=states(table, "suspended_with", known),
        suspended_from=table.day("suspended_from"),
        suspended_until=table.day("suspended_until"),
        reservations=table.texts("reservations"),
        central_authority=table.optional_text("central_authority") or "",
        unverified_fields=own_keys(table, "unverified_fields"),
        computed_fields=own_keys(table, "computed_fields"),
        note=table.optional_text("note") or "",
    )
    table.close()
    return read


def own_keys(table: Table, key: str) -> tuple[str, ...]:
    """Keys of this very table, such as `unverified_fields` lists."""
    table.note(key, Shape(holds=KEYS))
    named = table.texts(key)
    for name in named:
        if not table.has(name):
            table.fault(key, _("`{key}` names `{name}`, which this table does not have."), _("Remove the name or add the key."), name=name)
    return named


def declaration(table: Table, known: Vocabulary) -> Declaration:
    """A `[[declaration]]`: what a reservation does, in machine-readable words."""
    source, confidence = table.sourced()
    read = Declaration(
        state=state(table, known),
        effect=table.word("effect", known.group("effect")),
        summary=table.text("summary"),
        summary_ru=table.text("summary_ru"),
        source=source,
        confidence=confidence,
        fact=table.fact,
        towards=states(table, "towards", known),
        article=table.optional_text("article"),
        articles=table.texts("articles"),
        kinds=table.words("kinds", known.kinds),
        grounds=table.words("grounds", known.group("ground")),
        mandatory=bool(table.flag("mandatory")),
        languages=table.words("languages", known.group("language")),
        min_sentence_months=table.number("min_sentence_months"),
        since=table.day("since"),
        until=table.day("until"),
    )
    table.close()
    return read


def provision(table: Table, known: Vocabulary) -> Provision:
    """A `[[provision]]`: one rule with its machine values."""
    source, confidence = table.sourced()
    length, unit = length_in(table)
    read = Provision(
        topic=table.word("topic", known.group("topic")),
        kinds=(table.word("kind", known.kinds), *table.words("also_kinds", known.group("kind"))),
        summary=table.text("summary"),
        source=source,
        confidence=confidence,
        fact=table.fact,
        article=table.optional_text("article"),
        summary_ru=table.optional_text("summary_ru") or "",
        form=table.words("form", known.group("form")),
        limit=table.optional_word("limit", known.group("limit")),
        length=length,
        unit=unit,
        longest=table.number("longest"),
        extension=table.number("extension"),
        reckoning=reckoning(table, known.words.get("event", {})),
        channel=table.optional_word("channel", known.group("channel")),
        languages=table.words("languages", known.group("language")),
        grounds=table.words("grounds", known.group("ground")),
        required_fields=table.words("required_fields", known.fields),
        attachments_prosecution=table.words("attachments_prosecution", known.fields),
        attachments_enforcement=table.words("attachments_enforcement", known.fields),
        min_penalty_years=table.number("min_penalty_years"),
        min_sentence_months=table.number("min_sentence_months"),
        min_remaining_months=table.number("min_remaining_months"),
        dual_criminality=table.flag("dual_criminality"),
        consent_required=table.flag("consent_required"),
        legalisation_required=table.flag("legalisation_required"),
        death_penalty_excluded=table.flag("death_penalty_excluded"),
        usable_as_basis=table.optional_word("usable_as_basis", USES),
        rule=table.optional_word("rule", RULES),
        applies_only_without_treaty=bool(table.flag("applies_only_without_treaty")),
        added_by=_instrument_or_none(table, "added_by"),
        amended_by=_instrument_or_none(table, "amended_by"),
        replaces_article=table.optional_text("replaces_article"),
        human_rights_flag=bool(table.flag("human_rights_flag")),
        aut_dedere=bool(table.flag("aut_dedere")),
        assurance_possible=bool(table.flag("assurance_possible")),
        optional=bool(table.flag("optional")),
        declaration_based=bool(table.flag("declaration_based")),
        offence_date_rule=table.optional_word("offence_date_rule", ("after-deposit",)),
        conditions=table.words("conditions", known.group("condition")),
        categories=table.texts("categories"),
        entry_after_days=table.number("entry_after_days"),
        notice_months=table.number("notice_months"),
        term_years=table.number("term_years"),
        ratifications_needed=table.number("ratifications_needed"),
        note=table.optional_text("note") or "",
    )
    table.close()
    _check_limit(table, read)
    _check_told(table, read, known)
    return read


def _instrument_or_none(table: Table, key: str) -> InstrumentId | None:
    text = table.optional_text(key)
    return InstrumentId(text) if text is not None else None


def length_in(table: Table) -> tuple[int | None, Unit | None]:
    """A length of time and its unit, each None where the table gives none."""
    found = [(value, unit) for key, unit in _UNITS.items() if (value := table.number(key)) is not None]
    if len(found) > 1:
        table.fault(found[1][1].value, _("A time limit is given in two units."), _("Keep one, or write two provisions."))
    return found[0] if found else (None, None)


def _check_limit(table: Table, read: Provision) -> None:
    if not table.sound("limit", *_UNITS, "longest", "extension"):
        return
    if (read.limit is None) != (read.length is None):
        table.fault(
            "limit" if read.limit is None else "days",
            _("A time limit needs both `limit` (which one) and its length."),
            _("Add the missing one of `limit` and `days`."),
        )
    if read.length is None and (read.longest or read.extension):
        table.fault("longest", _("`longest` and `extension` belong to a time limit."), _("Add `limit` and its length."))
    if read.length and read.longest and read.longest < read.length:
        table.fault("longest", _("`longest` is shorter than the time limit itself."), _("Swap the two or correct them."))
    check_reckoning(table, read.length)


def _check_told(table: Table, read: Provision, known: Vocabulary) -> None:
    """An answer tells the rule in both languages where its topic is shown, or where it sets a time limit."""
    if not table.sound("topic", "limit", "summary_ru"):
        return
    told = known.words["topic"][read.topic].shown or read.limit is not None
    if told and not read.summary_ru:
        table.fault(
            "summary_ru", _("Answers tell rules on `{topic}` in both languages."), _("Add the summary in Russian."), topic=read.topic
        )


def relation(table: Table, known: Vocabulary) -> Relation:
    """A `[[relation]]` to another instrument, to all bilateral treaties or to a document."""
    source, confidence = table.sourced()
    read = Relation(
        type=table.word("type", RELATIONS),
        target=table.text("target"),
        summary=table.text("summary"),
        source=source,
        confidence=confidence,
        fact=table.fact,
        article=table.optional_text("article"),
        test=table.optional_word("test", TESTS),
        kinds=table.words("kinds", known.group("kind")),
        date=table.day("date"),
        operative_part_read=table.flag("operative_part_read"),
    )
    table.close()
    return read


@dataclass(frozen=True, slots=True)
class Placed:
    """An instrument with the tables it was read from, for what has to hold across tables and files."""

    table: Table
    instrument: Instrument
    parties: tuple[tuple[Table, Party], ...] = ()
    provisions: tuple[tuple[Table, Provision], ...] = ()
    declarations: tuple[tuple[Table, Declaration], ...] = ()
    relations: tuple[tuple[Table, Relation], ...] = ()

    @property
    def id(self) -> InstrumentId:
        """The id of the instrument."""
        return self.instrument.id


def instrument(table: Table, known: Vocabulary) -> Placed:
    """A file of a multilateral instrument."""
    parties = tuple(each(table.tables("party", "state"), lambda row: party(row, known)))
    provisions = tuple(each(table.tables("provision", "article"), lambda row: provision(row, known)))
    declarations = tuple(each(table.tables("declaration", "state"), lambda row: declaration(row, known)))
    relations = tuple(each(table.tables("relation", "target"), lambda row: relation(row, known)))
    read = Instrument(
        id=InstrumentId(table.text("id")),
        title_en=table.text("title_en"),
        title_ru=table.text("title_ru"),
        short_en=table.optional_text("short_en") or "",
        short_ru=table.optional_text("short_ru") or "",
        place=table.optional_text("place") or "",
        depositary=table.optional_text("depositary") or "",
        tier=table.choice("tier", Tier),
        region=table.optional_text("region") or "",
        scope=table.word("scope", ("general", "sectoral")),
        kinds=table.words("kinds", known.group("kind")),
        offence_areas=table.words("offence_areas", known.group("offence-area")),
        opened=table.needed_day("opened", _("Add the day the instrument was opened for signature.")),
        entry_into_force=table.day("entry_into_force"),
        never_in_force=table.optional_word("in_force_status", ("not-in-force",)) is not None,
        base=_base(table),
        never_alone=table.words("never_alone", known.group("kind")),
        article_numbers_reliable=table.flag("article_numbers_reliable") is not False,
        parties=one_each(table, "party", parties),
        provisions=tuple(read for _table, read in provisions),
        declarations=tuple(read for _table, read in declarations),
        relations=tuple(read for _table, read in relations),
        sources=table.needed_texts("sources"),
        notes=_notes(table),
    )
    table.close()
    return Placed(table, read, parties, provisions, declarations, relations)


def _base(table: Table) -> InstrumentId | None:
    amends, protocol_to = table.optional_text("amends"), table.optional_text("protocol_to")
    if amends and protocol_to:
        table.fault(
            "protocol_to", _("An instrument amends one convention or is a protocol to one, not both."), _("Keep one of the two keys.")
        )
    base = amends or protocol_to
    return InstrumentId(base) if base else None


def _notes(table: Table) -> tuple[str, ...]:
    texts = (table.optional_text(key) for key in ("other_parties", "entry_note", "parties_total"))
    adopted, signatories = table.day("adopted"), table.number("signatories_total")
    counts = (f"adopted {adopted}" if adopted else None, f"{signatories} signatories" if signatories else None)
    return tuple(note for note in (*texts, *counts) if note)


def one_each(table: Table, key: str, rows: tuple[tuple[Table, Any], ...]) -> Mapping[StateCode, Any]:
    """The rows read, by State; a State that stands twice, or no row at all, is a fault."""
    found: dict[StateCode, Any] = {}
    for row, read in rows:
        if read.state in found:
            row.fault(
                "state",
                _("{state} stands twice among the `{rows}` tables."),
                _("Merge the two tables into one."),
                state=read.state,
                rows=key,
            )
        elif read.state != NOBODY:
            found[read.state] = read
    if not rows and table.sound(key):
        table.fault(key, _("There is no `{key}` table."), _("Add at least one [[{key}]]."))
    return found


def bilateral(table: Table, own: StateCode, known: Vocabulary) -> Placed:
    """A `[[treaty]]` of a file of bilateral treaties, as an instrument of two parties with the same status."""
    source, confidence = table.sourced()
    other = state(table, known)
    if other == own and own != NOBODY:
        table.fault("state", _("{state} has no treaty with itself."), _("Name the other State."), state=own)
    kinds = tuple(kind for kind in table.words("subjects", (*known.group("kind"), "none")) if kind != "none")
    signed = table.day("signed")
    facts: dict[str, Any] = {
        "status": BILATERAL_STATUS[table.word("status", tuple(BILATERAL_STATUS))],
        "source": source,
        "confidence": confidence,
        "fact": table.fact,
        "signed": signed,
        "ratified": table.day("kz_law_date"),
        "in_force": table.day("in_force"),
        "in_force_not_earlier_than": table.day("in_force_not_earlier_than"),
        "in_force_not_later_than": table.day("in_force_not_later_than"),
        "unverified_fields": own_keys(table, "unverified_fields"),
        "note": table.optional_text("note") or "",
    }
    own_authority = table.optional_text("central_authority_kz") or ""
    other_authority = table.optional_text("central_authority_other") or ""
    notes = tuple(text for key in ("kz_law_no", "competent_officials") if (text := table.optional_text(key)))
    read = Instrument(
        id=InstrumentId(table.text("id")),
        title_en=table.text("title_en"),
        title_ru=table.text("short_ru"),
        short_en=table.text("short_en"),
        short_ru=table.text("short_ru"),
        place=table.optional_text("place") or "",
        tier=Tier.BILATERAL,
        kinds=kinds,
        offence_areas=("any",),
        opened=signed,
        parties={
            own: Party(state=own, central_authority=own_authority, **facts),
            other: Party(state=other, central_authority=other_authority, **facts),
        },
        provisions=_bilateral_provisions(table, kinds, known),
        sources=(source,),
        notes=notes,
    )
    table.close()
    return Placed(table, read, ((table, read.parties[own]),))


def _bilateral_provisions(table: Table, kinds: tuple[str, ...], known: Vocabulary) -> tuple[Provision, ...]:
    source, confidence = table.sourced()
    shared: dict[str, Any] = {"kinds": kinds, "source": source, "confidence": confidence, "fact": table.fact}
    channel, languages = table.optional_word("channel", known.group("channel")), table.words("languages", known.group("language"))
    values: dict[str, Any] = {
        "min_penalty_years": table.number("min_penalty_years"),
        "min_remaining_months": table.number("min_remaining_months"),
        "dual_criminality": table.flag("dual_criminality"),
    }
    found = []
    if channel:
        found.append(Provision(topic="channel", summary="Channel named by the treaty.", channel=channel, **shared))
    if languages:
        found.append(Provision(topic="language", summary="Languages named by the treaty.", languages=languages, **shared))
    if any(value is not None for value in values.values()):
        found.append(Provision(topic="extradition-threshold", summary="Thresholds named by the treaty.", **values, **shared))
    return tuple(found)
