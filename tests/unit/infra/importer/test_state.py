"""What the importer remembers."""

import hashlib
import os
from contextlib import closing
from pathlib import Path

from infra.importer.state import State


def test_a_tag_is_the_beginning_of_the_hash(tmp_path: Path) -> None:
    file = tmp_path / "poster.jpg"
    file.write_bytes(b"bytes")
    with closing(State.at(tmp_path / "state")) as state:
        assert state.tag_of(file) == hashlib.sha256(b"bytes").hexdigest()[:32]


def test_an_unchanged_file_is_not_read_again_and_a_changed_one_is(tmp_path: Path) -> None:
    file = tmp_path / "poster.jpg"
    with closing(State.at(tmp_path / "state")) as state:
        file.write_bytes(b"one")
        os.utime(file, ns=(1, 1))
        first = state.tag_of(file)
        file.write_bytes(b"two")
        os.utime(file, ns=(1, 1))
        assert state.tag_of(file) == first
        os.utime(file, ns=(2, 2))
        assert state.tag_of(file) == hashlib.sha256(b"two").hexdigest()[:32]


def test_what_was_sent_outlives_the_process(tmp_path: Path) -> None:
    with closing(State.at(tmp_path / "folder" / "state")) as state:
        state.remember(Path("a.jpg"), "tag")
    with closing(State.at(tmp_path / "folder" / "state")) as state:
        assert (state.sent(Path("a.jpg")), state.sent(Path("b.jpg"))) == ("tag", None)
