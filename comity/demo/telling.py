"""What the terminal says while a story is played: who does what, what the law answers, what was refused and why, where to look."""

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.markup import escape
from rich.panel import Panel
from rich.table import Table

from comity.demo.client import Problem
from comity.demo.story import Step, Story
from comity.words import _, translate

if TYPE_CHECKING:
    from comity.demo.federation import Federation, Member

SHOWN = 6  # missing items named in full before the rest is only counted


class Teller:
    """Tells in one language on one console."""

    def __init__(self, console: Console, language: str) -> None:
        self._console = console
        self.language = language

    def opening(self) -> None:
        """Before anything runs."""
        self._console.print(
            Panel.fit(f"[bold]Comity[/bold] · {self._say(_('three offices on this machine, two kinds of matter, real law'))}")
        )
        self._console.print(self._say(_("Making three offices: keys, stores, cards exchanged by hand …")), style="dim")

    def offices(self, federation: "Federation") -> None:
        """The offices as they start."""
        table = Table(box=None, padding=(0, 2, 0, 0))
        for head in (_("Office"), _("Desk"), _("Gateway")):
            table.add_column(self._say(head))
        for one in federation.members.values():
            table.add_row(f"{one.id} · {one.places[self.language]}", one.address, f"https, port {one.gateway_port}")
        self._console.print(table)

    def story(self, story: Story) -> None:
        """The title of a story."""
        self._console.print()
        self._console.rule(f"[bold]{escape(story.title[self.language])}[/bold]", align="left")

    def step(self, step: Step, member: "Member") -> None:
        """What somebody is about to do."""
        if words := step.say.get(self.language):
            self._console.print(f"[bold]{escape(member.places[self.language]):>9}[/bold]  {escape(words)}")

    def law(self, answer: Mapping[str, Any]) -> None:
        """What the law engine answered."""
        primary = ", ".join(answer["primary"]) or "—"
        self._detail(
            self._say(_("basis {basis}: {instruments} ({certainty})")).format(
                basis=answer["basis"], instruments=primary, certainty=answer["certainty"]
            )
        )
        for one in answer["excluded"][:3]:
            self._detail(self._say(_("not {instrument}: {why}")).format(instrument=one["id"], why=one["why"]))
        checks = "; ".join(one.get("title", one["id"]) for one in answer["human_rights"])
        if checks:
            self._detail(self._say(_("human-rights checks: {checks}")).format(checks=checks))

    def refused(self, problem: Problem) -> None:
        """A "no" that the story expected, with what is missing and by which article."""
        self._console.print(f"           [red]✕[/red] {escape(problem.what)}")
        for item in problem.missing[:SHOWN]:
            citation = f" — {item['citation']}" if item["citation"] else ""
            self._detail(f"□ {item['label']}{citation}")
        if (rest := len(problem.missing) - SHOWN) > 0:
            self._detail(self._say(_("and {count} more")).format(count=rest))

    def sealed(self, events: Sequence[str], matter: Mapping[str, Any], members: Mapping[str, "Member"]) -> None:
        """What was written and sealed, who holds the file now, and which term of law runs."""
        if not events:
            return
        holder = members[matter["holder"]].places[self.language] if matter["holder"] else self._say(_("nobody: it is over"))
        words = self._say(_("sealed {event} · {state} · the file lies with: {holder}"))
        self._detail("✓ " + words.format(event=f"{events[-1][:8]}…", state=matter["state_label"], holder=holder))
        for clock in matter["clocks"]:
            if clock["due"] and not clock["target"] and clock["citation"]:
                until = self._say(_("until {day}: {clock} — {citation} ({confidence})"))
                facts = {"day": clock["due"], "clock": clock["label"], "citation": clock["citation"], "confidence": clock["confidence"]}
                self._detail("◷ " + until.format(**facts))

    def ending(self, federation: "Federation", summary: Mapping[str, Any]) -> None:
        """How each matter ended on each side."""
        self._console.print()
        table = Table(title=self._say(_("Both sides of each matter")), title_justify="left", box=None, padding=(0, 2, 0, 0))
        for head in (_("Matter"), _("Office"), _("State"), _("Events"), _("Receipts"), _("Journal")):
            table.add_column(self._say(head))
        for matter in summary["matters"]:
            for office, side in matter["sides"].items():
                verified = self._say(_("verified")) if side["verified"] else self._say(_("does not verify"))
                table.add_row(matter["story"], office, side["state"], str(side["events"]), f"{side['receipts']}/{side['sent']}", verified)
        self._console.print(table)
        agree = _("Both sides hold the same file in every matter.") if summary["agree"] else _("The sides differ.")
        self._console.print(f"[bold]{self._say(agree)}[/bold] {summary['seconds']} s")
        self._logins(federation)

    def staying(self) -> None:
        """The desks stay up."""
        self._console.print(self._say(_("The three desks stay up. Ctrl-C ends everything and leaves nothing behind.")), style="bold")

    def _logins(self, federation: "Federation") -> None:
        names = ", ".join(person["login"] for person in federation.people)
        self._console.print()
        for one in federation.members.values():
            self._console.print(f"{one.places[self.language]:>9}  {one.address}")
        words = self._say(_("Log in as {names}; the password of all is {password}")).format(names=names, password=federation.password)
        self._console.print(escape(words), highlight=False)

    def _detail(self, words: str) -> None:
        self._console.print(f"             {escape(words)}", style="dim", highlight=False)

    def _say(self, text: str) -> str:
        return translate(text, self.language)
