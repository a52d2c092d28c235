"""The form that sends a file to the store."""

from email.parser import BytesParser
from email.policy import HTTP
from pathlib import Path

import pytest

from infra.importer.service.form import FileForm

FIELDS = {"key": "uploads/1/film", "Content-Type": "image/png", "policy": "e30="}


def sent(form: FileForm) -> list[tuple[str, str | None, bytes]]:
    """Return name, file name and content of each part."""
    header = f"Content-Type: {form.content_type}\r\n\r\n".encode()
    message = BytesParser(policy=HTTP).parsebytes(header + b"".join(form))
    return [
        (
            str(part.get_param("name", header="Content-Disposition")),
            part.get_filename(),
            bytes(part.get_payload(decode=True)),
        )
        for part in message.iter_parts()
    ]


@pytest.mark.parametrize("size", [0, 1, 64 * 1024, 200_000])
def test_fields_come_first_and_the_file_is_whole(tmp_path: Path, size: int) -> None:
    path = tmp_path / "poster.png"
    path.write_bytes(bytes(range(256)) * (size // 256) + b"\r\n"[: size % 256])
    form = FileForm(FIELDS, path)
    *texts, file = sent(form)
    assert [(name, content.decode()) for name, _, content in texts] == list(FIELDS.items())
    assert file == ("file", "poster.png", path.read_bytes())
    assert len(form) == len(b"".join(form))


@pytest.mark.parametrize(
    ("name", "shown"), [('5" disk.png', "5%22 disk.png"), ("a\nb.png", "a%0Ab.png"), ("Café.png", "Café.png")]
)
def test_a_file_name_cannot_break_out_of_its_header(tmp_path: Path, name: str, shown: str) -> None:
    path = tmp_path / name
    path.write_bytes(b"x")
    assert f'filename="{shown}"\r\n'.encode() in b"".join(FileForm(FIELDS, path))
