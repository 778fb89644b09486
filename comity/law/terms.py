"""Terms that a State's own law sets for its offices: how long an appeal may be considered, when a person must be released.

A term is counted by the same rules as a time limit of an instrument. Where a term was looked for and not found, that is kept too.
"""

from dataclasses import dataclass
from datetime import date

from comity.identifiers import StateCode
from comity.law.basis import TimeLimit


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One term of one State. `limit` None: looked for and not found. `compiled`: the day on which the row was written down.

    `law_en` and `law_ru` name the act, in words; they are empty where no source names it.
    """

    id: str
    state: StateCode
    topic: str
    limit: TimeLimit | None
    summary: str
    summary_ru: str
    compiled: date
    law_en: str = ""
    law_ru: str = ""
    note: str = ""

    def law(self, language: str) -> str:
        """The act in `language` (en or ru)."""
        return self.law_ru if language == "ru" else self.law_en

    def rule(self, language: str) -> str:
        """The rule in `language` (en or ru)."""
        return self.summary_ru if language == "ru" else self.summary
