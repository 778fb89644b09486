"""What a narrow column calls an instrument, and which instruments a matrix shows together.

The register has full titles only; these heads are for columns under the name of their group, where `Transfer` is enough.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.text import Truncator
from django.utils.translation import gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from comity.desk.components.model import Words
from comity.desk.matters.citations import instrument_title
from comity.identifiers import InstrumentId
from comity.law import Basis, BasisKind, Register, Tier

HEADS: Mapping[str, Words] = {
    "minsk-1993": _("Minsk"),
    "minsk-protocol-1997": _("Protocol to Minsk"),
    "chisinau-2002": _("Chisinau"),
    "cis-transfer-1998": pgettext_lazy("of sentenced persons", "Transfer"),
    "cis-search-2010": pgettext_lazy("for persons", "Search"),
    "cis-it-crime-2018": _("IT crime"),
    "cis-jit-2015": _("Joint teams"),
    "cis-crime-1998": _("Crime"),
    "cis-terrorism-1999": _("Terrorism"),
    "cis-computer-2001": _("Computer crime"),
    "cis-trafficking-2005": _("Human trafficking"),
    "cis-witness-2006": _("Protection of witnesses"),
    "cis-aml-2007": _("Money laundering"),
    "cis-noncustodial-2019": _("Sentences without custody"),
    "shanghai-2001": _("Shanghai"),
    "sco-terrorism-2009": _("Terrorism"),
    "sco-extremism-2017": _("Extremism"),
    "coe-extradition-1957": pgettext_lazy("convention", "Extradition"),
    "coe-mla-1959": _("Legal assist."),
    "coe-extradition-p1-1975": _("Extradition, first protocol"),
    "coe-extradition-p2-1978": _("Extradition, second protocol"),
    "coe-extradition-p3-2010": _("Extradition, third protocol"),
    "coe-extradition-p4-2012": _("Extradition, fourth protocol"),
    "coe-mla-p1-1978": _("Legal assist., first protocol"),
    "coe-mla-p2-2001": _("Legal assist., second protocol"),
    "coe-transfer-1983": pgettext_lazy("of sentenced persons", "Transfer"),
    "coe-laundering-1990": _("Money laundering"),
    "budapest-2001": _("Cybercrime"),
    "montevideo-extradition-1933": pgettext_lazy("convention", "Extradition"),
    "nassau-mla-1992": _("Legal assist."),
    "managua-transfer-1993": pgettext_lazy("of sentenced persons", "Transfer"),
    "un-drugs-1988": _("Drugs"),
    "un-terrorist-financing-1999": _("Financing of terrorism"),
    "untoc-2000": _("Organised crime"),
    "untoc-smuggling-2000": _("Smuggling of migrants"),
    "untoc-trafficking-2000": _("Human trafficking"),
    "untoc-firearms-2001": _("Firearms"),
    "uncac-2003": _("Corruption"),
    "un-cybercrime-2024": _("Cybercrime"),
    "cat-1984-art3": _("Torture"),
    "iccpr-art6-7-14": _("Civil and political rights"),
    "iccpr-op2": _("Death penalty"),
    "refugee-1951-art33": _("Refugees"),
    "echr-art2-3-5-6-8": pgettext_lazy("European Convention on Human Rights", "ECHR"),
    "consular-1963-art36": _("Consular access"),
}

YEARS: Mapping[str, int] = {
    "cat-1984-art3": 1984,
    "iccpr-art6-7-14": 1966,
    "iccpr-op2": 1989,
    "refugee-1951-art33": 1951,
    "echr-art2-3-5-6-8": 1950,
    "consular-1963-art36": 1963,
}
"""The year of the treaty behind a human-rights check; the register dates its rules and not its treaties."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Selection:
    """Columns that are shown together. `groups` are those of `law.matrix.Column`; `columns` empty: all of these groups."""

    name: str
    title: Words
    groups: tuple[str, ...] = ()
    columns: tuple[str, ...] = ()


SELECTIONS = (
    Selection(
        name="main",
        title=_("Most asked about"),
        columns=(
            *("minsk-1993", "minsk-protocol-1997", "chisinau-2002", "cis-transfer-1998"),
            *("cis-search-2010", "cis-it-crime-2018", "cis-jit-2015"),
            *("coe-extradition-1957", "coe-mla-1959", "untoc-2000", "uncac-2003", "echr-art2-3-5-6-8"),
        ),
    ),
    Selection(name="cis", title=_("CIS"), groups=("CIS",)),
    Selection(name="coe", title=_("Council of Europe"), groups=("CoE",)),
    Selection(name="un", title=_("United Nations"), groups=("universal",)),
    Selection(name="other", title=_("SCO and OAS"), groups=("SCO", "OAS")),
    Selection(name="rights", title=_("Rights"), groups=("rights",)),
)

GROUPS: Mapping[str, Words] = {
    "CIS": _("Commonwealth of Independent States"),
    "CoE": _("Council of Europe"),
    "universal": _("United Nations"),
    "SCO": _("Shanghai Cooperation Organisation"),
    "OAS": _("Organization of American States"),
    "rights": _("Rights"),
}


def head(register: Register, column: str, language: str) -> str:
    """The head of a column; for an instrument new to the desk the beginning of its title."""
    instrument = register.instruments.get(InstrumentId(column))
    if instrument and instrument.tier is Tier.BILATERAL:
        return gettext("bilateral treaty %(year)s") % {"year": instrument.opened.year} if instrument.opened else gettext("bilateral treaty")
    found = HEADS.get(column)
    return str(found) if found else Truncator(instrument_title(register, column, language)).chars(28)


def selection(name: str) -> Selection:
    """The selection of this name; the first one for any other name."""
    return next((one for one in SELECTIONS if one.name == name), SELECTIONS[0])


def year(register: Register, column: str) -> str:
    """The year beside the head: that of opening; of a check, the year of its treaty."""
    instrument = register.instruments.get(InstrumentId(column))
    found = instrument.opened.year if instrument and instrument.opened else YEARS.get(column)
    return str(found) if found else ""


_WITHOUT = {BasisKind.RECIPROCITY: _("reciprocity"), BasisKind.NONE: _("nothing"), BasisKind.TREATY: ""}


def basis_words(register: Register, basis: Basis, language: str) -> str:
    """What a request rests on, in a few words: `Chisinau 2002`, `Minsk 1993 with its protocol`."""
    ids = [one.id for one in basis.primary]
    if not ids:
        return str(_WITHOUT[basis.basis])
    protocols = {name: register.instruments[name].base for name in ids if register.instruments[name].base in ids}
    return ", ".join(
        _with_protocols(register, name, list(protocols.values()).count(name), language) for name in ids if name not in protocols
    )


def _with_protocols(register: Register, name: str, protocols: int, language: str) -> str:
    instrument = register.instruments[InstrumentId(name)]
    title = head(register, name, language)
    if instrument.tier is not Tier.BILATERAL:
        title = f"{title} {year(register, name)}"
    if not protocols:
        return title
    words = ngettext("%(title)s with its protocol", "%(title)s with its %(number)d protocols", protocols)
    return words % {"title": title, "number": protocols}
