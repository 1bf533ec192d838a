"""Pictures are kept as what is seen of them: nothing that a camera, an editor or a messenger wrote stays."""

import io

import pytest
from PIL import Image, ImageChops, ImageStat
from PIL.PngImagePlugin import PngInfo

from p2kp_desktop.exchange import bare_pictures
from p2kp_desktop.language import Trouble
from tests import sheets
from tests.photos import BEGINNINGS, exif, jpeg

SECRET = "Rumah Ratnawulan"
TURNED = 0x0112


def scene(size=(60, 40)):
    return Image.linear_gradient("L").resize(size).convert("RGB")


def told_by_camera(turned=1):
    found = Image.Exif()
    found[0x010E], found[0x013B], found[TURNED] = SECRET, SECRET, turned
    return found


def written(picture, kind, **more):
    out = io.BytesIO()
    picture.save(out, kind, **more)
    return out.getvalue()


def text():
    found = PngInfo()
    found.add_text("Comment", SECRET)
    found.add_itxt("XML:com.adobe.xmp", SECRET)
    return found


SPOKEN = {
    "exif.jpg": lambda: written(scene(), "JPEG", exif=told_by_camera(), comment=SECRET.encode(),
                                icc_profile=SECRET.encode(), xmp=SECRET.encode()),
    "film.jpg": lambda: written(scene(), "JPEG") + SECRET.encode(),
    "foto.png": lambda: written(scene(), "PNG", pnginfo=text(), exif=told_by_camera(), icc_profile=SECRET.encode()),
    "foto.webp": lambda: written(scene(), "WEBP", exif=told_by_camera(), xmp=SECRET.encode(),
                                 icc_profile=SECRET.encode()),
    "pindaian.tif": lambda: written(scene(), "TIFF", description=SECRET, artist=SECRET, save_all=True,
                                    append_images=[scene()], icc_profile=SECRET.encode()),
    "lembar.tif": lambda: written(scene().convert("1"), "TIFF", description=SECRET, compression="group4"),
}


def bare(content):
    return bare_pictures.bare(io.BytesIO(content), "foto")


@pytest.mark.parametrize("name", SPOKEN)
def test_nothing_that_was_written_into_a_picture_is_kept(name):
    content = SPOKEN[name]()
    assert SECRET.encode() in content
    kept = bare(content)
    assert SECRET.encode() not in kept
    with Image.open(io.BytesIO(kept)) as now, Image.open(io.BytesIO(content)) as then:
        assert (now.format, now.size, getattr(now, "n_frames", 1)) == (
            then.format, then.size, getattr(then, "n_frames", 1))
        apart = ImageStat.Stat(ImageChops.difference(now.convert("RGB"), then.convert("RGB"))).mean
        assert max(apart) < 1
        assert not now.getexif().get_ifd(0x8825)


def test_a_picture_stands_as_the_camera_was_held():
    content = written(scene((60, 40)), "JPEG", exif=told_by_camera(turned=6))
    with Image.open(io.BytesIO(bare(content))) as kept:
        assert kept.size == (40, 60)
        assert TURNED not in kept.getexif()


def test_a_photo_grows_by_nothing_and_a_printed_code_on_it_is_still_read(tmp_path):
    from p2kp_desktop.exchange.sheet_photo import read_sheet
    from p2kp_desktop.schema.printed_code import PrintedCode

    code = PrintedCode.of_blank("household", "16.71.06.1005", "014/005", "2026", 7)
    file = tmp_path / "lembar.jpg"
    sheets.save(sheets.photographed(sheets.a_sheet(code.text, mm=14), 1), file)
    content = file.read_bytes()
    for _again in range(3):
        file.write_bytes(bare(file.read_bytes()))
    assert len(file.read_bytes()) <= len(content) * 1.02
    assert [each.number for each in read_sheet(file).codes] == [7]


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGBA", "I;16"])
def test_pictures_with_few_colours_or_see_through_keep_their_kind_of_points(mode):
    with Image.open(io.BytesIO(bare(written(Image.new(mode, (9, 9)), "PNG")))) as kept:
        assert kept.mode == mode


def test_what_is_no_picture_that_is_read_here_is_kept_as_it_came():
    assert [bare(content) for kind, content in BEGINNINGS.items() if kind.title in ("PDF", "HEIC")] == [None, None]


@pytest.mark.parametrize("content", [jpeg(exif())[:-100], BEGINNINGS[bare_pictures.scans.PNG], b"\xff\xd8\xff\xe0"])
def test_a_damaged_picture_is_refused_in_words(content):
    with pytest.raises(Trouble, match="tidak dapat dibaca"):
        bare(content)


def test_a_picture_that_claims_more_points_than_there_is_memory_is_refused(monkeypatch):
    monkeypatch.setattr(bare_pictures, "LARGEST", 100)
    with pytest.raises(Trouble, match="terlalu besar"):
        bare(written(scene(), "PNG"))
