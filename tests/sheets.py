"""Printed sheets as they come back: photocopied, photographed by a phone, sent by a messenger; and photos of houses.

The sheet is F4 with lines of grey where questions stand and a code at the top right, 12 mm unless told.
"""

import io
import random

import segno
from PIL import Image, ImageChops, ImageDraw, ImageFilter

from tests.photos import exif

F4 = (215, 330)  # mm
DOTS = 8  # a millimetre: 203 dpi
MESSENGER = 1_600  # pixels


def a_sheet(*codes, mm=12):
    """Return a printed page with codes at its head."""
    page = Image.new("L", (F4[0] * DOTS, F4[1] * DOTS), 255)
    draw = ImageDraw.Draw(page)
    for line in range(34, F4[1] - 15, 6):
        draw.line((15 * DOTS, line * DOTS, (60 + line * 37 % 130) * DOTS, line * DOTS), fill=70, width=14)
    for place, code in enumerate(codes):
        made = io.BytesIO()
        segno.make(code, error="m", boost_error=False, micro=False).save(made, kind="png", scale=8, border=0)
        drawn = Image.open(made).convert("L").resize((mm * DOTS, mm * DOTS), Image.Resampling.LANCZOS)
        page.paste(drawn, ((F4[0] - 10 - mm - place * (mm + 20)) * DOTS, 10 * DOTS))
    return page


def photographed(page, seed, *, longest=MESSENGER, blur=0.6):
    """Return a page photocopied and then photographed: grey, skewed, turned, blurred, noisy."""
    chance = random.Random(seed)
    width, height = page.size
    copied = page.filter(ImageFilter.GaussianBlur(1)).point(lambda grey: 40 + grey * 0.8)
    off = [chance.uniform(0, 0.05) for _each in range(8)]
    corners = (-off[0] * width, -off[1] * height, -off[2] * width, (1 + off[3]) * height,
               (1 + off[4]) * width, (1 + off[5]) * height, (1 + off[6]) * width, -off[7] * height)
    seen = copied.transform(page.size, Image.Transform.QUAD, corners, Image.Resampling.BICUBIC, fillcolor=90)
    seen = seen.rotate(chance.choice((0, 90, 180, 270)) + chance.uniform(-8, 8), Image.Resampling.BICUBIC,
                       expand=True, fillcolor=90)
    shadow = Image.linear_gradient("L").resize(seen.size).rotate(chance.choice((0, 90, 180, 270)))
    dark = chance.uniform(0, 0.3)  # the phone's own shadow
    seen = ImageChops.multiply(seen, shadow.resize(seen.size).point(lambda grey: 255 - (255 - grey) * dark))
    seen.thumbnail((longest, longest), Image.Resampling.LANCZOS)
    seen = seen.filter(ImageFilter.GaussianBlur(chance.uniform(0.3, blur)))
    return Image.blend(seen, Image.effect_noise(seen.size, 12), 0.12)


def scanned(file, *pages, dpi=150, seed=1):
    """Write pages as one PDF of an office's scanner: grey, a little turned, noisy, each a JPEG."""
    chance = random.Random(seed)
    made = []
    for page in pages:
        grey = page.convert("L").rotate(chance.uniform(-1.5, 1.5), Image.Resampling.BICUBIC, fillcolor=235)
        grey = grey.resize([round(side * dpi / (DOTS * 25.4)) for side in grey.size], Image.Resampling.LANCZOS)
        made.append(Image.blend(grey, Image.effect_noise(grey.size, 12), 0.06))
    made[0].save(file, "PDF", save_all=True, append_images=made[1:], resolution=dpi, quality=60)
    return file


def a_house(seed, size=(1_200, 1_600)):
    """Return a picture of sky, wall, roof, door and trees in the colours of the day."""
    chance = random.Random(seed)
    picture = Image.new("RGB", size, tuple(chance.randint(120, 240) for _each in range(3)))
    draw = ImageDraw.Draw(picture)
    for _each in range(150):
        x, y = chance.randrange(-200, size[0]), chance.randrange(-200, size[1])
        wide, high = chance.randrange(40, size[0] // 3), chance.randrange(40, size[1] // 4)
        draw.rectangle((x, y, x + wide, y + high), fill=tuple(chance.randint(0, 255) for _each in range(3)))
    return picture.filter(ImageFilter.GaussianBlur(2))


def save(picture, file, *, taken="", quality=60, where=True):
    """Write a picture as a phone does, with when (2026:09:01 10:30:00) and where it was taken; «» tells nothing."""
    made = io.BytesIO()
    picture.convert("RGB").save(made, "JPEG", quality=quality)
    content = made.getvalue()
    if taken:
        block = exif(taken=f"{taken}\0".encode()) if where else exif(taken=f"{taken}\0".encode(), seconds=(1, 0))
        told = b"\xff\xe1" + (len(block) + 8).to_bytes(2, "big") + b"Exif\0\0" + block
        content = content[:2] + told + content[2:]
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)
    return file
