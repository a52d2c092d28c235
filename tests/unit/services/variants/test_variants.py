"""Answers from stored variants, and what many callers at once, or one with many wishes, can cause."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from threading import Lock, get_ident

import pytest

from chalicelib.domain.deadline import NO_DEADLINE, Deadline
from chalicelib.domain.images.formats import ImageFormat
from chalicelib.domain.images.images import ImageType, StoredImage
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.variants.keys import variant_key
from chalicelib.domain.variants.plan import RenderPlan
from chalicelib.errors import (
    CorruptError,
    InvalidImageError,
    NotFoundError,
    TooManyRendersError,
    UnavailableError,
)
from chalicelib.imaging.renderer import PillowRenderer
from chalicelib.services.ports import Blob
from chalicelib.services.variants.answers import Elsewhere, Inline
from chalicelib.services.variants.variants import Variants
from chalicelib.telemetry.ledger import ledger
from tests.support.fakes.world import SETTINGS, World
from tests.support.tiny_images import jpeg

ITEM = "a" * 32


def _plan(width: int = 50, quality: int = 90) -> RenderPlan:
    return RenderPlan(width, width // 2, ImageFormat.WEBP, quality)


@dataclass
class CountingRenderer(PillowRenderer):
    """A renderer whose pictures name the thread that made them."""

    made: list[RenderPlan] = field(default_factory=list)
    sources: list[bytes] = field(default_factory=list)
    before: Callable[[], None] = lambda: None
    lock: Lock = field(default_factory=Lock)

    def render(self, data: bytes, plan: RenderPlan, deadline: Deadline) -> Blob:
        deadline.check()
        self.before()
        with self.lock:
            self.made.append(plan)
            self.sources.append(data)
        return Blob(b"%d by %d, %d" % (*plan.size, get_ident()), plan.format.mime_type)


class Setting:
    """An image of 200 by 100 with its ladder, and a renderer that counts."""

    def __init__(self, **changes: int | str) -> None:
        self.world = World(replace(SETTINGS, **({"ladder": "100,60", "popular": ""} | changes)))  # type: ignore[arg-type]  # by name
        image = self.world.images.editing.upload(self.world.add_item(ITEM), ImageType.PRIMARY, jpeg(200, 100))
        self.world.images.processing.process(image.original, NO_DEADLINE)
        self.renderer = CountingRenderer()
        self.variants = self.drawing(self.wait)
        self.waits = 0

    def drawing(self, sleep: Callable[[float], None]) -> Variants:
        """Let the use case draw by the renderer that counts, and wait as told."""
        own = self.world.images.variants
        maker = replace(own.stored.maker, renderer=self.renderer)
        stored = replace(own.stored, maker=maker, sleep=sleep)
        return replace(own, stored=stored, unstored=replace(own.unstored, maker=maker))

    @property
    def image(self) -> StoredImage:
        return self.world.images.finder.list(OwnerKey.item(ITEM)).images[0]

    def wait(self, seconds: float) -> None:
        self.waits += 1
        self.world.time.advance(seconds=seconds)

    def store(self, key: str, data: bytes) -> None:
        self.world.variants_store.put(key, Blob(data, "image/webp"))

    def answer(self, plan: RenderPlan) -> Inline:
        answer = self.variants.answer(self.image, plan, NO_DEADLINE)
        assert isinstance(answer, Inline)
        return answer


def _keys(setting: Setting) -> list[str]:
    return [key for key in setting.world.blobs_of_variants.keys if key.startswith("variants/")]


def test_a_variant_is_made_from_the_smallest_good_step() -> None:
    setting = Setting()
    assert setting.image.details
    setting.answer(_plan(45))
    setting.answer(_plan(70))
    setting.answer(_plan(150))
    sources = [setting.world.renderer.probe(data).width for data in setting.renderer.sources]
    assert sources == [60, 100, 200]


def test_a_missing_step_is_no_harm() -> None:
    setting = Setting()
    setting.world.variants_store.delete(list(setting.world.blobs_of_variants.keys))
    with ledger() as spent:
        setting.answer(_plan())
    assert setting.world.renderer.probe(setting.renderer.sources[0]).width == 200
    assert "missing_step" in spent.notes


def test_a_hit_costs_one_read_and_no_lease() -> None:
    setting = Setting()
    setting.answer(_plan())
    reads, leases = setting.world.blobs_of_variants.reads, dict(setting.world.leases.leases)
    assert setting.answer(_plan()).is_hit
    assert setting.world.blobs_of_variants.reads == reads + 1
    assert setting.world.leases.leases == leases


def test_many_at_once_make_one() -> None:
    setting = Setting()
    with ThreadPoolExecutor(24) as pool:
        answers = list(pool.map(lambda _: setting.answer(_plan()), range(24)))
    assert len(setting.renderer.made) == 1
    assert len({answer.blob.data for answer in answers}) == 1
    assert len(_keys(setting)) == 1


def test_those_who_wait_get_what_the_leader_stored() -> None:
    setting, key = Setting(), variant_key
    image = setting.image
    assert setting.world.guard.lease(image.tag, key(image.tag, _plan()), 15)
    setting.variants = setting.drawing(lambda _: setting.store(key(image.tag, _plan()), b"led"))
    with ledger() as spent:
        assert setting.answer(_plan()) == Inline(Blob(b"led", "image/webp"), is_hit=True)
    assert setting.renderer.made == []
    assert spent.notes["guard"] == "waited"


def test_when_the_leader_dies_another_takes_over() -> None:
    setting = Setting()
    image = setting.image
    assert setting.world.guard.lease(image.tag, variant_key(image.tag, _plan()), 15)
    assert not setting.answer(_plan()).is_hit
    assert len(setting.renderer.made) == 1
    assert 10 < setting.waits < 60


def test_waiting_ends_at_the_deadline() -> None:
    setting = Setting()
    image = setting.image
    assert setting.world.guard.lease(image.tag, variant_key(image.tag, _plan()), 15)
    with pytest.raises(UnavailableError, match="try again"):
        setting.variants.answer(image, _plan(), Deadline.after(0.01))


def test_a_leader_that_fails_lets_the_next_one_try_at_once() -> None:
    setting = Setting()

    def fail() -> None:
        raise InvalidImageError("no")

    setting.renderer.before = fail
    for _ in range(2):
        with pytest.raises(CorruptError, match="cannot be drawn"):
            setting.answer(_plan())
    assert setting.waits == 0


def test_who_was_overtaken_answers_what_is_stored() -> None:
    setting = Setting()
    key = variant_key(setting.image.tag, _plan())
    setting.renderer.before = lambda: setting.store(key, b"first")
    assert setting.answer(_plan()).blob.data == b"first"


def test_past_the_bound_a_variant_is_made_as_asked_for_and_not_stored() -> None:
    setting = Setting(max_variants_per_image=5)
    plans = [_plan(width, quality) for width in range(10, 60) for quality in (50, 51)]
    answers = [setting.answer(plan) for plan in plans + plans]
    assert [answer.blob.data.partition(b",")[0] for answer in answers] == [
        b"%d by %d" % plan.size for plan in plans + plans
    ]
    assert len(_keys(setting)) == 5
    assert sum(answer.is_hit for answer in answers) == 5


def test_past_the_bound_what_was_stored_before_is_still_answered() -> None:
    setting = Setting(max_variants_per_image=1)
    first = setting.answer(_plan(30))
    setting.answer(_plan(31))
    assert setting.answer(_plan(30)) == replace(first, is_hit=True)


def test_past_the_bound_nobody_waits_and_no_lease_is_taken() -> None:
    setting = Setting(max_variants_per_image=0)
    setting.answer(_plan())
    assert (setting.waits, setting.world.leases.leases) == (0, {})


def test_who_waits_for_one_that_the_bound_keeps_from_being_stored_makes_it() -> None:
    setting = Setting(max_variants_per_image=1)
    image, key = setting.image, variant_key(setting.image.tag, _plan())
    assert setting.world.guard.lease(image.tag, key, 15)
    allowance = setting.world.images.variants.stored.allowance

    def others_reach_the_bound(_: float) -> None:
        setting.world.guard.spend(image.tag, allowance, 1)
        setting.world.guard.give_back(image.tag, key)

    setting.variants = setting.drawing(others_reach_the_bound)
    assert not setting.answer(_plan()).is_hit
    assert _keys(setting) == []


@pytest.mark.parametrize("drawn", [{"unplayed": 7}, {"played": 9}, {"blur": 3}, {"foreground": 99}])
def test_what_is_drawn_over_is_neither_stored_nor_counted(drawn: dict[str, int]) -> None:
    setting = Setting(max_variants_per_image=1)
    plan = replace(_plan(), **drawn)  # type: ignore[arg-type]  # by name
    assert [setting.answer(plan).is_hit for _ in range(3)] == [False] * 3
    assert setting.renderer.made == [plan] * 3
    assert _keys(setting) == []
    setting.answer(_plan())
    assert len(_keys(setting)) == 1


def test_too_much_work_on_one_image_has_to_wait_for_the_next_minute() -> None:
    setting = Setting(max_unstored_megapixels=3)
    plan = replace(_plan(), unplayed=1)
    for _ in range(3):
        setting.answer(plan)
    with pytest.raises(TooManyRendersError) as caught:
        setting.answer(plan)
    assert 1 <= caught.value.seconds <= 60
    assert len(setting.renderer.made) == 3
    setting.world.time.advance(seconds=caught.value.seconds)
    setting.answer(plan)


def test_no_work_is_too_much_for_what_is_stored() -> None:
    setting = Setting(max_unstored_megapixels=0)
    for width in range(10, 50):
        setting.answer(_plan(width))
    assert len(_keys(setting)) == 40


def test_what_is_not_stored_but_too_large_is_kept_for_a_redirect() -> None:
    setting = Setting(max_inline_bytes=3, max_variants_per_image=2)
    drawn = [replace(_plan(), unplayed=count) for count in (1, 2, 3)]
    for plan in (drawn[0], drawn[0], drawn[1], drawn[0]):
        answer = setting.variants.answer(setting.image, plan, NO_DEADLINE)
        assert isinstance(answer, Elsewhere)
        assert answer.url.startswith(f"https://blobs.test/transient/{setting.image.tag}/")
    with pytest.raises(TooManyRendersError):
        setting.variants.answer(setting.image, drawn[2], NO_DEADLINE)
    keys = setting.world.blobs_of_variants.keys
    assert len([key for key in keys if key.startswith("transient/")]) == 2
    setting.world.images.removal.remove_derived(setting.image.tag)
    assert setting.world.blobs_of_variants.keys == []


def test_what_is_too_large_lies_elsewhere_for_those_who_wait_too() -> None:
    setting = Setting(max_inline_bytes=3)
    first, second = (setting.variants.answer(setting.image, _plan(), NO_DEADLINE) for _ in range(2))
    assert isinstance(first, Elsewhere)
    assert (first.is_hit, second) == (False, replace(first, is_hit=True))


def test_a_variant_of_an_original_that_is_gone_is_not_found() -> None:
    setting = Setting(ladder="")
    setting.world.originals_store.delete([setting.image.original])
    with pytest.raises(NotFoundError):
        setting.answer(_plan())
    assert setting.world.leases.leases == {}
