"""The command `comity`: what an office's people and machines do outside the desk.

Each command imports what it needs when it runs: `comity verify` in a court needs no web framework, and `comity explain` answers at once.
Exit status: 0 done, 1 a "no" (a file that does not verify), 2 something that cannot be done, with what, where and what next.
"""

import json
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn, Optional

import typer

from comity.errors import ComityError

app = typer.Typer(name="comity", no_args_is_help=True, add_completion=False, pretty_exceptions_enable=False)
office_app = typer.Typer(no_args_is_help=True, help="An office: its home, its keys, the cards of other offices.")
user_app = typer.Typer(no_args_is_help=True, help="The people of an office.")
register_app = typer.Typer(no_args_is_help=True, help="The register of law: whether it is whole, what changed, what to read next.")
app.add_typer(office_app, name="office")
app.add_typer(register_app, name="register")
app.add_typer(user_app, name="user")


class CommandError(ComityError):
    """What a command was asked for cannot be done; `where` names the path or the matter."""


Home = Annotated[Path, typer.Option("--home", envvar="COMITY_HOME", help="The office's home.")]
Language = Annotated[str, typer.Option("--lang", help="en or ru.")]
DEFAULT_HOME = Path.home() / ".comity"
INSTALLED = "installed"
FOLDER = "The folder of a register; `installed` is the one that comes with the program."


def main() -> None:
    """Run a command; every error of ours is one clear sentence and exit status 2."""
    try:
        app(standalone_mode=True)
    except ComityError as error:
        _cannot(str(error))
    except OSError as error:
        if error.filename is None:
            raise
        _cannot(f"{os.fsdecode(error.filename)}: {error.strerror}.")


def _cannot(words: str) -> NoReturn:
    typer.echo(f"comity: {' '.join(words.split())}", err=True)
    sys.exit(2)


@app.command()
def explain(
    requesting: Annotated[str, typer.Argument(help="The requesting State, such as KZ.")],
    requested: Annotated[str, typer.Argument(help="The requested State, such as TJ.")],
    kind: Annotated[str, typer.Argument(help="What is asked, such as extradition or mla.")],
    on: Annotated[Optional[str], typer.Option("--on", help="The date of the request, YYYY-MM-DD; today if left out.")] = None,  # noqa: UP045  # typer reads it
    offence: Annotated[Optional[str], typer.Option("--offence", help="An offence area of the register, such as corruption.")] = None,  # noqa: UP045  # typer reads it
    committed: Annotated[Optional[str], typer.Option("--committed", help="The day of the offence, where one asks for it.")] = None,  # noqa: UP045  # typer reads it
    what_if: Annotated[
        bool, typer.Option("--what-if", help="Say too what another day, another offence or a settled doubt would change.")
    ] = False,
    as_json: Annotated[bool, typer.Option("--json", help="The answer as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """Say which instruments bind two States on a date for a kind of request, and why."""
    from comity.canonical import parse_date
    from comity.law import default_register, resolve, suppositions, to_json
    from comity.law import explain as sentences
    from comity.law import what_if as supposed
    from comity.law.explain import citation_words
    from comity.law.suppose_words import alternative_words

    day = parse_date(on) if on else datetime.now(UTC).date()
    register = default_register()
    offended = parse_date(committed) if committed else None
    basis = resolve(register, requesting.upper(), requested.upper(), kind, day, offence, committed=offended)
    others = (
        [alternative_words(supposed(register, basis, one), register, _language(lang)) for one in suppositions(register, basis)]
        if what_if
        else []
    )
    if as_json:
        value = {**to_json(basis, register, _language(lang)), **({"what_if": [" ".join(words) for words in others]} if what_if else {})}
        typer.echo(json.dumps(value, ensure_ascii=False, indent=1))
        return
    for sentence in sentences(basis, register, _language(lang)):
        typer.echo(f"{sentence.number:>3}  {sentence.text}")
        for citation in sentence.citations:
            typer.echo(f"       — {citation_words(citation, _language(lang))}")
    for words in others:
        typer.echo(f"  ?  {' '.join(words)}")


@app.command()
def deadline(
    state: Annotated[str, typer.Argument(help="The State whose days are counted, such as KZ.")],
    limit: Annotated[str, typer.Argument(help="A term such as kz-appeal, or a time limit such as minsk-1993/provisional-arrest.")],
    start: Annotated[str, typer.Option("--from", help="The day it starts, YYYY-MM-DD; for hours a moment, 2026-11-22T14:30+05:00.")],
    span: Annotated[str, typer.Option(help="length, extended (by one extension) or longest.")] = "length",
    stood: Annotated[Optional[list[str]], typer.Option(help="A span in which the clock stood, FROM..UNTIL; may be repeated.")] = None,  # noqa: UP045  # typer reads it
    as_json: Annotated[bool, typer.Option("--json", help="The count as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """Count a time limit to its last day, step by step."""
    from comity.law.asked_deadline import count_named
    from comity.law.load import default_register

    counted = count_named(default_register(), state.upper(), limit, start, span=span, stood=stood or ())
    if as_json:
        typer.echo(json.dumps(counted.value(_language(lang)), ensure_ascii=False, indent=1))
        return
    for line in counted.lines(_language(lang)):
        typer.echo(line)


@register_app.command("check")
def register_check(
    folder: Annotated[str, typer.Argument(help=FOLDER)] = INSTALLED,
    as_json: Annotated[bool, typer.Option("--json", help="The faults as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """Tell every fault of every file, with file, table, key and what to do. Exit status 0: there is none. 1: there are."""
    from comity.law.load import register_faults
    from comity.law.register_report import fault_lines, fault_values

    faults = register_faults(_folder(folder))
    _print(fault_values(faults, _language(lang)) if as_json else fault_lines(faults, _language(lang)))
    raise typer.Exit(1 if faults else 0)


@register_app.command("release")
def register_release(
    folder: Annotated[str, typer.Argument(help=FOLDER)] = INSTALLED,
    as_json: Annotated[bool, typer.Option("--json", help="The release as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """Give the hash under which matters are opened, and what the register holds."""
    from comity.law.register_report import release_lines, release_value

    register = _register(folder)
    _print(release_value(register) if as_json else release_lines(register, _language(lang)))


@register_app.command("diff")
def register_diff(
    before: Annotated[str, typer.Argument(help=FOLDER)],
    after: Annotated[str, typer.Argument(help=FOLDER)],
    home: Annotated[Optional[Path], typer.Option("--home", help="An office whose open matters are looked through.")] = None,  # noqa: UP045  # typer reads it
    as_json: Annotated[bool, typer.Option("--json", help="The changes as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """Say in law terms what changed from one register to another, and which open matters of an office it touches."""
    from comity.law import diff
    from comity.law.register_report import diff_lines, diff_values, touch_lines, touch_values

    language = _language(lang)
    old, new = _register(before), _register(after)
    changes = diff(old, new)
    touched = tuple(_touched(home, old, new)) if home else ()
    if as_json:
        value = {"before": old.release, "after": new.release, "changes": diff_values(changes, old, new, language)}
        _print({**value, "matters": touch_values(touched)} if home else value)
        return
    _print(diff_lines(changes, old, new, language))
    if home:
        _print(touch_lines(touched, language))


@register_app.command("todo")
def register_todo(
    folder: Annotated[str, typer.Argument(help=FOLDER)] = INSTALLED,
    on: Annotated[Optional[str], typer.Option("--on", help="The day of the answers, YYYY-MM-DD; today if left out.")] = None,  # noqa: UP045  # typer reads it
    limit: Annotated[int, typer.Option(help="How many facts to list; 0 for all.", min=0)] = 20,
    as_json: Annotated[bool, typer.Option("--json", help="The facts as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """List the facts that were not read in a source, those first on which most answers rest."""
    from comity.canonical import parse_date
    from comity.law import todo
    from comity.law.register_report import todo_lines, todo_values

    register = _register(folder)
    items = todo(register, parse_date(on) if on else datetime.now(UTC).date())
    shown = items[:limit] if limit else items
    _print(todo_values(shown, register, _language(lang)) if as_json else todo_lines(shown, register, _language(lang)))


@register_app.command("apply")
def register_apply(
    patch: Annotated[Path, typer.Argument(help="A patch, as the desk exports what an office confirmed.")],
    folder: Annotated[Path, typer.Argument(help="The folder of the register to change.")],
) -> None:
    """Write what an office confirmed into the files of a register: all of it, or nothing where one fact stands otherwise now."""
    from comity.law.load import folder_texts
    from comity.law.mend import mended
    from comity.law.patch import read_patch

    changed = mended(folder_texts(folder), read_patch(patch.read_text(encoding="utf-8"), patch.name))
    for name, text in changed.items():
        draft = folder / f"{name}.new"
        draft.write_text(text, encoding="utf-8")
        draft.replace(folder / name)
        typer.echo(f"{folder / name}: changed")
    if not changed:
        typer.echo(f"{folder}: it holds all of this already")


@app.command()
def verify(
    file: Annotated[Path, typer.Argument(help="A matter exported as .comity.")],
    home: Annotated[Optional[Path], typer.Option("--home", help="An office whose trusted cards the keys are compared with.")] = None,  # noqa: UP045  # typer reads it
    as_json: Annotated[bool, typer.Option("--json", help="The report as JSON.")] = False,
    lang: Language = "en",
) -> None:
    """Check an exported matter offline, step by step. Exit status 0: every step holds. 1: one does not, and which, at which event."""
    from comity.journal import verify_file
    from comity.words import translate

    language = _language(lang)

    def say(text: str) -> str:
        return translate(text, language)

    if home:
        _settings(home)
    report = verify_file(file, _trust(home) if home else None)
    if as_json:
        typer.echo(json.dumps(report.value(say), ensure_ascii=False, indent=1))
    else:
        for line in report.lines(say):
            typer.echo(line)
    raise typer.Exit(0 if report.ok else 1)


@office_app.command("init")
def office_init(
    office: Annotated[str, typer.Argument(help="The office's id, such as kz-gpo.")],
    name_en: Annotated[str, typer.Option(help="Its name in English.")],
    name_ru: Annotated[str, typer.Option(help="Its name in Russian.")],
    state: Annotated[Optional[str], typer.Option(help="Its State; by default the first part of the id.")] = None,  # noqa: UP045  # typer reads it
    time_zone: Annotated[str, typer.Option(help="Its time zone.")] = "UTC",
    desk_port: Annotated[int, typer.Option(help="Where the desk listens.")] = 8000,
    gateway_port: Annotated[int, typer.Option(help="Where the gateway listens.")] = 8443,
    gateway_host: Annotated[str, typer.Option(help="Address by which other offices reach the gateway.")] = "127.0.0.1",
    home: Home = DEFAULT_HOME,
) -> None:
    """Make an office: its settings, keys, store and the card to give to other offices."""
    from comity.node.founding import found_keys
    from comity.node.settings import checked_settings, close_home, refuse_office, write_settings

    os.umask(0o077)
    home = home.absolute()
    value = {
        "office": office,
        "state": state or office[:2].upper(),
        "time_zone": time_zone,
        "names": {"en": name_en, "ru": name_ru},
        "desk": {"port": desk_port},
        "gateway": {"host": gateway_host, "port": gateway_port},
    }
    settings = checked_settings(value)
    refuse_office(home)
    close_home(home)
    found_keys(home, settings, datetime.now(UTC))
    _django(home)
    from comity.desk.office import prepare_store

    prepare_store()
    write_settings(home, settings)
    typer.echo(f"{home}: office {office}. Give {home / 'trust' / office}.office to the offices you work with.")


@office_app.command("trust")
def office_trust(
    cards: Annotated[list[Path], typer.Argument(help="The .office files of other offices, received by hand.")],
    force: Annotated[bool, typer.Option(help="Take a card with another identity key than the one known.")] = False,
    home: Home = DEFAULT_HOME,
) -> None:
    """Admit other offices by their cards. Compare each fingerprint with the office itself, by another way."""
    from comity.trust import fingerprint

    _settings(home)
    for path in cards:
        card = _trust(home).admit(path.read_bytes(), datetime.now(UTC), force=force)
        typer.echo(f"{card.office}\t{card.name('en')}\t{fingerprint(card)}")


@office_app.command("cards")
def office_cards(home: Home = DEFAULT_HOME) -> None:
    """List the offices this one knows."""
    _settings(home)
    for card in _trust(home).cards():
        typer.echo(
            f"{card.office}\t{card.state}\t{card.name('en')}\t{card.endpoint or 'no inbound access'}\tuntil {card.valid_until:%Y-%m-%d}"
        )


@user_app.command("add")
def user_add(
    login: Annotated[str, typer.Argument(help="The name to log in with.")],
    role: Annotated[
        list[str],
        typer.Option("--role", help="registrar, officer, head, lawyer, translator, statistician, auditor, administrator …"),
    ],
    title: Annotated[str, typer.Option(help="What the person is in the office, as pages show it.")],
    unit: Annotated[str, typer.Option(help="The code of the person's unit; made where there is none of it.")],
    language: Annotated[str, typer.Option(help="en or ru; by the browser if left out.")] = "",
    home: Home = DEFAULT_HOME,
) -> None:
    """Add a person; the password is asked for, or read from the first line of standard input."""
    _open(home)
    from comity.desk.people_file import load_people

    password = typer.prompt("Password", hide_input=True) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\n")
    person = {
        "login": login,
        "title": {"en": title},
        "unit": unit,
        "roles": role,
        "password": password,
        "language": language and _language(language),
    }
    load_people({"person": [person]}, at=datetime.now(UTC))
    typer.echo(f"{login}: added")


@user_app.command("load")
def user_load(
    file: Annotated[Path, typer.Argument(help="JSON with lists “unit” and “person”.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Add units and people from a file, all or none."""
    _open(home)
    from comity.desk.people_file import load_people, read_people

    typer.echo(f"{load_people(read_people(file), at=datetime.now(UTC))} people")


@app.command()
def serve(home: Home = DEFAULT_HOME) -> None:
    """Run an office: desk, gateway and courier."""
    settings = _open(home)
    from comity.desk.office import current_office
    from comity.desk.serve import alone, bring_store, check_certificate, end_with_parent, supervise

    end_with_parent()
    with alone(home.absolute()):
        check_certificate(current_office().keys)
        bring_store()

        def ready() -> None:
            desk = f"http://{settings.desk.host}:{settings.desk.port}"
            typer.echo(f"{settings.office}: ready; desk {desk}, gateway https port {settings.gateway.port}")

        def complain(words: str) -> None:
            typer.echo(f"comity: {words}", err=True)

        raise typer.Exit(supervise(home.absolute(), settings, ready=ready, complain=complain))


@app.command()
def desk(home: Home = DEFAULT_HOME) -> None:
    """Run the desk alone: pages and API for the people of the office."""
    _settings(home)
    from comity.desk.serve import run_desk

    run_desk(home)


@app.command()
def gateway(home: Home = DEFAULT_HOME) -> None:
    """Run the gateway alone: the one listener that other offices reach, over mutual TLS."""
    _open(home)
    from comity.desk.processes import run_gateway

    run_gateway()


@app.command()
def courier(home: Home = DEFAULT_HOME) -> None:
    """Run a courier alone: it carries what waits to other offices until they have it."""
    _open(home)
    from comity.desk.processes import run_courier

    run_courier()


@app.command()
def export(
    matter: Annotated[str, typer.Argument(help="The matter's id.")],
    file: Annotated[Path, typer.Argument(help="Where to write it, such as matter.comity.")],
    home: Home = DEFAULT_HOME,
) -> None:
    """Write a matter with everything that proves it into one file."""
    _open(home)
    from comity.desk.office import current_office
    from comity.identifiers import matter_id
    from comity.node.proofs import export_matter

    wanted = matter_id(matter)
    if not file.absolute().parent.is_dir():
        raise CommandError("There is no such folder.", where=str(file.parent), next_step="Make it, or name another.")
    office = current_office()
    with office.store.read() as unit:
        known = bool(unit.heads_of([wanted]).get(wanted))
    if not known:
        raise CommandError("This office has no such matter.", where=matter)
    try:
        export_matter(office, wanted, file)
    except OSError as error:
        raise CommandError(f"The file cannot be written: {error.strerror}.", where=str(file)) from error
    typer.echo(f"{file}: written")


@app.command()
def rebuild(home: Home = DEFAULT_HOME) -> None:
    """Make every view of the journal anew."""
    _open(home)
    from comity.desk.matters.projection import rebuild as rebuild_views
    from comity.desk.office import current_office

    typer.echo(f"{rebuild_views(current_office())} matters")


@app.command()
def demo(
    leave: Annotated[bool, typer.Option("--exit", help="End after the story.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="Print a summary as JSON and nothing else.")] = False,
    keep: Annotated[Optional[Path], typer.Option(help="Leave the offices' stores and every matter as .comity in this folder.")] = None,  # noqa: UP045  # typer reads it
    lang: Language = "en",
) -> None:
    """Start three offices on this machine and play two matters through them."""
    from comity.demo import play

    os.umask(0o077)
    raise typer.Exit(play(leave=leave, as_json=as_json, keep=keep, language=_language(lang)))


def _language(text: str) -> Any:
    if text not in {"en", "ru"}:
        raise typer.BadParameter("Languages are en and ru.", param_hint="--lang")
    return text


def _print(what: Any) -> None:
    """Lines as they are, anything else as JSON."""
    if isinstance(what, Iterator):
        for line in what:
            typer.echo(line)
    else:
        typer.echo(json.dumps(what, ensure_ascii=False, indent=1))


def _folder(name: str) -> Path | None:
    return None if name == INSTALLED else Path(name)


def _register(name: str) -> Any:
    """The register in a folder, or the installed one."""
    from comity.law import default_register, load_register

    folder = _folder(name)
    return load_register(folder) if folder else default_register()


def _touched(home: Path, before: Any, after: Any) -> Iterator[tuple[str, Any]]:
    """The open matters of an office that a change touches, by the law as this office confirmed it."""
    _open(home)
    from comity.desk.matters.touched import open_questions
    from comity.desk.office import current_office
    from comity.law import diff, overlaid, touch
    from comity.node.lawbook import confirmed_by

    office = current_office()
    with office.store.read() as unit:
        own = confirmed_by(office, unit)
    old, new = overlaid(before, own), overlaid(after, own)
    changes = diff(old, new)
    for matter, asked in open_questions():
        basis = asked.answer(old)
        found = touch(changes, basis, old, new) if basis else None
        if found:
            yield matter, found


def _settings(home: Path) -> Any:
    """The settings of the office whose home this is, which is shut to other accounts, as all that is written from here on."""
    from comity.node.settings import close_home, read_settings

    os.umask(0o077)
    settings = read_settings(home)
    close_home(home)
    return settings


def _open(home: Path) -> Any:
    """The settings of the office, and Django over its store. Nothing is made where there is no office."""
    settings = _settings(home)
    _django(home)
    return settings


def _trust(home: Path) -> Any:
    from comity.trust import FolderTrust

    return FolderTrust(home / "trust")


def _django(home: Path) -> None:
    os.environ["COMITY_HOME"] = str(home.absolute())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "comity.desk.settings")
    import django

    django.setup()
