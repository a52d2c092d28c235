"""Choosing the few colours of a GIF."""

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import accumulate, chain, groupby
from math import ceil

from PIL import Image, ImageChops, ImageStat

from chalicelib.imaging.writing.painting import Painting

_COLOURS = 255
TRANSPARENT = 255
"""Which of a palette's colours is no colour."""
_HALF = 128
_MOST_SAMPLES = 12
"""So many frames of a scene, evenly, are looked at for the colours of all."""
_SAMPLE_PIXELS = 64_000
"""And so many of their pixels: half as many cost 0.001 of SSIM, and of more the choice takes long for nothing."""
_CUT = 24
"""Levels of 255, in the mean of small copies, by which a frame differs from the first of its scene at most."""
_SMALL = 16, 16
_WORSE, _UNSEEN = 1.1, 0.1
"""How much farther off, by share and in levels of 255, the colours of all frames may be than a scene's own."""
_CLOSE = 1.25
"""And how many levels off they serve any scene: its own need not be chosen then, which takes long."""
_ALIKE = 2
"""Levels by which what is shown may be off and stays: 5 to 11 % fewer bytes for 0.0001 of SSIM."""
_IF_SEEN = [0] * (_ALIKE + 1) + [255] * (255 - _ALIKE)


def to_palette(image: Image.Image) -> Image.Image:
    """Return an RGB or RGBA picture in colours of its own; what is mostly clear becomes transparent."""
    return _cleared(_few_colours(image.convert("RGB")), image)


def to_palettes(frames: Sequence[Image.Image]) -> list[Image.Image]:
    """Return the frames of an animation in palettes that the frames of a scene share.

    What stands still has the same colours then, and is not written again: a tenth of the time, fewer bytes. Scenes
    share a palette where it serves each as well as its own: it is stored once, and a drawing has few colours.
    """
    scenes = list(_scenes(frames))
    common = _colours(_strip(frames))
    if len(scenes) == 1:
        return _painted(frames, common)
    runs = groupby(scenes, partial(_fitting, common=common))
    painted = (_painted(list(chain.from_iterable(run)), colours) for colours, run in runs)
    return list(chain.from_iterable(painted))


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


def _fitting(scene: Sequence[Image.Image], common: Image.Image) -> Image.Image:
    """Return the colours of all frames where they serve a scene, else its own."""
    strip = _strip(scene)
    error = _error(strip, common)
    if error <= _CLOSE:
        return common
    own = _colours(strip)
    return common if error <= _error(strip, own) * _WORSE + _UNSEEN else own


def _colours(strip: Image.Image) -> Image.Image:
    return strip.quantize(_COLOURS, Image.Quantize.MEDIANCUT, kmeans=1, dither=Image.Dither.NONE)


def _error(strip: Image.Image, colours: Image.Image) -> float:
    """Return about how many levels off a strip is in a palette."""
    mapped = strip.quantize(palette=colours, dither=Image.Dither.NONE).convert("RGB")
    return max(ImageStat.Stat(ImageChops.difference(strip, mapped)).mean)


def _painted(scene: Sequence[Image.Image], colours: Image.Image) -> list[Image.Image]:
    painting, images = Painting(colours), (frame.convert("RGB") for frame in scene)
    shown = painting.of(next(images))
    steadily = accumulate(images, partial(_repainted, painting=painting), initial=shown)
    return [_cleared(few.copy(), frame) for few, frame in zip(steadily, scene, strict=True)]


def _repainted(shown: Image.Image, image: Image.Image, painting: Painting) -> Image.Image:
    """Return a picture in colours, of which those stay as shown that are about right."""
    differs = _differing(shown.convert("RGB"), image)
    painted = shown.copy()
    if box := differs.getbbox():
        painted.paste(painting.of(image.crop(box)), box, differs.crop(box))
    return painted


def _differing(one: Image.Image, other: Image.Image) -> Image.Image:
    red, green, blue = ImageChops.difference(one, other).split()
    return ImageChops.lighter(ImageChops.lighter(red, green), blue).point(_IF_SEEN)


def _strip(scene: Sequence[Image.Image]) -> Image.Image:
    """Return samples of a scene's frames one below the other, in colours that are theirs."""
    samples = scene[:: ceil(len(scene) / _MOST_SAMPLES)]
    width, height = samples[0].size
    shrink = max((width * height * len(samples) / _SAMPLE_PIXELS) ** 0.5, 1)
    size = (ceil(width / shrink), ceil(height / shrink))
    strip = Image.new("RGB", (size[0], size[1] * len(samples)))
    for place, sample in enumerate(samples):
        strip.paste(sample.convert("RGB").resize(size, Image.Resampling.NEAREST), (0, place * size[1]))
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
    clear = image.getchannel("A").point([TRANSPARENT] * _HALF + [0] * _HALF)
    few.paste(TRANSPARENT, mask=clear)
    few.info["transparency"] = TRANSPARENT
    return few
