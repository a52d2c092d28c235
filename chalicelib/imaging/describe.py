"""What a picture looks like in a few characters, from a copy of 64 pixels a side."""

from PIL import Image

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageDetails
from chalicelib.domain.variants.geometry import fit_within
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.imaging.cost import decode_seconds
from chalicelib.imaging.hashes.blurhash import blur_hash, components
from chalicelib.imaging.hashes.thumbhash import thumb_hash
from chalicelib.imaging.reading.decode import at_size, decode
from chalicelib.imaging.reading.opening import Picture, reading
from chalicelib.imaging.reading.orientation import is_sideways

_LONG_SIDE = 64
_COLOURS = 6
_HASH_WIDTH, _HASH_HEIGHT = 9, 8


def describe(picture: Picture, deadline: Deadline) -> ImageDetails:
    """Compute the hashes and the colour; transparent pictures count as if on black, as Jellyfin sees them."""
    width, height = picture.file.size
    deadline.check(decode_seconds(picture.format, width * height))
    shown = (height, width) if is_sideways(picture.orientation) else (width, height)
    with reading():
        plan = RenderPlan(*fit_within(shown, _LONG_SIDE), ImageFormat.PNG)
        small = at_size(decode(picture, plan, deadline), plan)
    flat = _on_black(small)
    return ImageDetails(
        blur_hash=blur_hash(flat, *components(*shown)),
        thumb_hash=thumb_hash(small.convert("RGBA")),
        dominant_colour=_dominant_colour(flat),
        perceptual_hash=_difference_hash(flat),
    )


def _on_black(image: Image.Image) -> Image.Image:
    if image.mode != "RGBA":
        return image
    canvas = Image.new("RGB", image.size)
    canvas.paste(image, mask=image)
    return canvas


def _dominant_colour(image: Image.Image) -> str:
    """Return the commonest of a few colours that stand for all."""
    few = image.quantize(_COLOURS, Image.Quantize.MEDIANCUT)
    counts = few.histogram()
    commonest = counts.index(max(counts)) * 3
    red, green, blue = (few.getpalette() or [])[commonest : commonest + 3]
    return f"#{red:02x}{green:02x}{blue:02x}"


def _difference_hash(image: Image.Image) -> str:
    """Return 64 bits, each telling whether it gets brighter to the right; like pictures differ in few."""
    grey = image.convert("L").resize((_HASH_WIDTH, _HASH_HEIGHT), Image.Resampling.BOX).tobytes()
    bits = 0
    for n in range(_HASH_WIDTH * _HASH_HEIGHT):
        if n % _HASH_WIDTH:
            bits = bits << 1 | (grey[n] > grey[n - 1])
    return f"{bits:016x}"
