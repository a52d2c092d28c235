"""The environment, read once."""

import re
from dataclasses import asdict, fields

import pytest

from chalicelib.settings import JellyfinSettings, RemoteSettings, Settings

GROUPS = {"remote", "jellyfin"}
NEEDED = {"TABLE": "t", "ORIGINALS_BUCKET": "o", "VARIANTS_BUCKET": "v"}


def test_names_are_read_in_capitals_and_by_their_kind() -> None:
    environment = NEEDED | {
        "SERVER_NAME": "Home",
        "SESSION_DAYS": "7",
        "LEGACY_AUTHORIZATION": "False",
        "PATH": "x",
    }
    settings = Settings.from_environment(environment)
    assert (settings.table, settings.server_name, settings.session_days) == ("t", "Home", 7)
    assert settings.legacy_authorization is False


def test_legacy_tokens_and_open_images_are_jellyfins_default() -> None:
    settings = Settings.from_environment(NEEDED)
    assert (settings.legacy_authorization, settings.image_access) == (True, "anonymous")


@pytest.mark.parametrize("missing", NEEDED)
def test_what_is_needed_must_be_there(missing: str) -> None:
    with pytest.raises(ValueError, match=f"^{missing} must be set"):
        Settings.from_environment({name: value for name, value in NEEDED.items() if name != missing})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SESSION_DAYS", "a week"),
        ("LEGACY_AUTHORIZATION", "maybe"),
        ("IMAGE_ACCESS", "private"),
        ("IMAGE_ACCESS", ""),
        ("IMAGE_ACCESS", "signed"),
    ],
)
def test_what_makes_no_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises((ValueError, KeyError)):
        Settings.from_environment(NEEDED | {name: value})


def test_a_short_key_does_not_sign() -> None:
    with pytest.raises(ValueError, match="43 characters"):
        Settings.from_environment(NEEDED | {"IMAGE_ACCESS": "signed", "IMAGE_URL_KEY": "short"})


def test_keys_are_listed_with_the_signing_one_first_and_never_printed() -> None:
    keys = {"IMAGE_ACCESS": "signed", "IMAGE_URL_KEY": "n" * 43, "IMAGE_URL_PREVIOUS_KEY": "o" * 43}
    settings = Settings.from_environment(NEEDED | keys)
    assert settings.image_url_keys == (b"n" * 43, b"o" * 43)
    assert "n" * 43 not in repr(settings)
    assert "o" * 43 not in repr(settings)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("SESSION_DAYS", "a week", "SESSION_DAYS must be a whole number; it is 'a week'."),
        ("LEGACY_AUTHORIZATION", "maybe", "LEGACY_AUTHORIZATION must be true or false; it is 'maybe'."),
        ("REMOTE_LIST_SECONDS", "8 s", "REMOTE_LIST_SECONDS must be a whole number; it is '8 s'."),
    ],
)
def test_a_setting_of_the_wrong_kind_is_named(name: str, value: str, expected: str) -> None:
    with pytest.raises(ValueError, match=re.escape(expected)):
        Settings.from_environment(NEEDED | {name: value})


def test_every_setting_can_be_given() -> None:
    kinds = {str: "signed", int: "7", bool: "false"}
    given = {
        field.name: kinds[field.type]  # type: ignore[index]  # all but groups of settings are of these kinds
        for group in (Settings, RemoteSettings, JellyfinSettings)
        for field in fields(group)
        if field.name not in GROUPS
    }
    given |= {
        "image_url_key": "k" * 43,
        "image_access": "anonymous",
        "jellyfin_url": "http://jellyfin.home:8096",
    }
    settings = Settings.from_environment({name.upper(): text for name, text in given.items()})
    told = {*kinds.values(), *given.values()}
    for group in (settings, settings.remote, settings.jellyfin):
        assert {str(getattr(group, f.name)).lower() for f in fields(group) if f.name not in GROUPS} <= told


@pytest.mark.parametrize(
    "url",
    [
        "jellyfin.home",
        "ftp://jellyfin.home",
        "http://",
        "http://ada:secret@jellyfin.home",
        "http://j/?key=secret",
    ],
)
def test_an_address_of_jellyfin_is_one(url: str) -> None:
    with pytest.raises(ValueError, match="JELLYFIN_URL must be") as refused:
        Settings.from_environment(NEEDED | {"JELLYFIN_URL": url})
    assert "secret" not in str(refused.value)


def test_in_front_of_jellyfin_images_are_for_everybody_as_they_are_there() -> None:
    signed = {"IMAGE_ACCESS": "signed", "IMAGE_URL_KEY": "k" * 43, "JELLYFIN_URL": "http://jellyfin.home"}
    with pytest.raises(ValueError, match="IMAGE_ACCESS must be `anonymous` with JELLYFIN_URL"):
        Settings.from_environment(NEEDED | signed)


def test_remote_settings_are_read_beside_the_others() -> None:
    environment = NEEDED | {"TMDB_KEY": "key", "REMOTE_LIST_SECONDS": "3"}
    remote = Settings.from_environment(environment).remote
    assert (remote.tmdb_key, remote.remote_list_seconds) == ("key", 3)


def test_an_empty_remote_setting_is_none_because_a_template_names_them_all() -> None:
    empty = {field.name.upper(): "" for field in fields(RemoteSettings)}
    assert asdict(Settings.from_environment(NEEDED | empty).remote) == asdict(RemoteSettings())


def test_a_missing_setting_is_named() -> None:
    with pytest.raises(ValueError, match=r"^ORIGINALS_BUCKET and VARIANTS_BUCKET must be set"):
        Settings.from_environment({"TABLE": "t", "VARIANTS_BUCKET": ""})
