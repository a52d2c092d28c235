"""What is measured: each task in our terms and in its peers'."""

from dataclasses import dataclass, replace

from chalicelib.domain.variants.options import ImageProcessingOptions, RequestedFormat

_BADGE = """<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">
<circle cx="{x}" cy="38" r="20" fill="#0089BC"/>
<text x="{x}" y="46" font-family="sans-serif" font-size="24" fill="#fff" text-anchor="middle">12</text></svg>"""
_BAR = """<svg xmlns="http://www.w3.org/2000/svg" width="{w}" height="{h}">
<rect x="0" y="{y}" width="{r}" height="9" fill="#000" fill-opacity="0.6"/>
<rect x="0" y="{y}" width="{p}" height="9" fill="#00A4DC"/></svg>"""


@dataclass(frozen=True, slots=True)
class PeerCall:
    """What a peer does: resize, blur, lay an SVG over, write in a format."""

    width: int
    height: int
    output: str
    quality: int | None
    blur: int = 0
    overlay: str = ""
    animated: bool = False


@dataclass(frozen=True, slots=True)
class Task:
    """One row of the table."""

    name: str
    source: str
    options: ImageProcessingOptions
    peer: PeerCall
    rounds: int = 9
    step: str = ""
    """The source of our side where it is a step of the ladder; the peers have the original."""

    @property
    def is_jellyfins(self) -> bool:
        """Tell whether Jellyfin's encoder can do it: it knows no AVIF, writes no GIF and moves nothing."""
        call = self.peer
        is_known = call.output in {"jpeg", "png", "webp"} and not self.source.endswith(".avif")
        return is_known and not (call.animated or call.overlay or call.blur)


def _resize(
    source: str, size: tuple[int, int], output: RequestedFormat, quality: int = 90, rounds: int = 9
) -> Task:
    options = ImageProcessingOptions(width=size[0], height=size[1], quality=quality, format=output)
    lossless = output in {RequestedFormat.PNG, RequestedFormat.GIF}
    call = PeerCall(*size, _PEER_NAMES[output], None if lossless else quality)
    return Task(f"{source} → {size[0]}x{size[1]} {output}", source, options, call, rounds)


_PEER_NAMES = {
    RequestedFormat.JPG: "jpeg",
    RequestedFormat.PNG: "png",
    RequestedFormat.GIF: "gif",
    RequestedFormat.WEBP: "webp",
    RequestedFormat.AVIF: "avif",
}


def _drawn(name: str, call: PeerCall, **extra: object) -> Task:
    options = ImageProcessingOptions(
        width=call.width,
        height=call.height,
        quality=90,
        format=RequestedFormat.WEBP,
        **extra,  # type: ignore[arg-type]  # two of its numeric fields, by name
    )
    return Task(name, "dog-poster.jpg", options, call)


def _animated(source: str, size: tuple[int, int], output: RequestedFormat) -> Task:
    task = _resize(source, size, output, rounds=5)
    return replace(task, name=f"{task.name}, moving", peer=replace(task.peer, animated=True))


def _from_step(source: str, step: str, size: tuple[int, int]) -> Task:
    task = _resize(source, size, RequestedFormat.WEBP)
    return replace(task, name=f"{task.name}, our side from its step", step=step)


_JPG, _PNG, _WEBP = RequestedFormat.JPG, RequestedFormat.PNG, RequestedFormat.WEBP

TASKS = (
    _resize("dog-12mp-420.jpg", (400, 300), _WEBP),
    _resize("dog-12mp-420.jpg", (1920, 1440), _JPG, 80, 7),
    _resize("cat-12mp-422.jpg", (480, 321), _WEBP),
    _resize("cat-12mp-422.jpg", (1280, 855), _JPG, rounds=7),
    _resize("arrow-12mp-444.jpg", (300, 400), _WEBP),
    _resize("arrow-12mp-444.jpg", (1200, 1600), _WEBP, rounds=7),
    _resize("arrow-p3.jpg", (600, 800), _WEBP),
    _resize("guitar-33mp.jpg", (300, 450), _JPG, rounds=7),
    _resize("guitar-33mp.jpg", (1280, 1920), _WEBP, rounds=5),
    _from_step("guitar-33mp.jpg", "guitar-step-480.jpg", (200, 300)),
    _resize("dog-progressive.jpg", (400, 300), _WEBP, rounds=7),
    _resize("cat-4k.jpg", (1280, 720), _WEBP),
    _resize("cat-4k.jpg", (1280, 720), RequestedFormat.AVIF, rounds=3),
    _resize("dog-hd.jpg", (1280, 720), _JPG),
    _resize("dog-poster.jpg", (400, 600), _WEBP),
    _resize("dog-poster.jpg", (400, 600), RequestedFormat.AVIF, rounds=3),
    _resize("hubble.jpg", (400, 349), _WEBP),
    _resize("retina.jpg", (720, 720), _JPG, 80),
    _resize("rocket.jpg", (320, 213), _JPG),
    _resize("cat-10mp.webp", (480, 321), _WEBP, rounds=7),
    _resize("arrow-1mp.webp", (400, 533), _JPG),
    _resize("dog-3mp.avif", (400, 300), _WEBP, rounds=7),
    _resize("dog-3mp.png", (400, 300), _WEBP, rounds=7),
    _resize("dog-3mp.png", (1280, 960), _JPG, rounds=7),
    _resize("astronaut.png", (256, 256), _PNG),
    _resize("coffee.png", (300, 200), _WEBP),
    _resize("logo.png", (200, 200), _PNG),
    _resize("logo.png", (200, 200), _WEBP),
    _resize("letters.png", (400, 155), _PNG),
    _resize("vignette.png", (640, 480), _PNG),
    _resize("vignette.png", (720, 540), _WEBP),
    _animated("iss634.gif", (122, 122), RequestedFormat.GIF),
    _animated("iss634.gif", (122, 122), _WEBP),
    _animated("chi.gif", (160, 120), RequestedFormat.GIF),
    _animated("chi.gif", (160, 120), _WEBP),
    _resize("guitar-24mp.webp", (400, 600), _WEBP, rounds=3),
    _resize("guitar-40mp.webp", (400, 600), _WEBP, rounds=3),
    _resize("guitar-40mp.jpg", (400, 600), _WEBP, rounds=3),
    _resize("guitar-40mp.png", (400, 600), _WEBP, rounds=3),
    _resize("guitar-40mp.png", (1920, 2880), _JPG, rounds=3),
    _drawn("blur 20 on 400x600 Webp", PeerCall(400, 600, "webp", 90, blur=20), blur=20),
    _drawn(
        "bar on 400x600 Webp",
        PeerCall(400, 600, "webp", 90, overlay=_BAR.format(w=400, h=600, y=591, r=399, p=200)),
        percent_played=50.0,
    ),
    _drawn(
        "badge on 400x600 Webp",
        PeerCall(400, 600, "webp", 90, overlay=_BADGE.format(w=400, h=600, x=362)),
        unplayed_count=12,
    ),
)
