"""Play the stories through running offices and tell in the terminal what happens and where to look."""

import json
import secrets
import shutil
import tempfile
import threading
import time
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rich.console import Console

from comity.demo.client import PATIENCE, Desk, DeskError, Problem
from comity.demo.ending import Ended, raised, undisturbed
from comity.demo.federation import Federation
from comity.demo.papers import typeset
from comity.demo.story import Step, Story, StoryError, filled, stories
from comity.demo.telling import Teller
from comity.identifiers import uuid7

OFFICES = "offices.toml"
EXAMPLES = Path(__file__).resolve().parents[2] / "examples"


@dataclass(slots=True, kw_only=True)
class Played:
    """What a story has come to: its matter, the draft in hand in each office, every event it wrote."""

    story: Story
    matter: str = ""
    drafts: dict[str, str] = field(default_factory=dict)
    events: list[str] = field(default_factory=list)
    papers: dict[str, dict[str, Any]] = field(default_factory=dict)


def play(*, leave: bool, as_json: bool, keep: Path | None, language: str, folder: Path = EXAMPLES) -> int:
    """Make three offices, play every story of the folder, show the outcome.

    Answers the exit status: 0 all as told, 1 not, 128 and the signal's number when it was told to stop before the end of the stories.
    However it ends, the offices end before it, and their homes go unless they are kept.
    """
    started = time.monotonic()
    teller = Teller(Console(quiet=as_json), language)
    try:
        with raised(), _home(keep) as home:
            teller.opening()
            with Federation(home, folder / OFFICES) as federation:
                teller.offices(federation)
                played = [Player(federation, teller, story).play() for story in stories_in(folder)]
                summary = _summary(federation, played, time.monotonic() - started)
                _show(federation, teller, summary, as_json=as_json)
                if keep:
                    _export(federation, played, keep)
                if not leave and not as_json:
                    _wait(teller)
    except Ended as ended:
        return 128 + ended.number
    return 0 if summary["agree"] else 1


def _show(federation: Federation, teller: Teller, summary: Mapping[str, Any], *, as_json: bool) -> None:
    if as_json:
        Console().print_json(json.dumps(summary, ensure_ascii=False))
    teller.ending(federation, summary)


@contextmanager
def _home(keep: Path | None) -> Iterator[Path]:
    if keep:
        yield keep
        return
    home = Path(tempfile.mkdtemp(prefix="comity-demo-"))
    try:
        yield home
    finally:
        with undisturbed():
            shutil.rmtree(home, ignore_errors=True)


def stories_in(folder: Path) -> list[Story]:
    """Every story that the folder's `offices.toml` names, in that order."""
    names = tomllib.loads((folder / OFFICES).read_text(encoding="utf-8"))["stories"]
    return [story for name in names for story in stories(folder / f"{name}.toml")]


class Player:
    """Plays one story: each step at the desk of whoever does it, once everything written before has arrived there."""

    def __init__(self, federation: Federation, teller: Teller, story: Story) -> None:
        self._federation = federation
        self._teller = teller
        self._desks: dict[tuple[str, str], Desk] = {}
        self._today = datetime.now(UTC).date()
        self._played = Played(story=story)

    def play(self) -> Played:
        """The story from its first step to its last; raises `StoryError` where something comes out otherwise than told."""
        self._teller.story(self._played.story)
        for step in self._played.story.steps:
            self._teller.step(step, self._federation.members[step.office])
            if self._played.matter:
                self._arrived(step)
            self._do(step)
        for office in dict.fromkeys(self._played.story.roles.values()):
            self._wait_for_all(office, "officer")
        return self._played

    def _do(self, step: Step) -> None:
        do: Mapping[str, Callable[[Step], None]] = {
            "ask-law": self._ask_law,
            "draft": self._draft,
            "save": self._save,
            "submit": self._submit,
            "approve": self._approve,
            "return": self._return,
            "act": self._act,
            "internal": self._act,
        }
        try:
            do[step.does](step)
        except Problem as problem:
            self._expected(step, problem)
            return
        if step.expect:
            raise StoryError(f"This should have been refused ({step.expect}) and was not.", where=self._where(step))

    def _ask_law(self, step: Step) -> None:
        roles = self._played.story.roles
        states = {role: office[:2].upper() for role, office in roles.items()}
        question = {"requesting": states["requesting"], "requested": states["requested"], "kind": step.kind, "on": self._today.isoformat()}
        self._teller.law(self._desk(step).get("/law/basis", **question))

    def _draft(self, step: Step) -> None:
        content = self._content(step)
        if self._played.matter:
            given: dict[str, Any] = {"matter": self._played.matter, "act": step.act, "content": content}
        else:
            roles = self._played.story.roles
            own = next(role for role, office in roles.items() if office == step.office)
            others = {role: [office] for role, office in roles.items() if role != own}
            given = {
                "procedure": self._played.story.procedure,
                "own_role": own,
                "counterparts": others,
                "act": step.act,
                "content": content,
            }
        given["draft"] = self._played.drafts[step.office] = _new_id()
        if not self._played.matter:
            given["new_matter"] = self._played.matter = _new_id()
        self._write(step, "POST", "/drafts", given, lambda: self._draft_in(step, "drafting"))

    def _save(self, step: Step) -> None:
        known = self._desk(step).get(self._draft_path(step))
        content = {**known["content"], **self._content(step)}

        def done() -> Any:
            now = self._desk(step).get(self._draft_path(step))
            return now if now["revision"] > known["revision"] else None

        self._write(step, "PUT", self._draft_path(step), {"content": content, "revision": known["revision"]}, done)

    def _submit(self, step: Step) -> None:
        self._write(step, "POST", f"{self._draft_path(step)}/submit", None, lambda: self._draft_in(step, "submitted"))

    def _approve(self, step: Step) -> None:
        read = {"revision": self._desk(step).get(self._draft_path(step))["revision"]}
        answer = self._write(step, "POST", f"{self._draft_path(step)}/approve", read, lambda: self._approved(step))
        self._wrote(step, answer)

    def _return(self, step: Step) -> None:
        reason = {"reason": step.reason, "revision": self._desk(step).get(self._draft_path(step))["revision"]}
        self._write(step, "POST", f"{self._draft_path(step)}/return", reason, lambda: self._draft_in(step, "returned"))

    def _act(self, step: Step) -> None:
        path = f"/matters/{self._played.matter}"
        before = self._desk(step).get(path)["heads"].get(step.office)

        def done() -> Any:
            now = self._desk(step).get(path)["heads"].get(step.office)
            return {"matter": self._played.matter, "events": [now]} if now != before else None

        given = {"act": step.act, "content": self._content(step)} | ({"after": before or "none"} if step.does == "act" else {})
        answer = self._write(step, "POST", f"{path}/acts", given, done)
        self._wrote(step, answer)

    def _write(self, step: Step, method: str, path: str, value: Mapping[str, Any] | None, done: Callable[[], Any]) -> Any:
        """One write, done once: when the desk went away in the middle, ask whether it was done before trying again."""
        deadline = time.monotonic() + PATIENCE
        while True:
            try:
                return self._desk(step).put_or_post(method, path, value)
            except (ConnectionError, TimeoutError, OSError) as error:
                if time.monotonic() > deadline:
                    raise DeskError("The desk does not come back.", where=step.office) from error
                time.sleep(0.2)
                if (found := done()) is not None:
                    return found

    def _draft_in(self, step: Step, status: str) -> Any:
        try:
            now = self._desk(step).get(self._draft_path(step))
        except Problem as problem:
            if problem.status != 404:
                raise
            return None
        return now if now["status"] == status else None

    def _approved(self, step: Step) -> Any:
        if self._draft_in(step, "approved") is None:
            return None
        events = self._desk(step).get(f"/matters/{self._played.matter}")["events"]
        written = [one["id"] for one in events if one["office"] == step.office and one["id"] not in self._played.events]
        return {"matter": self._played.matter, "events": written}

    def _wrote(self, step: Step, answer: Mapping[str, Any]) -> None:
        self._played.events += answer["events"]
        self._teller.sealed(answer["events"], self._desk(step).get(f"/matters/{self._played.matter}"), self._federation.members)

    def _expected(self, step: Step, problem: Problem) -> None:
        if step.expect != problem.code:
            raise StoryError(f"{problem.what} ({problem.code})", where=self._where(step)) from problem
        self._teller.refused(problem)

    def _arrived(self, step: Step) -> None:
        if self._played.events:
            self._wait_for_all(step.office, step.by)

    def _wait_for_all(self, office: str, by: str) -> None:
        desk, deadline = self._desk_of(office, by), time.monotonic() + PATIENCE
        wanted = set(self._played.events)
        while True:
            try:
                here = {one["id"] for one in desk.get(f"/matters/{self._played.matter}")["events"]}
            except Problem as problem:
                if problem.status != 404:
                    raise
                here = set()
            if wanted <= here:
                return
            if time.monotonic() > deadline:
                raise StoryError(f"{len(wanted - here)} events did not arrive at {office}.", where=self._played.story.id)
            time.sleep(0.1)

    def _content(self, step: Step) -> dict[str, Any]:
        for name in _papers_named(step.content):
            if name not in self._played.papers:
                paper = self._played.story.papers[name]
                data = typeset(paper)
                self._played.papers[name] = self._desk(step).upload(
                    "/papers", f"{name}.pdf", data, "application/pdf", title=paper.title, language=paper.language
                )
        content: dict[str, Any] = filled(dict(step.content), today=self._today, papers=self._played.papers)
        return content

    def _desk(self, step: Step) -> Desk:
        return self._desk_of(step.office, step.by)

    def _desk_of(self, office: str, by: str) -> Desk:
        return self._desks.setdefault((office, by), self._federation.desk(office, by, self._teller.language))

    def _draft_path(self, step: Step) -> str:
        return f"/matters/{self._played.matter}/drafts/{self._played.drafts[step.office]}"

    def _where(self, step: Step) -> str:
        return f"{self._played.story.id}, step {step.number}"


def _new_id() -> str:
    return uuid7(datetime.now(UTC), secrets.token_bytes(10))


def _papers_named(value: Any) -> list[str]:
    match value:
        case {"paper": str(name), **rest} if not rest:
            return [name]
        case dict():
            return [name for item in value.values() for name in _papers_named(item)]
        case list():
            return [name for item in value for name in _papers_named(item)]
        case _:
            return []


def _summary(federation: Federation, played: list[Played], seconds: float) -> dict[str, Any]:
    matters = [matter_summary(federation, one) for one in played]
    return {"matters": matters, "agree": all(one["agree"] for one in matters), "seconds": round(seconds, 1)}


def matter_summary(federation: Federation, one: Played) -> dict[str, Any]:
    """Both sides of a matter: they agree when state, events and heads are the same and every event is receipted by the other side."""
    sides = {}
    for office in dict.fromkeys(one.story.roles.values()):
        desk = federation.desk(office, "head")
        sides[office] = _settled(desk, one.matter, office)
    first, *others = sides.values()
    same = all(side["state"] == first["state"] and side["heads"] == first["heads"] and side["events"] == first["events"] for side in others)
    whole = all(side["events"] == len(set(one.events)) and side["receipts"] == side["sent"] for side in sides.values())
    verified = all(side["verified"] for side in sides.values())
    return {"story": one.story.id, "matter": one.matter, "sides": sides, "agree": same and whole and verified}


def _settled(desk: Desk, matter: str, office: str) -> dict[str, Any]:
    """One side once its receipts are in (they follow the events)."""
    deadline = time.monotonic() + PATIENCE
    while True:
        value = desk.get(f"/matters/{matter}")
        sent = [event for event in value["events"] if event["office"] == office]
        receipts = sum(1 for event in sent if event["receipts"])
        if receipts == len(sent) or time.monotonic() > deadline:
            break
        time.sleep(0.1)
    proof = desk.get(f"/matters/{matter}/proof")
    return {
        "state": value["state"],
        "holder": value["holder"],
        "events": len(value["events"]),
        "heads": value["heads"],
        "sent": len(sent),
        "receipts": receipts,
        "verified": proof["ok"],
    }


def _export(federation: Federation, played: list[Played], folder: Path) -> None:
    for one in played:
        for office in dict.fromkeys(one.story.roles.values()):
            data = federation.desk(office, "head").download(f"/matters/{one.matter}/export")
            (folder / f"{one.story.id}.{office}.comity").write_bytes(data)


def _wait(teller: Teller) -> None:
    teller.staying()
    with suppress(Ended):
        threading.Event().wait()
