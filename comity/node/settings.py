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

import tomllib
from pathlib import Path
from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from comity.errors import ComityError
from comity.identifiers import IdentifierError, OfficeId, StateCode, office_id, state_code

FILE = "office.toml"


class SettingsError(ComityError):
    """`office.toml` is missing or says something that cannot be; `where` names the file and key."""


def _known_zone(name: str) -> str:
    try:
        ZoneInfo(name)
    except (KeyError, ValueError, OSError) as error:
        raise ValueError("is not a time zone of the IANA list, such as Asia/Almaty") from error
    return name


def _office(text: str) -> str:
    return _or_value_error(office_id, text)


def _state(text: str) -> str:
    return _or_value_error(state_code, text)


def _or_value_error(read: object, text: str) -> str:
    try:
        return str(read(text))  # type: ignore[operator]  # one of the two readers above
    except IdentifierError as error:
        raise ValueError(error.what) from error


class _Strict(BaseModel):
    model_config = ConfigDict(strict=True, frozen=True, extra="forbid")


class Names(_Strict):
    """The office's name in the languages its letters are written in."""

    en: str = Field(min_length=1, max_length=200)
    ru: str = Field(min_length=1, max_length=200)


class Listener(_Strict):
    """Where a process listens."""

    host: str = "127.0.0.1"
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
    except FileNotFoundError as error:
        raise SettingsError("There is no office here.", where=str(path), next_step="Make one with `comity office init`.") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"This is not TOML: {error}.", where=str(path)) from error
    try:
        return OfficeSettings.model_validate(value)
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        raise SettingsError(f"{first['msg']}.", where=f"{path}, key {key}") from error


def write_settings(home: Path, settings: OfficeSettings) -> Path:
    """Write `office.toml` once; raises `SettingsError` if the home already has one."""
    path = home / FILE
    home.mkdir(parents=True, exist_ok=True, mode=0o700)
    lines = [
        f"{key} = {_quoted(value)}"
        for key, value in (("office", settings.office), ("state", settings.state), ("time_zone", settings.time_zone))
    ]
    lines += ["", "[names]", f"en = {_quoted(settings.names.en)}", f"ru = {_quoted(settings.names.ru)}"]
    for name, listener in (("desk", settings.desk), ("gateway", settings.gateway)):
        lines += ["", f"[{name}]", f"host = {_quoted(listener.host)}", f"port = {listener.port}"]
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
    except FileExistsError as error:
        raise SettingsError("This folder already is an office's home.", where=str(path), next_step="Choose another folder.") from error
    return path


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'
