"""Pages of PDFs as scanners write them: drawn as PDFium draws them, whatever the picture on them is packed with."""

import io
import struct
import zlib

import pypdfium2
import pytest
from PIL import Image, ImageChops, ImageDraw, ImageStat
from pypdf import PdfReader, PdfWriter

from p2kp_desktop.exchange import pdf_pages, pdf_scans
from p2kp_desktop.language import Trouble

WIDE, HIGH = 96, 128
GREY = b"/ColorSpace /DeviceGray /BitsPerComponent 8 "
BLACK = b"/ColorSpace /DeviceGray /BitsPerComponent 1 "
JBIG2 = bytes.fromhex(  # the same picture, as the encoder of an office's copier packs it
    "000000003000010000001300000060000000800000000000000000010000000000012600010000005400000060000000800000000000"
    "000000000003fffdff02fefefeaab57aa892891318876a3fff7fff39c54e0adb856e5722657ad44bda83004cc9c8f37b7a7d17f2cba3"
    "a1806a7ca719204d7a28aa8bc10809ffac"
)


def drawn():
    picture = Image.new("L", (WIDE, HIGH), 255)
    pen = ImageDraw.Draw(picture)
    pen.rectangle((8, 8, 40, 30), fill=0)
    pen.line((10, 60, 80, 110), fill=0, width=5)
    return picture


def packed(kind, picture=None, **how):
    out = io.BytesIO()
    (picture or drawn()).save(out, kind, **how)
    return out.getvalue()


def fax():
    with Image.open(io.BytesIO(packed("TIFF", drawn().convert("1"), compression="group4"))) as made:
        (start,), (length,), white = made.tag_v2[273], made.tag_v2[279], made.tag_v2[262] == 0
        made.fp.seek(start)
        content = made.fp.read(length)
    told = b"/Filter /CCITTFaxDecode /DecodeParms << /K -1 /Columns %d /Rows %d /BlackIs1 %s >>"
    return BLACK + told % (WIDE, HIGH, b"false" if white else b"true"), content


def stream(told, content):
    return b"<< %s /Length %d >>\nstream\n%s\nendstream" % (told, len(content), content)


def a_pdf(told, content, *more, page=b"", does=b"q 192 0 0 256 0 0 cm /A Do Q", box=b"0 0 192 256"):
    """Return a PDF of one page that shows a picture, which is its object 5; those after it may be named, too."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>", b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [%s] /Contents 4 0 R %s /Resources << /XObject << /A 5 0 R >> "
        b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>" % (box, page),
        stream(b"", does),
        stream(b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (WIDE, HIGH, told), content), *more,
    ]
    made, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(made))
        made += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    lines = b"".join(b"%010d 00000 n \n" % place for place in places)
    end = b"trailer\n<< /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF\n" % (len(places) + 1, len(made))
    return b"%sxref\n0 %d\n0000000000 65535 f \n%s%s" % (made, len(places) + 1, lines, end)


def a_jpeg(**how):
    return a_pdf(GREY + b"/Filter /DCTDecode", packed("JPEG", quality=90), **how)


def locked(content, password="", **how):
    made = PdfWriter(PdfReader(io.BytesIO(content)))
    made.encrypt(password, "pemilik", **how)
    out = io.BytesIO()
    made.write(out)
    return out.getvalue()


def masked():
    """Return a page whose letters are a mask finer than the picture under it, as small files of copiers have it."""
    mask = ImageChops.invert(drawn().resize((WIDE * 4, HIGH * 4), Image.Resampling.NEAREST))
    told = b"/Type /XObject /Subtype /Image /Width %d /Height %d %s" % (WIDE * 4, HIGH * 4, GREY)
    return a_pdf(GREY + b"/Filter /DCTDecode /SMask 6 0 R", packed("JPEG", Image.new("L", (WIDE, HIGH), 20)),
                 stream(told + b"/Filter /FlateDecode", zlib.compress(mask.tobytes())))


SCANS = {
    "jpeg": a_jpeg, "jpeg of a colour scanner": lambda: a_pdf(
        b"/ColorSpace /DeviceRGB /BitsPerComponent 8 /Filter /DCTDecode", packed("JPEG", drawn().convert("RGB"))),
    "jpeg 2000": lambda: a_pdf(b"/Filter /JPXDecode", packed("JPEG2000")),
    "jpeg 2000 beside letters": lambda: a_pdf(
        b"/Filter /JPXDecode", packed("JPEG2000"),
        does=b"q 192 0 0 256 0 0 cm /A Do Q BT /F 20 Tf 20 200 Td (Cap) Tj ET"),
    "fax": lambda: a_pdf(*fax()), "jbig2": lambda: a_pdf(BLACK + b"/Filter /JBIG2Decode", JBIG2),
    "black and white": lambda: a_pdf(BLACK + b"/Filter /FlateDecode", zlib.compress(drawn().convert("1").tobytes())),
    "plain": lambda: a_pdf(GREY + b"/Filter /FlateDecode", zlib.compress(drawn().tobytes())),
    "searched": lambda: a_jpeg(does=b"q 192 0 0 256 0 0 cm /A Do Q BT 3 Tr /F 20 Tf 20 200 Td (Cap) Tj ET"),
    "turned": lambda: a_jpeg(page=b"/Rotate 90"), "turned back": lambda: a_jpeg(page=b"/Rotate -90"),
    "turned over": lambda: a_jpeg(page=b"/Rotate 180"),
    "turned by its place": lambda: a_jpeg(does=b"q 0 192 -256 0 256 0 cm /A Do Q", box=b"0 0 256 192"),
    "mirrored": lambda: a_jpeg(does=b"q -192 0 0 256 192 0 cm /A Do Q"),
    "cropped": lambda: a_jpeg(page=b"/CropBox [10 60 150 256]"),
    "elsewhere": lambda: a_jpeg(box=b"100 50 292 306", does=b"q 192 0 0 256 100 50 cm /A Do Q"),
    "on a larger sheet": lambda: a_jpeg(box=b"-40 -40 300 400"), "masked": masked,
    "with an empty password": lambda: locked(a_jpeg(), algorithm="AES-256"),
    "with an old empty password": lambda: locked(a_jpeg(), algorithm="RC4-128"),
    "cut off": lambda: a_jpeg()[:-7], "moved": lambda: b"%PDF-1.7\n% lain\n" + a_jpeg()[9:],
}


@pytest.mark.parametrize("scan", SCANS)
def test_a_page_is_drawn_as_another_program_draws_it(tmp_path, scan):
    file = tmp_path / "pindaian.pdf"
    file.write_bytes(SCANS[scan]())
    assert pdf_scans.count(file) == 1
    seen = pdf_scans.picture(file, 1, 600)
    alone = pdf_scans.alone(file, 1)
    assert alone == pdf_scans.alone(file, 1)
    for wanted in map(by_another, (file.read_bytes(), alone)):
        assert seen.size == pytest.approx(wanted.size, abs=2)
        apart = ImageStat.Stat(ImageChops.difference(seen, wanted.resize(seen.size))).mean[0]
        assert apart < 3, apart


def by_another(content):
    document = pypdfium2.PdfDocument(content)
    page = document[0]
    made = page.render(scale=600 / max(page.get_size()), grayscale=True).to_pil().convert("L")
    page.close()
    document.close()
    return made


@pytest.mark.parametrize("content", [
    locked(a_jpeg(), "sandi", algorithm="AES-256"), a_jpeg()[:300], b"%PDF-1.7\n" + b"[" * 50_000,
])
def test_what_cannot_be_read_is_told_in_words(tmp_path, content):
    file = tmp_path / "pindaian.pdf"
    file.write_bytes(content)
    for ask in (pdf_scans.count, lambda file: pdf_scans.picture(file, 1, 300), lambda file: pdf_scans.alone(file, 1)):
        with pytest.raises(Trouble, match=r"PDF pindaian\.pdf tidak dapat dibaca") as told:
            ask(file)
        assert told.value.code == "L07"


def test_pictures_that_ask_for_all_memory_are_refused_in_words(tmp_path):
    file = tmp_path / "pindaian.pdf"
    page = a_pdf(GREY + b"/Filter /FlateDecode", zlib.compress(bytes(9)), does=b"/A Do /A Do")
    file.write_bytes(page.replace(b"/Width 96 /Height 128", b"/Width 30000 /Height 30000"))
    with pytest.raises(Trouble, match="terlalu besar") as told:
        pdf_scans.picture(file, 1, 300)
    assert told.value.code == "L06"


def test_a_page_alone_keeps_nothing_of_its_neighbours(tmp_path):
    """A link to another person's page would take that page with it."""
    made = PdfWriter()
    for name in ("Siti", "Ani"):
        page = PdfReader(io.BytesIO(a_jpeg(does=b"BT /F 20 Tf 20 200 Td (%s) Tj ET" % name.encode()))).pages[0]
        made.add_page(page)
    from pypdf.annotations import Link

    made.add_annotation(0, Link(rect=(0, 0, 50, 50), target_page_index=1))
    out = io.BytesIO()
    made.write(out)
    file = tmp_path / "pindaian.pdf"
    file.write_bytes(out.getvalue())
    alone = pdf_scans.alone(file, 1)
    streams = b"".join(each.get_data() for each in map(PdfReader(io.BytesIO(alone)).get_object, range(1, 9))
                       if hasattr(each, "get_data"))
    assert b"Siti" in streams
    assert b"Ani" not in streams


def test_a_pdf_in_memory_is_looked_at_without_a_file():
    pages = pdf_scans.ForeignPages(a_jpeg(page=b"/Rotate 90"), "SK")
    assert len(pages) == 1
    assert pages.size(0) == pytest.approx((256 / 72 * 25.4, 192 / 72 * 25.4))
    head = pages.picture(0, 72)[:24]
    assert struct.unpack(">II", head[16:]) == (256, 192)


def test_parts_are_joined_with_their_sheets_and_every_part_begins_on_a_front():
    upright, lying = a_jpeg(), a_jpeg(box=b"0 0 256 192")
    sizes = [pdf_pages.size_of(page) for page in pdf_pages.opened(pdf_pages.joined([upright, lying])).pages]
    assert sizes == [(192, 256), (192, 256), (256, 192)]
    assert pdf_pages.count_of(pdf_pages.joined([upright, lying], leaves=False)) == 2
    assert pdf_pages.joined([upright, lying]) == pdf_pages.joined([upright, lying])
