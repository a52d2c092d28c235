"""Tables at a whole quality are those that Pillow's encoder takes; between two, they lie between."""

from io import BytesIO

import pytest
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile

from chalicelib.imaging.writing.quantization import quantization_tables


@pytest.mark.parametrize("quality", [1, 2, 10, 49, 50, 51, 75, 90, 95, 99, 100])
def test_whole_qualities_are_pillows(quality: int) -> None:
    stream = BytesIO()
    Image.new("RGB", (8, 8)).save(stream, "JPEG", quality=quality)
    stream.seek(0)
    with JpegImageFile(stream) as written:
        assert tuple(map(tuple, written.quantization.values())) == quantization_tables(quality)


@pytest.mark.parametrize("quality", [10, 30, 50, 51, 80, 96])
def test_half_a_quality_lies_between_two(quality: int) -> None:
    above, between, below = (quantization_tables(quality - less) for less in (0, 0.5, 1))
    assert above != between != below
    for table in (0, 1):
        steps = zip(above[table], between[table], below[table], strict=True)
        assert all(fine <= middle <= coarse for fine, middle, coarse in steps)
