"""Who this office is and where it listens: `office.toml` in the office's home, read strictly.

office = "kz-gpo"
state = "KZ"
time_zone = "Asia/Almaty"
[names]
en = "Prosecutor General's Office of the Republic of Kazakhstan"
ru = "Генеральная прокуратура Республики Казахстан"
[desk]                      # people of the office
host = "127.0.0.1"
port = 8000
[gateway]                   # other offices, mutual TLS
host = "127.0.0.1"
port = 8443
"""

import json
import os
import tomllib
import unicodedata
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from comity.errors import ComityError
from comity.identifiers import IdentifierError, OfficeId, StateCode, is_internal, office_id, state_code

FILE = "office.toml"
_UNPRINTABLE = frozenset({"Cc", "Cs", "Zl", "Zp"})  # controls, halves of characters, line and paragraph separators


class SettingsError(ComityError):
    """`office.toml` is missing or says something that cannot be; `where` names the file and key."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("is not a time zone of the IANA list, such as Asia/Almaty") from error
    return name


def _office(text: str) -> str:
    if is_internal(text):
        raise ValueError("is the internal strand of an office, not an office")
    return _or_value_error(office_id, text)


def _state(text: str) -> str:
    return _or_value_error(state_code, text)


def _or_value_error(read: object, text: str) -> str:
    try:
        return str(read(text))  # type: ignore[operator]  # one of the two readers above
    except IdentifierError as error:
        raise ValueError(error.what) from error


def _one_line(text: str) -> str:
    if any(unicodedata.category(letter) in _UNPRINTABLE for letter in text):
        raise ValueError("holds a character that cannot be printed in one line")
    return text


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Names(_Strict):
    """The office's name in the languages its letters are written in."""

    en: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]
    ru: Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_one_line)]


class Listener(_Strict):
    """Where a process listens."""

    host: Annotated[str, AfterValidator(_one_line)] = "127.0.0.1"
    port: int = Field(ge=1, le=65535)


class OfficeSettings(_Strict):
    """What `office.toml` says."""

    office: Annotated[str, AfterValidator(_office)]
    state: Annotated[str, AfterValidator(_state)]
    time_zone: Annotated[str, AfterValidator(_known_zone)] = "UTC"
    names: Names
    desk: Listener
    gateway: Listener

    @property
    def id(self) -> OfficeId:
        """The office's id, checked when the file was read."""
        return OfficeId(self.office)

    @property
    def state_code(self) -> StateCode:
        """The State whose office this is."""
        return StateCode(self.state)

    @property
    def zone(self) -> ZoneInfo:
        """The office's own time zone: what it calls today."""
        return ZoneInfo(self.time_zone)


def read_settings(home: Path) -> OfficeSettings:
    """The settings of the office whose home this is; raises `SettingsError` naming file and key."""
    path = home / FILE
    try:
        value = tomllib.loads(path.read_text(encoding="utf-8"))
    except (FileNotFoundError, NotADirectoryError) as error:
        raise SettingsError("There is no office here.", where=str(path), next_step="Make one with `comity office init`.") from error
    except OSError as error:
        raise SettingsError(f"This file cannot be read: {error.strerror}.", where=str(path)) from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"This is not TOML: {error}.", where=str(path)) from error
    return checked_settings(value, where=f"{path}, key ")


def checked_settings(value: Mapping[str, Any], *, where: str = "") -> OfficeSettings:
    """Settings from plain data; raises `SettingsError` naming the first key that cannot be, after the words of `where`."""
    try:
        return OfficeSettings.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{first['msg']}.", where=f"{where}{key}") from error


def close_home(home: Path) -> None:
    """Make the office's home where there is none, and shut it to every account but its own; raises `OSError` where that cannot be."""
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    if home.stat().st_mode & 0o077:
        home.chmod(0o700)


def refuse_office(home: Path) -> None:
    """Raises `SettingsError` where there is an office already."""
    if (home / FILE).exists():
        raise SettingsError("This folder already is an office's home.", where=str(home / FILE), next_step="Choose another folder.")


def write_settings(home: Path, settings: OfficeSettings) -> Path:
    """Write `office.toml` once and whole, readable by its account alone; raises `SettingsError` if the home already has one."""
    path = home / FILE
    close_home(home)
    lines = [
        f"{key} = {_quoted(value)}"
        for key, value in (("office", settings.office), ("state", settings.state), ("time_zone", settings.time_zone))
    ]
    lines += ["", "[names]", f"en = {_quoted(settings.names.en)}", f"ru = {_quoted(settings.names.ru)}"]
    for name, listener in (("desk", settings.desk), ("gateway", settings.gateway)):
        lines += ["", f"[{name}]", f"host = {_quoted(listener.host)}", f"port = {listener.port}"]
    draft = home / f".{FILE}.{os.getpid()}"
    try:
        draft.unlink(missing_ok=True)
        with os.fdopen(os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
        os.link(draft, path)  # unlike a rename, this never replaces what is there
    except FileExistsError:
        refuse_office(home)
        raise
    finally:
        draft.unlink(missing_ok=True)
    return path


def _quoted(text: str) -> str:
    # A string of JSON is a basic string of TOML, but for DEL, which TOML wants escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")
