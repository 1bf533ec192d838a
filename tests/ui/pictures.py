"""Pictures in a folder, small ones and as a camera keeps them."""

from PIL import Image

from tests.photos import exif, told


def a_picture(folder, name="foto.png", size=(640, 320)):
    file = folder / name
    Image.new("RGB", size, (0, 128, 0)).save(file)
    return file


def a_photo(folder, name="foto.jpg"):
    """Return a picture as a camera keeps it: what it tells of itself stands before it."""
    file = folder / name
    file.write_bytes(told(a_picture(folder, f"tanpa {name}").read_bytes(), exif()))
    return file
