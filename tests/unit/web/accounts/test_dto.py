"""Users, sessions and keys as Jellyfin shapes them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from chalicelib.domain.accounts.accounts import ApiKey, Device, Policy, Session, User
from chalicelib.web.accounts.dto import Portrait, key_dto, public_user_dto, session_dto, user_dto
from chalicelib.web.protocol.declarations.shapes import shaped
from tests.support.fakes.accounts import NOON

USER = User("a" * 32, "Ann", NOON, Policy(is_administrator=True), "$argon2id$x", last_login=NOON)
PORTRAIT = Portrait(USER, "tag")
SERVER = "5" * 32
SESSION = Session("d" * 64, USER.id, Device("Web", "Firefox", "d1", "1.0"), 0, NOON, NOON + timedelta(days=1))
NEVER_NULL_IN_A_POLICY = """
IsAdministrator IsHidden EnableCollectionManagement EnableSubtitleManagement EnableLyricManagement IsDisabled
EnableUserPreferenceAccess EnableRemoteControlOfOtherUsers EnableSharedDeviceControl EnableRemoteAccess
EnableLiveTvManagement EnableLiveTvAccess EnableMediaPlayback EnableAudioPlaybackTranscoding
EnableVideoPlaybackTranscoding EnablePlaybackRemuxing ForceRemoteSourceTranscoding EnableContentDeletion
EnableContentDownloading EnableSyncTranscoding EnableMediaConversion EnableAllDevices EnableAllChannels
EnableAllFolders InvalidLoginAttemptCount LoginAttemptsBeforeLockout MaxActiveSessions EnablePublicSharing
RemoteClientBitrateLimit AuthenticationProviderId PasswordResetProviderId SyncPlayAccess
"""
NEVER_NULL_IN_A_CONFIGURATION = """
PlayDefaultAudioTrack DisplayMissingEpisodes GroupedFolders SubtitleMode DisplayCollectionsView EnableLocalPassword
OrderedViews LatestItemsExcludes MyMediaExcludes HidePlayedInLatest RememberAudioSelections
RememberSubtitleSelections EnableNextEpisodeAutoPlay
"""
NEVER_NULL_IN_A_SESSION = """
UserId LastActivityDate LastPlaybackCheckIn PlayableMediaTypes IsActive SupportsMediaControl SupportsRemoteControl
HasCustomDeviceName SupportedCommands
"""
"""What the types of Jellyfin's SDKs (its OpenAPI document) do not mark as nullable: strict clients need it."""


def test_strict_clients_find_every_field() -> None:
    user = user_dto(PORTRAIT, SERVER)
    assert set(NEVER_NULL_IN_A_POLICY.split()) <= set(shaped(user["Policy"], camel_case=False))
    assert set(NEVER_NULL_IN_A_CONFIGURATION.split()) <= set(shaped(user["Configuration"], camel_case=False))
    session = session_dto(PORTRAIT, SESSION, "203.0.113.7", SERVER)
    assert set(NEVER_NULL_IN_A_SESSION.split()) <= set(shaped(session, camel_case=False))


def test_a_user_is_told_from_its_fields() -> None:
    user = user_dto(PORTRAIT, SERVER)
    assert (user["Id"], user["Name"], user["ServerId"], user["PrimaryImageTag"]) == (
        USER.id,
        "Ann",
        SERVER,
        "tag",
    )
    assert user["LastLoginDate"] == user["LastActivityDate"] == "2026-11-22T12:00:00.0000000Z"
    assert (user["HasPassword"], user["HasConfiguredPassword"]) == (True, True)


@pytest.mark.parametrize(
    ("field", "name"),
    [
        ("is_administrator", "IsAdministrator"),
        ("is_hidden", "IsHidden"),
        ("is_disabled", "IsDisabled"),
        ("enable_user_preference_access", "EnableUserPreferenceAccess"),
    ],
)
@pytest.mark.parametrize("value", [True, False])
def test_a_policy_says_what_holds(field: str, name: str, *, value: bool) -> None:
    policy = replace(Policy(), **{field: value})
    shown = dict(user_dto(Portrait(replace(USER, policy=policy), None), SERVER)["Policy"])
    assert shown[name] is value


def test_a_stranger_sees_neither_rights_nor_habits() -> None:
    seen = public_user_dto(PORTRAIT, SERVER)
    assert not {"Policy", "Configuration", "LastLoginDate", "LastActivityDate"} & set(seen)


def test_no_hash_or_digest_shows() -> None:
    shown = repr((user_dto(PORTRAIT, SERVER), session_dto(PORTRAIT, SESSION, "", SERVER)))
    assert USER.password_hash not in shown
    assert SESSION.digest not in shown


def test_a_key_shows_what_it_is_told_to() -> None:
    shown = key_dto(ApiKey("d" * 64, "backup", NOON), 3, "shown")
    assert (shown["Id"], shown["AppName"], shown["AccessToken"]) == (3, "backup", "shown")
    assert shown["UserId"] == "0" * 32
