"""What is laid behind, over and across the whole picture; each step returns its input if nothing is asked."""

from PIL import Image, ImageFilter

from chalicelib.domain.plan import RenderPlan


def blurred(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Blur; beyond the edges the picture is thought to go on in the colour of its edge."""
    return image.filter(ImageFilter.GaussianBlur(plan.blur)) if plan.blur else image


def on_background(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Paint a colour behind transparent pixels."""
    if plan.background is None or image.mode != "RGBA":
        return image
    return Image.alpha_composite(Image.new("RGBA", image.size, plan.background), image)


def under_foreground(image: Image.Image, plan: RenderPlan) -> Image.Image:
    """Lay translucent black over everything."""
    if not plan.foreground:
        return image
    black = Image.new("RGBA", image.size, (0, 0, 0, plan.foreground))
    return Image.alpha_composite(image.convert("RGBA"), black).convert(image.mode)
