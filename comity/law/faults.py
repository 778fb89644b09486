"""What is wrong in a file of the register: where it stands, what it is and what to do, in English or Russian."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from comity.words import translate


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """One fault of one file. `table` names the table and its row, such as `party 3 (TJ)`; empty for the file itself.

    `what` and `next_step` are sentences marked for translation; `parts` fills their places.
    """

    file: str
    what: str
    next_step: str
    table: str = ""
    key: str = ""
    parts: Mapping[str, object] = field(default_factory=dict)

    @property
    def where(self) -> str:
        """File, table and key, with commas."""
        return ", ".join(part for part in (self.file, self.table, self.key) if part)

    def sentence(self, language: str) -> str:
        """What is wrong, in `language` (en or ru)."""
        return self._said(self.what, language)

    def advice(self, language: str) -> str:
        """What to do, in `language` (en or ru)."""
        return self._said(self.next_step, language)

    def say(self, language: str) -> str:
        """Where, what and what to do, in `language` (en or ru)."""
        return f"{self.where}: {self.sentence(language)} {self.advice(language)}"

    def _said(self, text: str, language: str) -> str:
        said = translate(text, language)
        return said.format(**self.parts) if self.parts else said
