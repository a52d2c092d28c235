"""A stack with one of each thing that the service is made of."""

from dataclasses import dataclass
from pathlib import Path

from tests.localstack.cloud import HERE, Cloud, package


@dataclass(frozen=True)
class Stack:
    """The stack's outputs, and the files that two of its functions write what they got to."""

    outputs: dict[str, str]
    record_file: Path
    note_file: Path

    def records(self) -> list[str]:
        """Return the messages that the queue's function got, one a line."""
        return self.record_file.read_text().splitlines() if self.record_file.exists() else []

    def notes(self) -> list[str]:
        """Return the events that the scheduled function got."""
        return self.note_file.read_text().splitlines() if self.note_file.exists() else []


def create_stack(cloud: Cloud, folder: Path) -> Stack:
    """Create the stack and wait for it."""
    s3 = cloud.session.client("s3", endpoint_url=cloud.url)
    s3.create_bucket(Bucket="code", CreateBucketConfiguration={"LocationConstraint": "eu-central-1"})
    s3.put_object(Bucket="code", Key="functions.zip", Body=package())
    parameters = {
        "Bucket": "code",
        "Key": "functions.zip",
        "RecordFile": str(folder / "records"),
        "NoteFile": str(folder / "notes"),
    }
    cloudformation = cloud.session.client("cloudformation", endpoint_url=cloud.url)
    cloudformation.create_stack(
        StackName="test",
        TemplateBody=(HERE / "stack.json").read_text(),
        Parameters=[{"ParameterKey": name, "ParameterValue": value} for name, value in parameters.items()],
        Capabilities=["CAPABILITY_IAM", "CAPABILITY_AUTO_EXPAND"],
    )
    cloudformation.get_waiter("stack_create_complete").wait(StackName="test", WaiterConfig={"Delay": 1})
    outputs = cloudformation.describe_stacks(StackName="test")["Stacks"][0]["Outputs"]
    return Stack(
        {output["OutputKey"]: output["OutputValue"] for output in outputs},
        folder / "records",
        folder / "notes",
    )
