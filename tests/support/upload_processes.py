"""Uploads by processes of their own, whose AWS clients lead wherever AWS_ENDPOINT_URL says when they start."""

from concurrent.futures import ProcessPoolExecutor
from functools import cache
from multiprocessing import get_context

from chalicelib.container import Container
from chalicelib.domain.images.images import ImageType
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.settings import Settings
from tests.support.deployed_service import photo

type Job = tuple[Settings, OwnerKey]


def upload_all(jobs: list[Job], processes: int) -> list[str]:
    """Upload a picture for each job; returns their tags, an empty text for what was not acknowledged."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        return list(pool.map(upload, jobs))


def upload(job: Job) -> str:
    """Upload one picture."""
    settings, owner = job
    try:
        return _container(settings).images.editing.upload(owner, ImageType.BACKDROP, photo(40, 60)).tag
    except Exception:  # noqa: BLE001  # whatever it is: not acknowledged
        return ""


@cache
def _container(settings: Settings) -> Container:
    return Container.of(settings)
