"""What is measured: each task in our terms and in sharp's."""

from dataclasses import dataclass, replace

from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat

_BADGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">
<circle cx="{x}" cy="38" r="20" fill="#00A4DC" fill-opacity="0.8"/>
<text x="{x}" y="46" font-family="sans-serif" font-size="24" fill="#fff" text-anchor="middle">12</text></svg>"""
_BAR = """<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">
<rect x="0" y="{y}" width="{r}" height="9" fill="#000" fill-opacity="0.6"/>
<rect x="0" y="{y}" width="{p}" height="9" fill="#00A4DC"/></svg>"""


@dataclass(frozen=True, slots=True)
class SharpCall:
    """A chain of sharp: resize, blur, an SVG laid over, and the output's name and settings."""

    width: int
    height: int
    output: str
    settings: dict[str, object]
    blur: int = 0
    overlay: str = ""
    animated: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the table."""

    name: str
    source: str
    options: ImageProcessingOptions
    sharp: SharpCall
    rounds: int = 15
    step: str = ""
    """The source of our side where it is a step of the ladder; sharp has the original."""

    @property
    def is_lopsided(self) -> bool:
        """Tell whether one side has an advantage that says little about the rest."""
        return bool(self.step) or any(word in self.name for word in ("animation", "Avif", "progressive"))


def _resize(
    source: str, size: tuple[int, int], output: RequestedFormat, quality: int = 90, rounds: int = 15
) -> Task:
    options = ImageProcessingOptions(width=size[0], height=size[1], quality=quality, format=output)
    call = SharpCall(*size, _SHARP_NAMES[output], _settings(output, quality))
    return Task(f"{source} → {size[0]}x{size[1]} {output}", source, options, call, rounds)


def _settings(output: RequestedFormat, quality: int) -> dict[str, object]:
    return {} if output in {RequestedFormat.PNG, RequestedFormat.GIF} else {"quality": quality}


_SHARP_NAMES = {
    RequestedFormat.JPG: "jpeg",
    RequestedFormat.PNG: "png",
    RequestedFormat.GIF: "gif",
    RequestedFormat.WEBP: "webp",
    RequestedFormat.AVIF: "avif",
}


def _drawn(name: str, call: SharpCall, **extra: object) -> Task:
    options = ImageProcessingOptions(
        width=call.width,
        height=call.height,
        quality=90,
        format=RequestedFormat.WEBP,
        **extra,  # type: ignore[arg-type]  # two of its numeric fields, by name
    )
    return Task(name, "poster-small.jpg", options, call)


def _animated(output: RequestedFormat) -> Task:
    options = ImageProcessingOptions(width=240, height=180, quality=90, format=output)
    call = SharpCall(240, 180, _SHARP_NAMES[output], _settings(output, 90), animated=True)
    return Task(f"animation.gif → 240x180 {output}", "animation.gif", options, call, 5)


_WEBP_90: dict[str, object] = {"quality": 90}


def _from_step(source: str, step: str, size: tuple[int, int]) -> Task:
    task = _resize(source, size, RequestedFormat.WEBP)
    return replace(task, name=f"{task.name}, our side from {step}", step=step)


TASKS = (
    _resize("camera.jpg", (720, 588), RequestedFormat.JPG, 80),
    _resize("poster.jpg", (300, 450), RequestedFormat.WEBP),
    _resize("backdrop.jpg", (1280, 720), RequestedFormat.WEBP),
    _resize("poster-small.jpg", (400, 600), RequestedFormat.WEBP),
    _resize("alpha.png", (720, 540), RequestedFormat.WEBP),
    _resize("24mp.jpg", (300, 200), RequestedFormat.WEBP),
    _resize("24mp.jpg", (300, 200), RequestedFormat.JPG),
    _resize("24mp.jpg", (1920, 1280), RequestedFormat.WEBP, rounds=7),
    _resize("24mp.jpg", (1920, 1280), RequestedFormat.JPG, rounds=7),
    _resize("24mp-progressive.jpg", (300, 200), RequestedFormat.WEBP, rounds=7),
    _from_step("24mp.jpg", "24mp-step-480.jpg", (300, 200)),
    _resize("still.jpg", (1280, 720), RequestedFormat.JPG),
    _resize("logo.png", (400, 155), RequestedFormat.PNG),
    _resize("logo.png", (400, 155), RequestedFormat.WEBP),
    _resize("textured-logo.png", (400, 155), RequestedFormat.PNG),
    _resize("textured-logo.png", (400, 155), RequestedFormat.WEBP),
    _resize("poster-small.jpg", (400, 600), RequestedFormat.AVIF, rounds=5),
    _animated(RequestedFormat.GIF),
    _animated(RequestedFormat.WEBP),
    _drawn("blur 20 on 400x600 Webp", SharpCall(400, 600, "webp", _WEBP_90, blur=20), blur=20),
    _drawn(
        "bar on 400x600 Webp",
        SharpCall(400, 600, "webp", _WEBP_90, overlay=_BAR.format(w=400, h=600, y=591, r=399, p=200)),
        percent_played=50.0,
    ),
    _drawn(
        "badge on 400x600 Webp",
        SharpCall(400, 600, "webp", _WEBP_90, overlay=_BADGE.format(w=400, h=600, x=362)),
        unplayed_count=12,
    ),
)
