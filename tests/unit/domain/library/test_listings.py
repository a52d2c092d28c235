"""Where a page is read: whatever the segments, the window is that of the whole list."""

from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from chalicelib.domain.library.listings import Listing, Segment, Sorting, Window, stretch_of

LISTINGS = [Listing("a", "Audio"), Listing("b", "Audio"), Listing("b", "Movie", Sorting.DATE)]
KEYS = st.lists(st.text("abc", min_size=1, max_size=4), unique=True, max_size=30)


@st.composite
def libraries(draw: st.DrawFn) -> tuple[dict[Listing, list[str]], dict[Listing, list[Segment]]]:
    """Draw keys that are spread over listings, each cut into segments anywhere."""
    keys: dict[Listing, list[str]] = {listing: [] for listing in LISTINGS}
    for key in draw(KEYS):
        keys[draw(st.sampled_from(LISTINGS))].append(key)
    segments: dict[Listing, list[Segment]] = {}
    for listing, its in keys.items():
        starts = ["", *sorted(draw(st.sets(st.text("abc", min_size=1, max_size=4), max_size=6)))]
        ends: list[str | None] = [*starts[1:], None]
        segments[listing] = [
            Segment(start, sum(start <= key and (end is None or key < end) for key in its))
            for start, end in zip(starts, ends, strict=True)
        ]
    return keys, segments


def read(
    keys: Mapping[Listing, Sequence[str]], segments: Mapping[Listing, Sequence[Segment]], window: Window
) -> list[str]:
    stretch = stretch_of(segments, window)
    found: list[str] = []
    for listing, its in keys.items():
        bound = stretch.bounds[listing]
        found += [
            key
            for key in its
            if (bound is None or key < bound if window.descending else key >= (bound or ""))
        ]
    merged = sorted(found, reverse=window.descending)
    return merged[stretch.skipped : stretch.skipped + window.limit]


@given(libraries(), st.integers(0, 35), st.integers(0, 10), st.booleans())
def test_a_window_is_that_part_of_the_whole(
    library: tuple[dict[Listing, list[str]], dict[Listing, list[Segment]]],
    start: int,
    limit: int,
    descending: bool,  # noqa: FBT001  # Hypothesis gives it by place
) -> None:
    keys, segments = library
    whole = sorted((key for its in keys.values() for key in its), reverse=descending)
    assert read(keys, segments, Window(start, limit, descending)) == whole[start : start + limit]


def test_what_lies_before_a_page_is_not_read() -> None:
    listing = LISTINGS[0]
    segments = {listing: [Segment(f"{n:03}", 10) for n in range(100)]}
    assert stretch_of(segments, Window(555, 10)).skipped < 20
    assert stretch_of(segments, Window(555, 10)).bounds[listing] in {"054", "055"}
    assert stretch_of(segments, Window(555, 10, descending=True)).skipped < 20
