"""Deploy a stage: build, upload, CloudFormation.

The same way leads to AWS and, where AWS_ENDPOINT_URL is set, to the emulated cloud.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
import secrets
from typing import TYPE_CHECKING

import boto3
from botocore.exceptions import ClientError

from infra.deployment.bill_of_materials import bill_of_materials
from infra.deployment.bundle import Bundle, bundle_of_sources, fingerprint
from infra.deployment.stack import Stack
from infra.deployment.template import finish, shape
from infra.errors import OperatorError, SettingError
from infra.places import cache_folder

if TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

APP = "jellyfin-images"
GENERATED = ("ImageUrlKey", "OriginSecret")
"""Secrets that a stack makes once, at random, and that CloudFormation alone knows from then on."""
SETTINGS = {
    "IMAGE_URL_KEY": "ImageUrlKey",
    "IMAGE_URL_PREVIOUS_KEY": "ImageUrlPreviousKey",
    "IMAGE_ACCESS": "ImageAccess",
    "IMAGE_URL_SECONDS": "ImageUrlSeconds",
    "LEGACY_AUTHORIZATION": "LegacyAuthorization",
    "SESSION_DAYS": "SessionDays",
    "MIN_PASSWORD_LENGTH": "MinPasswordLength",
    "TRUSTED_PROXIES": "TrustedProxies",
    "SERVER_ID": "ServerId",
    "SERVER_NAME": "ServerName",
    "WEB": "Web",
    "ALARM_EMAIL": "AlarmEmail",
    "VARIANT_DAYS": "VariantDays",
    "MAX_VARIANTS_PER_IMAGE": "MaxVariantsPerImage",
    "MAX_UNSTORED_MEGAPIXELS": "MaxUnstoredMegapixels",
    "MAX_RENDERED_MEGAPIXELS": "MaxRenderedMegapixels",
    "MAX_PUBLIC_MEGABYTES": "MaxPublicMegabytes",
    "MAX_PUBLIC_PICTURE_BYTES": "MaxPublicPictureBytes",
    "API_CONCURRENCY": "ApiConcurrency",
    "LADDER": "Ladder",
    "POPULAR": "Popular",
    "SWEEP_HOUR": "SweepHour",
    "WITH_CDN": "WithCdn",
    "ORIGIN_SECRET": "OriginSecret",
    "ORIGIN_PREVIOUS_SECRET": "OriginPreviousSecret",
    "REQUEST_RATE": "RequestRate",
    "REQUEST_BURST": "RequestBurst",
    "WAF_RATE": "WafRate",
    "WORKER_CONCURRENCY": "WorkerConcurrency",
    "ACCESS_LOGS": "AccessLogs",
    "WITH_DASHBOARD": "WithDashboard",
    "TABLE_ENCRYPTION": "TableEncryption",
    "TMDB_KEY": "TmdbKey",
    "TMDB_URL": "TmdbUrl",
    "TMDB_IMAGES_URL": "TmdbImagesUrl",
    "FANART_KEY": "FanartKey",
    "FANART_PERSONAL_KEY": "FanartPersonalKey",
    "FANART_URL": "FanartUrl",
    "AUDIODB_KEY": "AudiodbKey",
    "AUDIODB_URL": "AudiodbUrl",
    "PROVIDER_CONTACT": "ProviderContact",
    "COVER_ART_ARCHIVE_URL": "CoverArtArchiveUrl",
    "WIKIDATA_URL": "WikidataUrl",
    "COMMONS_URL": "CommonsUrl",
    "REMOTE_ALLOWED": "RemoteAllowed",
    "JELLYFIN_URL": "JellyfinUrl",
    "JELLYFIN_ORIGIN": "JellyfinOrigin",
    "JELLYFIN_FRESH_SECONDS": "JellyfinFreshSeconds",
    "JELLYFIN_UNKNOWN_PER_MINUTE": "JellyfinUnknownPerMinute",
    "JELLYFIN_GRACE_DAYS": "JellyfinGraceDays",
}
"""Environment variables that become parameters; one that is not given keeps the value deployed before."""


LONGEST_BUCKET_NAME = 63
LONGEST_KIND = "originals"
ACCOUNT_DIGITS = 12


class EmulatorCannotUpdateError(OperatorError):
    """Refuse an update that AWS would make and LocalStack 4.14 would not.

    It replaces code and environment of functions in place, but neither the routes of a REST API nor buckets or
    tables: it reports success and leaves them as they were.
    """

    def __init__(self, name: str) -> None:
        super().__init__(f"LocalStack cannot change the resources of {name} in place: start it afresh.")


def stack_name(stage: str) -> str:
    """Name the stack of a stage."""
    return f"{APP}-{stage}"


def longest_stage(region: str) -> int:
    """Return how many characters a stage may have: buckets are named by stack, kind, account and region."""
    rest = f"{stack_name('')}-{LONGEST_KIND}-{'0' * ACCOUNT_DIGITS}-{region}"
    return LONGEST_BUCKET_NAME - len(rest)


def require_stage(stage: str, region: str) -> None:
    """Raise SettingError for a stage of which no bucket can be named, before anything is made."""
    if not re.fullmatch("[a-z0-9]([a-z0-9-]*[a-z0-9])?", stage):
        raise SettingError(
            f"Stage {stage!r} does not fit the names of buckets. Use lower-case letters, digits and hyphens."
        )
    if len(stage) > (most := longest_stage(region)):
        raise SettingError(
            f"Stage {stage!r} has {len(stage)} characters. In {region} it may have {most} at most, "
            f"because bucket names contain it and may have at most {LONGEST_BUCKET_NAME}."
        )


def deploy(stage: str) -> dict[str, str]:
    """Bring a stage up to date and return the stack's outputs; quick when nothing changed."""
    client = boto3.client("cloudformation")
    require_stage(stage, client.meta.region_name)
    stack = Stack(client, stack_name(stage))
    stack.discard_failed()
    chosen = {SETTINGS[name]: value for name, value in os.environ.items() if name in SETTINGS}
    content = _digest(fingerprint(), chosen)
    outputs = stack.outputs()
    if outputs.get("Content") == content:
        return outputs
    bundle = current_bundle()
    if "AWS_ENDPOINT_URL" in os.environ and stack.exists() and outputs.get("Shape") != shape(bundle.template):
        raise EmulatorCannotUpdateError(stack.name)
    template_url = _upload(bundle, content)
    return stack.deploy(template_url, _parameters(chosen, stack.parameters()))


def current_bundle() -> Bundle:
    """Return the bundle of the sources as they are, from the folder that all instances share."""
    return bundle_of_sources(cache_folder(os.environ) / "bundles")


def _digest(code: str, chosen: dict[str, str]) -> str:
    """Digest code and settings; the settings may hold keys of other sites, a digest shows none of them."""
    return hashlib.sha256(json.dumps([code, sorted(chosen.items())]).encode()).hexdigest()[:32]


def _parameters(chosen: dict[str, str], present: frozenset[str]) -> dict[str, str | None]:
    """Choose the parameters; generated secrets are made at the first deployment that knows them.

    Those that the stack has keep their value; for one that a newer template adds, its default holds.
    """
    fresh = {name: secrets.token_urlsafe(32) for name in GENERATED if name not in present}
    return {**dict.fromkeys(present & set(SETTINGS.values())), **fresh, **chosen}


def _upload(bundle: Bundle, content: str) -> str:
    """Upload archive, bill of materials and template, named by their content; return the template's URL."""
    s3 = boto3.client("s3")
    bucket = artifacts_bucket(s3)
    code = {"Bucket": bucket, "Key": f"{content}.zip"}
    s3.upload_file(str(bundle.archive), bucket, code["Key"])
    bill = json.dumps(bill_of_materials())
    s3.put_object(Bucket=bucket, Key=f"{content}.cdx.json", Body=bill.encode())
    template = json.dumps(finish(bundle.template, code, content, s3.meta.endpoint_url))
    s3.put_object(Bucket=bucket, Key=f"{content}.json", Body=template.encode())
    return f"{s3.meta.endpoint_url}/{bucket}/{content}.json"


def artifacts_bucket_name(account: str, region: str) -> str:
    """Name the bucket of archives and templates, which all stages of an account and region share."""
    return f"{APP}-artifacts-{account}-{region}"


def artifacts_bucket(s3: S3Client) -> str:
    """Return the bucket for artifacts of this account and region; make it at the first deployment."""
    account = boto3.client("sts").get_caller_identity()["Account"]
    name = artifacts_bucket_name(account, s3.meta.region_name)
    try:
        s3.head_bucket(Bucket=name, ExpectedBucketOwner=account)
    except ClientError as error:
        if error.response["Error"]["Code"] != "404":
            raise
        _create_bucket(s3, name)
    return name


def _create_bucket(s3: S3Client, name: str) -> None:
    """Create a private bucket; S3 wants every region named but its first."""
    if (region := s3.meta.region_name) == "us-east-1":
        s3.create_bucket(Bucket=name)
    else:
        s3.create_bucket(Bucket=name, CreateBucketConfiguration={"LocationConstraint": region})  # type: ignore[typeddict-item]  # any region
