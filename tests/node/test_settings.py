"""What an office's own file may say, and what it is told when it says something else."""

import pytest

from comity.node.settings import Listener, Names, OfficeSettings, SettingsError, read_settings, write_settings

GOOD = """
office = "kz-gpo"
state = "KZ"
time_zone = "Asia/Almaty"
[names]
en = "Prosecutor General's Office"
ru = "Генеральная прокуратура"
[desk]
port = 8000
[gateway]
port = 8443
"""


def settings() -> OfficeSettings:
    return OfficeSettings(
        office="kz-gpo",
        state="KZ",
        time_zone="Asia/Almaty",
        names=Names(en='The "Office" \\ of prosecutors', ru="Прокуратура"),
        desk=Listener(port=8000),
        gateway=Listener(port=8443),
    )


def test_what_was_written_is_read_again(tmp_path):
    write_settings(tmp_path, settings())
    assert read_settings(tmp_path) == settings()


def test_a_home_is_made_once(tmp_path):
    write_settings(tmp_path, settings())
    with pytest.raises(SettingsError, match="already is an office's home"):
        write_settings(tmp_path, settings())


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ('office = "kz-gpo"', 'office = "KZ"', "key office"),
        ('state = "KZ"', 'state = "Kazakhstan"', "key state"),
        ('time_zone = "Asia/Almaty"', 'time_zone = "Astana"', "key time_zone"),
        ("port = 8000", "port = 800000", "key desk.port"),
        ("port = 8443", 'port = 8443\ncolour = "blue"', "key gateway.colour"),
        ("[names]", "[names", "not TOML"),
        ('en = "Prosecutor General\'s Office"', "", "key names.en"),
    ],
)
def test_a_wrong_value_is_named_with_its_key(tmp_path, before, after, words):
    (tmp_path / "office.toml").write_text(GOOD.replace(before, after), encoding="utf-8")
    with pytest.raises(SettingsError) as caught:
        read_settings(tmp_path)
    assert words in str(caught.value)
    assert "office.toml" in str(caught.value)


def test_a_folder_without_an_office_says_how_to_make_one(tmp_path):
    with pytest.raises(SettingsError, match="comity office init"):
        read_settings(tmp_path)
