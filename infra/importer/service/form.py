"""A form with a file, sent bit by bit: requests by itself would read the whole file, twice."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from secrets import token_hex

_BYTES_AT_ONCE = 64 * 1024


class FileForm:
    """A body of `multipart/form-data` (RFC 7578): text fields, then the file, as S3 wants them.

    Its length is known beforehand, since S3 takes no chunked form.
    """

    def __init__(self, fields: Mapping[str, str], path: Path) -> None:
        boundary = token_hex(16)
        self.content_type = f"multipart/form-data; boundary={boundary}"
        texts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{text}\r\n'
            for name, text in fields.items()
        ]
        file = f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="{_quoted(path.name)}"\r\n'
        kind = f"Content-Type: {fields['Content-Type']}\r\n\r\n"
        self._head = "".join((*texts, file, kind)).encode()
        self._tail = f"\r\n--{boundary}--\r\n".encode()
        self._path = path
        self._size = path.stat().st_size

    def __len__(self) -> int:
        """Return the bytes of the whole form."""
        return len(self._head) + self._size + len(self._tail)

    def __iter__(self) -> Iterator[bytes]:
        """Yield the form in pieces."""
        yield self._head
        with self._path.open("rb") as file:
            while piece := file.read(_BYTES_AT_ONCE):
                yield piece
        yield self._tail


def _quoted(name: str) -> str:
    """Escape a file name as browsers do (HTML, multipart form data)."""
    for character, escape in (('"', "%22"), ("\r", "%0D"), ("\n", "%0A")):
        name = name.replace(character, escape)
    return name.encode(errors="replace").decode()
