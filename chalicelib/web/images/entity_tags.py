"""Entity tags of pictures: `<image tag>-<name of the variant>`.

The image tag names the bytes of an original, the variant's name what was made of them, so the same entity tag
always means the same picture. A blob of the picture, if there is one, goes by the same two names.
"""

from dataclasses import dataclass

from chalicelib.domain.images.heads import ServableImage
from chalicelib.domain.variants.keys import variant_name
from chalicelib.domain.variants.plan import RenderPlan


@dataclass(frozen=True, slots=True)
class EntityTag:
    """The name of an answer; as text it has no quotes."""

    image_tag: str
    name: str

    @classmethod
    def of(cls, image: ServableImage, plan: RenderPlan | None) -> "EntityTag":
        """Name what a plan makes of an image; None is the stored bytes."""
        name = variant_name(plan) if plan else f"original.{image.facts.format.extension}"
        return cls(image.tag, name)

    def __str__(self) -> str:
        return f"{self.image_tag}-{self.name}"
