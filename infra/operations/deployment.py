"""Which deployment an operator means, and what it is made of."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Self

import boto3

from chalicelib.container import Container
from chalicelib.settings import Settings
from infra.deployment.cloud import use_cloud
from infra.deployment.deploy import stack_name
from infra.deployment.stack import Stack
from infra.errors import SettingError
from infra.local.service import Service
from infra.places import run_folder


@dataclass(frozen=True, slots=True)
class Deployment:
    """Names and addresses of a stack's stores and queues."""

    stack: str
    table: str
    originals_bucket: str
    variants_bucket: str
    queue_url: str
    dead_letter_queue_url: str

    @classmethod
    def of_stage(cls, stage: str) -> Self:
        """Read a stage's outputs from CloudFormation; without a stage take the service that runs here."""
        if not stage:
            return cls._running_here()
        name = stack_name(stage)
        outputs = Stack(boto3.client("cloudformation"), name).outputs()
        if not outputs:
            raise SettingError(
                f"No stack {name} for these credentials in this region. Check --stage and AWS_REGION."
            )
        return cls(
            name,
            outputs["Table"],
            outputs["OriginalsBucket"],
            outputs["VariantsBucket"],
            outputs["QueueUrl"],
            outputs["DeadLetterQueueUrl"],
        )

    @classmethod
    def _running_here(cls) -> Self:
        if (service := Service.read(run_folder(os.environ))) is None:
            raise SettingError("No service runs here. Start it with jellyfin-images up, or name a --stage.")
        use_cloud(service.endpoint_url)
        return cls.of(service)

    @classmethod
    def of(cls, service: Service) -> Self:
        """Return what a service that runs here says of itself."""
        return cls(
            service.stack,
            service.table,
            service.originals_bucket,
            service.variants_bucket,
            service.queue_url,
            service.dead_letter_queue_url,
        )

    def container(self) -> Container:
        """Return the service's own use cases over these stores."""
        settings = Settings(
            table=self.table,
            originals_bucket=self.originals_bucket,
            variants_bucket=self.variants_bucket,
            queue_url=self.queue_url,
        )
        return Container.of(settings)
