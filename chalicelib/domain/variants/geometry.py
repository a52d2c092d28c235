"""The size of a variant by Jellyfin 12's rules: sides of pixels, halves rounded to even, never enlarged."""

from math import ceil

from chalicelib.domain.variants.options import ImageProcessingOptions

type Size = tuple[int, int]


def target_size(source: Size, options: ImageProcessingOptions) -> Size:
    """Return the size to resize to; a result may exceed a fill box by a pixel, as Jellyfin's does."""
    size = _fixed(source, _given(options.width), _given(options.height))
    size = _at_most(size, _given(options.max_width), _given(options.max_height))
    size = _filling(size, _given(options.fill_width), _given(options.fill_height))
    return _not_enlarged(size, source)


def fit_within(source: Size, long_side: int) -> Size:
    """Return the size whose longer side is `long_side`, or the source's when it is no longer."""
    return _not_flat(_at_most(source, long_side, long_side))


def _given(side: int | None) -> int:
    return max(side or 0, 0)


def _fixed(size: Size, width: int, height: int) -> Size:
    if width and height:
        return width, height
    if height:
        return round(height / size[1] * size[0]), height
    if width:
        return width, round(width / size[0] * size[1])
    return size


def _at_most(size: Size, max_width: int, max_height: int) -> Size:
    width, height = size
    if 0 < max_height < height:
        width, height = round(max_height / height * width), max_height
    if 0 < max_width < width:
        width, height = max_width, round(max_width / width * height)
    return width, height


def _filling(size: Size, fill_width: int, fill_height: int) -> Size:
    if not (fill_width or fill_height):
        return size
    ratio = min(size[0] / max(fill_width, 1), size[1] / max(fill_height, 1))
    return size if ratio < 1 else (ceil(size[0] / ratio), ceil(size[1] / ratio))


def _not_enlarged(size: Size, source: Size) -> Size:
    scale = max(size[0] / source[0], size[1] / source[1])
    if scale <= 1:
        return _not_flat(size)
    width, height = _not_flat((round(size[0] / scale), round(size[1] / scale)))
    return min(width, source[0]), min(height, source[1])


def _not_flat(size: Size) -> Size:
    return max(size[0], 1), max(size[1], 1)
