"""What follows an upload: the original is described, its ladder and most wanted variants are made."""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, replace
from time import sleep

from chalicelib.domain.deadline import Deadline
from chalicelib.domain.images.changes import Change
from chalicelib.domain.images.claims import Claim
from chalicelib.domain.images.images import ImageDetails, ImageFacts, OwnerImages, Step, StoredImage
from chalicelib.domain.images.originals import original_key, tag_of
from chalicelib.domain.images.owners import OwnerKey
from chalicelib.domain.variants.keys import variant_key
from chalicelib.domain.variants.ladder import plan_steps
from chalicelib.domain.variants.limits import Limits
from chalicelib.domain.variants.popular import Popular
from chalicelib.errors import CorruptError, PendingError
from chalicelib.services.ports import BlobStore, Clock, ImageCatalog, Renderer
from chalicelib.services.retries import retry_on_conflict
from chalicelib.services.variants.maker import VariantMaker

_LOOKS = 5
_PAUSE = 0.5
_SECONDS_FOR_A_VARIANT = 5.0

type _Findings = tuple[ImageFacts, ImageDetails]
type _Rows = Mapping[OwnerKey, OwnerImages]


@dataclass(frozen=True, slots=True)
class OriginalProcessing:
    """Idempotent, in any order, and it may stop anywhere.

    Blobs are written before the row that names them. The row alone tells that an original is done.
    `ladder` holds long sides in pixels from large to small.
    """

    catalog: ImageCatalog
    originals: BlobStore
    variants: BlobStore
    renderer: Renderer
    maker: VariantMaker
    clock: Clock
    ladder: tuple[int, ...]
    popular: Popular
    limits: Limits
    sleep: Callable[[float], None] = sleep

    def process(self, original: str, deadline: Deadline) -> None:
        """Complete every image made of an original; one that nothing refers to is no error.

        The event may be faster than the upload that caused it: raises PendingError when the upload's row is
        not there after some looks; the queue brings the message back later. Raises CorruptError when the bytes
        are not those that were stored.
        """
        findings: _Findings | None = None
        for look in range(_LOOKS):
            claims = self.catalog.claims(original)
            if not claims:
                return
            rows = self.catalog.find_many(claim.owner for claim in claims)
            findings = findings or self._known(original, rows) or self._found(original, deadline)
            if findings is None:
                return
            for owner in self._incomplete(original, rows):
                self._complete(owner, original, findings, deadline)
            if not self._pending(claims):
                return
            self.sleep(_PAUSE * (look + 1))
        raise PendingError(f"An upload of {original} is under way.")

    def _known(self, original: str, rows: _Rows) -> _Findings | None:
        """Return what is known already: nothing is decoded for a repeated event, or for one picture twice."""
        images = (image for row in rows.values() for image in _made_of(original, row))
        complete = (image for image in images if self._is_complete(image))
        return next(((image.facts, image.details) for image in complete if image.details), None)

    def _found(self, original: str, deadline: Deadline) -> _Findings | None:
        """Verify and describe the bytes and make the ladder; None when they are gone."""
        if (blob := self.originals.open(original)) is None:
            return None
        data = blob.read()
        if original_key(data) != original:
            raise CorruptError(f"The bytes of {original} are not those that were stored.")
        facts = self.renderer.probe(data)
        smallest, steps = self._climb_down(tag_of(original), facts, data, deadline)
        return facts, replace(self.renderer.describe(smallest, deadline), steps=steps)

    def _climb_down(
        self, tag: str, facts: ImageFacts, data: bytes, deadline: Deadline
    ) -> tuple[bytes, tuple[Step, ...]]:
        """Make each step of the one before; return the smallest picture and the steps."""
        steps: list[Step] = []
        for key, plan in plan_steps(tag, facts, self.ladder):
            step = self.renderer.render(data, plan, deadline)
            self.variants.put(key, step)
            data = step.data
            steps.append(Step(key, plan.width, plan.height, len(data)))
        return data, tuple(steps)

    def _incomplete(self, original: str, rows: _Rows) -> Iterator[OwnerKey]:
        for owner, row in rows.items():
            if not all(map(self._is_complete, _made_of(original, row))):
                yield owner

    def _is_complete(self, image: StoredImage) -> bool:
        """Tell whether an image has its details, with the ladder of today."""
        if image.details is None:
            return False
        keys = [key for key, _ in plan_steps(image.tag, image.facts, self.ladder)]
        return [step.key for step in image.details.steps] == keys

    def _complete(self, owner: OwnerKey, original: str, findings: _Findings, deadline: Deadline) -> None:
        """Write the findings into an owner's row while it refers to the original."""
        if described := retry_on_conflict(lambda: self._describe(owner, original, findings), deadline):
            self._make_popular(_made_of(original, described), deadline)

    def _describe(self, owner: OwnerKey, original: str, findings: _Findings) -> OwnerImages | None:
        """Return the row as it was written; None when there was nothing left to write."""
        row = self.catalog.find(owner)
        if row is None or all(map(self._is_complete, _made_of(original, row))):
            return None
        described = row.described(original, *findings)
        self.catalog.save(Change(described))
        return described

    def _make_popular(self, images: Collection[StoredImage], deadline: Deadline) -> None:
        """Make what will be asked for, as far as there is time; the rest is made when it is."""
        for image in images:
            for plan in self.popular.plans(image.image_type, image.facts, self.limits):
                key = variant_key(image.tag, plan)
                if deadline.remaining < _SECONDS_FOR_A_VARIANT or self.variants.info(key):
                    continue
                self.variants.put(key, self.maker.make(image, plan, deadline), only_if_absent=True)

    def _pending(self, claims: Collection[Claim]) -> bool:
        return any(claim.is_pending(self.clock.now()) for claim in claims)


def _made_of(original: str, row: OwnerImages) -> tuple[StoredImage, ...]:
    return tuple(image for image in row.images if image.original == original)
