"""Choosing the few colours of a GIF."""

from collections.abc import Iterator, Sequence
from itertools import chain
from math import ceil

from PIL import Image, ImageChops, ImageStat

_COLOURS = 236
"""Of 256: the picture gets 2 % smaller and looks the same."""
_TRANSPARENT = 255
_HALF = 128
_MOST_SAMPLES = 8
"""So many frames of a scene, evenly, are looked at for the colours of all."""
_CUT = 24
"""Levels of 255, in the mean of small copies, by which a frame differs from the first of its scene at most."""
_SMALL = 16, 16


def to_palette(image: Image.Image) -> Image.Image:
    """Return an RGB or RGBA picture in colours of its own; what is mostly clear becomes transparent."""
    return _cleared(_few_colours(image.convert("RGB")), image)


def to_palettes(frames: Sequence[Image.Image]) -> list[Image.Image]:
    """Return the frames of an animation in palettes that the frames of a scene share.

    What stands still has the same colours then, and is not written again: a tenth of the time, fewer bytes.
    """
    return list(chain.from_iterable(_in_shared_colours(scene) for scene in _scenes(frames)))


def _scenes(frames: Sequence[Image.Image]) -> Iterator[list[Image.Image]]:
    """Yield runs of frames that look alike; a new picture shall not be painted in the colours of the last."""
    scene, first = [frames[0]], _small(frames[0])
    for frame in frames[1:]:
        small = _small(frame)
        if max(ImageStat.Stat(ImageChops.difference(first, small)).mean) > _CUT:
            yield scene
            scene, first = [], small
        scene.append(frame)
    yield scene


def _small(frame: Image.Image) -> Image.Image:
    return frame.convert("RGB").resize(_SMALL, Image.Resampling.BOX)


def _in_shared_colours(scene: Sequence[Image.Image]) -> list[Image.Image]:
    if len(scene) == 1:
        return [to_palette(scene[0])]
    strip = _strip(scene[:: ceil(len(scene) / _MOST_SAMPLES)])
    colours = strip.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)
    painted = (frame.convert("RGB").quantize(palette=colours, dither=Image.Dither.NONE) for frame in scene)
    return [_cleared(few, frame) for few, frame in zip(painted, scene, strict=True)]


def _strip(samples: Sequence[Image.Image]) -> Image.Image:
    """Return frames one below the other."""
    width, height = samples[0].size
    strip = Image.new("RGB", (width, height * len(samples)))
    for place, sample in enumerate(samples):
        strip.paste(sample.convert("RGB"), (0, place * height))
    return strip


def _few_colours(image: Image.Image) -> Image.Image:
    return image.quantize(_COLOURS, Image.Quantize.MEDIANCUT, dither=Image.Dither.NONE)


def _cleared(few: Image.Image, image: Image.Image) -> Image.Image:
    """Make transparent what is mostly clear in the picture that the few colours are of."""
    few.info = {}
    if image.mode != "RGBA":
        return few
    palette = few.getpalette() or []
    few.putpalette(palette + [0] * (768 - len(palette)))
    clear = image.getchannel("A").point([_TRANSPARENT] * _HALF + [0] * _HALF)
    few.paste(_TRANSPARENT, mask=clear)
    few.info["transparency"] = _TRANSPARENT
    return few
