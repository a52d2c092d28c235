"""The settings of the service, read from the environment in one place.

Nobody compares or prints them: what a dataclass would write for that costs 2 ms at every cold start.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from functools import cache
from typing import Any, Self
from urllib.parse import urlsplit


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class RemoteSettings:
    """What a deployment decides about remote images; docs/providers.md says how to get a key."""

    tmdb_key: str = ""
    """An API read access token, or an API key; without one TheMovieDb is not asked."""
    tmdb_url: str = "https://api.themoviedb.org/3"
    tmdb_images_url: str = "https://image.tmdb.org/t/p"
    fanart_key: str = ""
    """A project's API key; without one fanart.tv is not asked."""
    fanart_personal_key: str = ""
    fanart_url: str = "https://webservice.fanart.tv/v3.2"
    audiodb_key: str = ""
    """An API key; without one TheAudioDB is not asked."""
    audiodb_url: str = "https://www.theaudiodb.com/api/v1/json"
    provider_contact: str = ""
    """A URL or address by which sites without keys reach the operator; without one they are not asked."""
    cover_art_archive_url: str = "https://coverartarchive.org"
    wikidata_url: str = "https://www.wikidata.org/w/api.php"
    commons_url: str = "https://commons.wikimedia.org/w/api.php"
    remote_allowed: str = ""
    """Networks, and hosts with a port, that may be met besides the public internet."""
    remote_list_seconds: int = 8
    remote_download_seconds: int = 20
    remote_fresh_seconds: int = 6 * 3_600
    """For so long an answer of a provider is used without asking again."""
    remote_kept_seconds: int = 7 * 24 * 3_600
    """For so long an answer is used when the provider fails."""


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class JellyfinSettings:
    """What a deployment decides that stands in front of a Jellyfin server; docs/in-front-of-jellyfin.md."""

    jellyfin_url: str = ""
    """The server's address; without one the service has a library of its own."""
    jellyfin_fresh_seconds: int = 300
    """For so long an image is not asked for again by a request without a tag."""
    jellyfin_unknown_per_minute: int = 300
    """Images in a minute that are asked for and turn out not to be there, or are being asked for."""
    jellyfin_grace_days: int = 7
    """Days after which what the server has no more is deleted here."""

    def __post_init__(self) -> None:
        """Refuse an address that is none."""
        parts = urlsplit(self.jellyfin_url)
        is_address = (
            parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
        )
        if self.jellyfin_url and (not is_address or "@" in parts.netloc):
            raise ValueError("JELLYFIN_URL must be http(s)://host[:port][/path] without credentials.")


REQUIRED = ("TABLE", "ORIGINALS_BUCKET", "VARIANTS_BUCKET")
"""Variables without a default."""

MIN_KEY_LENGTH = 43
"""Characters of a key that signs image URLs: 256 random bits in base64, as the deployment makes it."""


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}[text.strip().lower()]


_READERS: dict[Any, Callable[[str], str | int]] = {str: str, int: int, bool: _boolean}
_KINDS: dict[Any, str] = {int: "a whole number", bool: "true or false"}


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Settings:
    """What a deployment decides; every name is also the environment variable, in capitals."""

    table: str
    originals_bucket: str
    variants_bucket: str
    queue_url: str = ""
    dead_letter_queue_url: str = ""
    server_name: str = "Jellyfin Images"
    server_id: str = "0" * 32
    max_upload_bytes: int = 30_000_000
    """Bytes of a picture in a request body, after base64 is undone."""
    max_ticket_upload_bytes: int = 100_000_000
    """Bytes of a picture sent by an upload ticket or dropped into the inbox."""
    upload_ticket_seconds: int = 3600
    """Seconds in which the file of an upload ticket must be sent."""
    max_inline_bytes: int = 4_400_000
    """Bytes of a picture answered through Lambda (6 MB with base64); a larger one is a redirect to S3."""
    max_gateway_bytes: int = 10_000_000
    """Bytes that API Gateway passes on from S3 to a client that S3 itself would refuse."""
    max_image_side: int = 16_383
    """Pixels of either side of a picture: the longest that a WebP can have."""
    max_image_pixels: int = 40_000_000
    """Pixels of a picture: what is made of so many takes 0.9 GB at most."""
    max_image_frames: int = 5_000
    """Frames of an animation."""
    max_animation_pixels: int = 500_000_000
    """Pixels times frames of an animation that is stored."""
    max_redrawn_pixels: int = 60_000_000
    """Pixels times frames of an animation that is resized; a longer one is answered as it is stored."""
    max_images_per_type: int = 100
    """Images of one type on one owner: they share a row of 400 KB."""
    legacy_authorization: bool = True
    """Whether tokens may come in the four old ways too, as in Jellyfin up to 10.11."""
    session_days: int = 365
    """Days after which a session ends; Jellyfin's never do."""
    min_password_length: int = 1
    """Characters; Jellyfin asks for none, so its clients check nothing."""
    ladder: str = "1920,960,480"
    """Long sides, in pixels, of the smaller copies of every original from which small variants are made."""
    popular: str = (
        "Primary?fillWidth=223&fillHeight=335&quality=96 "
        "Primary?fillWidth=446&fillHeight=670&quality=96 "
        "Thumb?fillWidth=446&fillHeight=251&quality=96 "
        "Backdrop?maxWidth=1920&quality=80"
    )
    """What is made of a new image before anybody asks: jellyfin-web's cards and backdrops on a Full HD screen.

    Cards also for screens of double density.
    """
    max_variants_per_image: int = 200
    """Variants of one image that are stored, in the time that variants are kept; more are made but not stored."""
    max_unstored_megapixels: int = 2_400
    """Megapixels a minute of pictures of one image that are not stored: about what a core can do."""
    max_rendered_megapixels: int = 24_000
    """The same of all pictures that are made for requests: about ten cores."""
    max_public_megabytes: int = 4_096
    """Megabytes of large pictures sent in a minute to callers without a token or a signed URL."""
    max_public_picture_bytes: int = 16_000_000
    """Bytes of the largest picture that such callers are sent."""
    variant_days: int = 90
    """Days that a variant is kept, by the lifecycle rule of its bucket."""
    sweep_hour: int = 3
    """Hour of the day (UTC) in which a sweep begins."""
    origin_secret: str = ""
    """With a CDN, what it sends with each request; a request without it is refused."""
    origin_previous_secret: str = ""
    """The secret before, while the CDN still sends it from some places."""
    trusted_proxies: int = 0
    """Proxies before API Gateway, such as a CDN, whose word on the client's address counts."""
    image_access: str = "anonymous"
    """Who may fetch images: `anonymous`, anybody, as in Jellyfin; or `signed`, who has a token or a signed URL."""
    image_url_key: str = ""
    """Signs image URLs; has MIN_KEY_LENGTH characters at least."""
    image_url_previous_key: str = ""
    """The key before, while URLs that it has signed are in use."""
    image_url_seconds: int = 86_400
    """Seconds for which an image URL is good, to which comes the rest of the day."""
    web: bool = True
    """Whether the service has a page for people, and a web client where the operator brings one."""
    remote: RemoteSettings = field(default_factory=RemoteSettings)
    jellyfin: JellyfinSettings = field(default_factory=JellyfinSettings)

    def __post_init__(self) -> None:
        """Refuse a deployment whose images would be open, or closed to everybody, by mistake."""
        if self.image_access not in {"anonymous", "signed"}:
            raise ValueError(f"IMAGE_ACCESS is {self.image_access!r}, neither `anonymous` nor `signed`")
        if self.images_are_restricted and len(self.image_url_key) < MIN_KEY_LENGTH:
            raise ValueError(f"IMAGE_ACCESS `signed` needs an IMAGE_URL_KEY of {MIN_KEY_LENGTH} characters")
        if self.images_are_restricted and self.jellyfin.jellyfin_url:
            raise ValueError(
                "IMAGE_ACCESS must be `anonymous` with JELLYFIN_URL: that server's tags have no signature"
            )

    @property
    def image_url_keys(self) -> tuple[bytes, ...]:
        """Return the key that signs image URLs, then the one before."""
        return tuple(key.encode() for key in (self.image_url_key, self.image_url_previous_key) if key)

    @property
    def origin_secrets(self) -> tuple[str, ...]:
        """Return what a request must carry one of, as the CDN's secret; none where there is no CDN."""
        return tuple(secret for secret in (self.origin_secret, self.origin_previous_secret) if secret)

    @property
    def images_are_restricted(self) -> bool:
        """Tell whether an image needs a token or a signed URL."""
        return self.image_access == "signed"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings; the first three must be given, numbers must be whole, truth is `true` or `false`.

        An empty setting of remote images or of Jellyfin is one that is not given: a template names them all.
        """
        if missing := [name for name in REQUIRED if not environment.get(name)]:
            raise ValueError(f"{' and '.join(missing)} must be set in the environment.")
        given = {name: text for name, text in environment.items() if text}
        remote = RemoteSettings(**_values(RemoteSettings, given))
        jellyfin = JellyfinSettings(**_values(JellyfinSettings, given))
        return cls(**_values(cls, environment), remote=remote, jellyfin=jellyfin)


def _values(
    group: type[Settings | RemoteSettings | JellyfinSettings], environment: Mapping[str, str]
) -> dict[str, Any]:
    """Return the fields that the environment gives, by name; raises ValueError that names the variable."""
    return {
        field.name: _read(field, environment[field.name.upper()])
        for field in fields(group)
        if field.type in _READERS and field.name.upper() in environment
    }


def _read(field: Field[Any], text: str) -> str | int:
    try:
        return _READERS[field.type](text)
    except (KeyError, ValueError):
        raise ValueError(f"{field.name.upper()} must be {_KINDS[field.type]}; it is {text!r}.") from None


@cache
def settings() -> Settings:
    """Return the settings of this process."""
    return Settings.from_environment(os.environ)
