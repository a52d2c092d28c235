"""Start and stop the whole service on this machine.

The emulated cloud, the stack in it, an administrator's key, the front door and a demo library. Where
AWS_ENDPOINT_URL is set, that cloud is used and only the front door is started.
"""

import os
import signal
from dataclasses import replace

from infra.demo.jellyfin import stand_in
from infra.demo.providers import stand_ins
from infra.demo.seed import demo_ids, seed
from infra.deployment.cloud import use_cloud
from infra.deployment.deploy import EmulatorCannotUpdateError, deploy, stack_name
from infra.local import administrator, settings_file
from infra.local.progress import Progress
from infra.local.service import Service
from infra.local.watching import Log, Watch
from infra.localstack import data, emulator, front_door
from infra.localstack.daemon import StartError, require_free
from infra.localstack.settings import Settings as Cloud
from infra.locking import alone

API_STAGE = "api"
IMAGE_PATHS = (
    r"(/emby|/mediabrowser)?(/(items|users|artists|genres|musicgenres|persons|studios)/[^/?]+/images(/|\?|$)"
    r"|/userimage(/|\?|$)|/blobs/)"
)
"""What leads here in front of a Jellyfin server, to which all else leads."""


def check_ports(cloud: Cloud) -> None:
    """Raise StartError where a start would end what runs here at other ports.

    A front door's port that somebody else has is told before all the work rather than behind it.
    """
    before = Service.read(cloud.run_dir)
    if before and before.endpoint_url != cloud.url and not cloud.endpoint_url and emulator.is_alive(cloud):
        emulator_port, front_door_port = _ports(before)
        message = (
            f"This service runs already, at EMULATOR_PORT={emulator_port} FRONT_DOOR_PORT={front_door_port}: "
            "set the same, or stop it first: jellyfin-images down."
        )
        raise StartError(message)
    if not front_door.is_running(cloud):
        require_free(cloud.front_door_port, "FRONT_DOOR_PORT")


def as_started(cloud: Cloud) -> Cloud:
    """Return the settings with the ports at which the service runs in this folder, whatever is set now."""
    service = Service.read(cloud.run_dir)
    if service is None or cloud.endpoint_url:
        return cloud
    emulator_port, front_door_port = _ports(service)
    return replace(cloud, emulator_port=emulator_port, front_door_port=front_door_port)


def _ports(service: Service) -> tuple[int, int]:
    """Return the ports of the emulated cloud and of the front door."""
    emulator_port, front_door_port = (
        int(url.rpartition(":")[2]) for url in (service.endpoint_url, service.base_url)
    )
    return emulator_port, front_door_port


def up(cloud: Cloud, stage: str) -> Service:
    """Start what does not run, deploy what has changed, and return when a request would be answered."""
    data.require_readable(cloud)
    with alone(cloud.run_dir, "service"), Progress() as progress:
        if cloud.endpoint_url is None:
            settings_file.apply(cloud.run_dir, os.environ)
        providers_url = stand_ins.start(cloud, os.environ) if cloud.endpoint_url is None else ""
        jellyfin_url = stand_in.start(cloud, os.environ)
        outputs = _deployed(cloud, stage, progress)
        service = _describe(cloud, stage, outputs, administrator.api_key(cloud.run_dir, outputs["Table"]))
        front_door.start(cloud, service.api_url, jellyfin_url, IMAGE_PATHS)
        if not jellyfin_url:
            service.demo_items.update(_seeded(cloud, service, progress))
        service = replace(service, providers_url=providers_url, jellyfin_url=jellyfin_url)
        service.write(cloud.run_dir)
        return service


def down(cloud: Cloud) -> None:
    """Save the data, and end every process of this instance, however its start ended."""
    with alone(cloud.run_dir, "service"):
        cloud = as_started(cloud)
        front_door.stop(cloud)
        stand_ins.stop(cloud)
        stand_in.stop(cloud)
        _save(cloud)
        emulator.stop(cloud)
        (cloud.run_dir / "service.json").unlink(missing_ok=True)


def reset(cloud: Cloud) -> None:
    """Stop the service and forget its library, users, keys and settings."""
    down(cloud)
    with alone(cloud.run_dir, "service"):
        data.forget(cloud)
        for name in (administrator.FILE, settings_file.FILE):
            (cloud.run_dir / name).unlink(missing_ok=True)


def is_up(cloud: Cloud) -> bool:
    """Tell whether a service runs in this folder."""
    return front_door.is_running(cloud) if cloud.endpoint_url else emulator.is_alive(cloud)


def run(cloud: Cloud, stage: str) -> None:
    """Serve in the foreground until Ctrl-C or a termination signal; what ran before goes on."""
    ran_before = is_up(cloud)
    for sent in (signal.SIGINT, signal.SIGTERM):
        signal.signal(sent, signal.default_int_handler)
    try:
        print(_welcome(up(cloud, stage), administrator.known(cloud.run_dir)), flush=True)
        print(
            "It was already running; Ctrl-C leaves it running." if ran_before else "Ctrl-C stops all of it.",
            flush=True,
        )
        _watch(cloud, stage).run()
        print("It was stopped from elsewhere.")
    except KeyboardInterrupt:
        print("\nIt runs on; make down stops it." if ran_before else "\nStopping …")
    finally:
        if not ran_before:
            down(cloud)


def _watch(cloud: Cloud, stage: str) -> Watch:
    return Watch(
        Log(front_door.log(cloud)),
        is_well=lambda: (
            front_door.is_running(cloud) and (bool(cloud.endpoint_url) or emulator.is_running(cloud))
        ),
        is_wanted=lambda: Service.read(cloud.run_dir) is not None,
        renew=lambda: up(cloud, stage),
    )


def _welcome(service: Service, operator: dict[str, str | None]) -> str:
    where = f"The service is up: {service.base_url}/web/"
    if service.jellyfin_url:
        where = f"""The service is up in front of {service.jellyfin_url}: point clients at {service.base_url}
Its own page: {service.api_url}/web/"""
        if os.environ.get(stand_in.SWITCH):
            poster = f"{service.base_url}{stand_in.poster_path(service.jellyfin_url)}"
            where += f"\nA picture to try: {poster}?fillWidth=300"
    return f"""
{where}
Sign in as {operator["user"]} with the password {operator["password"] or "set before"}
Administrator's key, for scripts: {service.admin_api_key}"""


def _deployed(cloud: Cloud, stage: str, progress: Progress) -> dict[str, str]:
    """Deploy to the cloud; our own begins afresh where it cannot follow a change, and gets its data back."""
    progress.step("Starting the emulated cloud …")
    emulator.start(cloud)
    use_cloud(cloud.url)
    progress.step(f"Deploying {stack_name(stage)} …")
    try:
        outputs = deploy(stage)
    except EmulatorCannotUpdateError:
        if cloud.endpoint_url:
            raise
        progress.step("Resources have changed: starting the emulated cloud afresh …")
        _save(cloud)
        emulator.stop(cloud)
        emulator.start(cloud)
        outputs = deploy(stage)
    if not cloud.endpoint_url:
        progress.step("Restoring the data …")
        data.restore(cloud, _resources(outputs))
    return outputs


def _save(cloud: Cloud) -> None:
    if emulator.is_alive(cloud) and not data.save(cloud):
        print("The data could not be saved; the last snapshot, a minute old at most, is kept.", flush=True)


def _resources(outputs: dict[str, str]) -> data.Resources:
    queues = {"events": "QueueUrl", "dead letters": "DeadLetterQueueUrl"}
    return data.Resources(
        (outputs["OriginalsBucket"], outputs["VariantsBucket"]),
        (outputs["Table"],),
        {purpose: outputs[name].rpartition("/")[2] for purpose, name in queues.items()},
    )


def _seeded(cloud: Cloud, service: Service, progress: Progress) -> dict[str, str]:
    """Add the demo library once: what is deleted of it stays away."""
    mark = cloud.data / "demo"
    if not mark.is_file():
        seed(service.base_url, service.admin_api_key, progress.step)
        mark.parent.mkdir(parents=True, exist_ok=True)
        mark.touch()
    return demo_ids()


def _describe(cloud: Cloud, stage: str, outputs: dict[str, str], key: str) -> Service:
    return Service(
        base_url=f"http://127.0.0.1:{cloud.front_door_port}",
        api_url=f"{cloud.url}/_aws/execute-api/{outputs['RestAPIId']}/{API_STAGE}",
        endpoint_url=cloud.url,
        region=os.environ["AWS_DEFAULT_REGION"],
        stack=stack_name(stage),
        admin_api_key=key,
        originals_bucket=outputs["OriginalsBucket"],
        variants_bucket=outputs["VariantsBucket"],
        table=outputs["Table"],
        queue_url=outputs["QueueUrl"],
        dead_letter_queue_url=outputs["DeadLetterQueueUrl"],
        demo_items={},
    )
