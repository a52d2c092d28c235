"""The marks that tell how much was played: the bar at the bottom and the badge with a count."""

from PIL import Image, ImageDraw, ImageFont

from chalicelib.domain.plan import RenderPlan

_BLUE = (0, 164, 220)


def with_played_bar(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Draw the played bar over the lowest nine rows, as Jellyfin does."""
    if plan.played is None:
        return image
    width, height = image.size
    layer = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(layer)
    top = max(height - 9, 0)
    draw.rectangle((0, top, width - 2, height), fill=(0, 0, 0, 0x99))
    if plan.played:
        draw.rectangle((0, top, plan.played - 1, height), fill=(*_BLUE, 255))
    return Image.alpha_composite(image.convert("RGBA"), layer).convert(image.mode)


def with_unplayed_badge(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Draw the count of what is unplayed in a disc in the upper right corner."""
    if not plan.unplayed:
        return image
    x = image.width - 38
    layer = Image.new("RGBA", image.size)
    draw = ImageDraw.Draw(layer)
    draw.ellipse((x - 20, 18, x + 19, 57), fill=(*_BLUE, 0xCC))
    draw.text((x, 38), str(plan.unplayed), (255, 255, 255), ImageFont.load_default(18), anchor="mm")
    return Image.alpha_composite(image.convert("RGBA"), layer).convert(image.mode)
