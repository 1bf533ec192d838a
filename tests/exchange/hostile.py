"""Files that mean harm or went bad, of every kind that the program opens: each follows from its number."""

import io
import json
import random
import shutil
import struct
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

import xlsxwriter
from PIL import Image

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.databases import library
from p2kp_desktop.store import key_files
from tests import boundary_files
from tests.conftest import KELURAHAN
from tests.program_folder import PUBLIC, update_of
from tests.protected import a_protected, forgotten

from . import spoiling
from .sample_bundles import a_version, written
from .spoiling import misshapen

Seeds = Mapping[str, tuple[str, bytes]]  # by name, with the kind: how it is opened

_JSON = (".geojson", ".kunci")
_ZIPS = (".xlsx", ".zip", ".kmz", ".p2kpupdate")
_BYTES = (spoiling.bytes_changed, spoiling.cut_off, spoiling.blocks_moved)


def seeds(folder: Path) -> Seeds:
    """Make sound files of every kind."""
    made: dict[str, str] = {}

    def kept(kind: str, path: Path) -> None:
        made[path.name] = kind

    kept("bundle", written(folder / "paket.xlsx", [a_version(tick=tick) for tick in (1, 2, 3)]))
    with xlsxwriter.Workbook(folder / "daftar.xlsx") as book:
        sheet = book.add_worksheet("Daftar")
        for row in range(40):
            sheet.write_row(row, 0, ["Nama", row, 1.5, f"16.71.01.{row}"])
    kept("table", folder / "daftar.xlsx")
    (folder / "daftar.csv").write_text("nama;rt;nik\n" + "Siti;1/1;1671010101010001\n" * 30, encoding="utf-8")
    kept("table", folder / "daftar.csv")
    for name, write in (("batas.geojson", boundary_files.geojson), ("batas.gpkg", boundary_files.geopackage),
                        ("batas.kml", boundary_files.kml), ("batas.kmz", boundary_files.kmz)):
        kept("boundary", write(folder / name))
    boundary_files.shape(folder / "desa.shp")
    kept("boundary", boundary_files.zipped(folder / "desa.zip", sorted(folder.glob("desa.*"))))
    picture = Image.effect_noise((300, 400), 40)
    for name in ("foto.jpg", "foto.png", "foto.tif", "foto.webp"):
        picture.save(folder / name)
        kept("image", folder / name)
    picture.save(folder / "pindai.pdf")
    kept("paper", folder / "pindai.pdf")
    workspaces.init(folder / "Tim.p2kp", role="facilitator", name="Tim", regions=[KELURAHAN]).close()
    kept("workspace", folder / "Tim.p2kp")
    opened, protection = a_protected(folder / "Siti.p2kp")
    opened.close()
    forgotten(protection)
    shutil.copy(folder / "Siti.p2kp", folder / "asli.bin")
    kept("key", key_files.beside(folder / "Siti.p2kp"))
    kept("update", update_of(folder, "0.9.1"))
    return {name: (kind, (folder / name).read_bytes()) for name, kind in made.items()}


def beside(folder: Path, source: Path) -> None:
    """Put beside a hostile file what it is opened with."""
    (folder / "kunci.txt").write_text(PUBLIC, encoding="utf-8")
    shutil.copy(source / "asli.bin", folder / "Siti.p2kp")


def spoilt(number: int, sound: Seeds) -> tuple[str, str, bytes]:
    """Return file number so and so: kind, name, content."""
    dice = random.Random(number)
    name = sorted(sound)[number % len(sound)]
    kind, content = sound[name]
    if name.endswith(_JSON) and dice.random() < 0.7:
        return kind, name, json.dumps(misshapen(json.loads(content), dice)).encode("utf-8", "surrogatepass")
    if name.endswith(_ZIPS) and dice.random() < 0.8:
        return kind, name, spoiling.spoiled(content, dice)[1]
    for _ in range(dice.randint(1, 3)):
        content = dice.choice(_BYTES)(content, dice)
    return kind, name, content


def made_to_harm(sound: Seeds, *, all_of_them: bool) -> Iterator[tuple[str, str, bytes]]:
    """Yield files that somebody built to take memory, time or more than they may; or only those made in no time."""
    for name, content in _papers():
        yield "paper", name, content
    for content in _databases():
        yield "workspace", "Palsu.p2kp", content
        yield "boundary", "palsu.gpkg", content
    if not all_of_them:
        return
    for name, content in _pictures():
        yield "image", name, content
    for kind, name in (("bundle", "bom.xlsx"), ("table", "bom.xlsx"), ("boundary", "bom.zip"), ("boundary", "bom.kmz"),
                       ("update", "bom.p2kpupdate")):
        for content in _packages(sound):
            yield kind, name, content
    for name, content in _boundaries():
        yield "boundary", name, content
    for content in _texts():
        yield "table", "besar.csv", content
    for content in _key_files(sound):
        yield "key", "Siti.p2kp.kunci", content


def _png(width: int, height: int, body: bytes = b"") -> bytes:
    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    parts = chunk(b"IHDR", head), chunk(b"IDAT", body or zlib.compress(b"")), chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def _pictures() -> Iterator[tuple[str, bytes]]:
    for width, height in ((1, 2**31 - 1), (2**31 - 1, 2**31 - 1), (60_000, 60_000), (13_000, 13_000), (0, 0)):
        yield f"{width}x{height}.png", _png(width, height)
    yield "bom.png", _png(12_000, 12_000, zlib.compress(bytes(12_000 * 36_001)))
    whole = io.BytesIO()
    Image.new("L", (9_000, 9_000)).save(whole, "TIFF", compression="tiff_lzw")
    yield "besar.tif", whole.getvalue()
    yield "berputar.tif", b"II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIII", 1, 0x8769, 4, 1, 8, 8)
    yield "banyak.tif", b"II*\x00\x08\x00\x00\x00" + struct.pack("<H", 65_535) + bytes(12 * 65_535)
    exif = b"Exif\x00\x00II*\x00\x08\x00\x00\x00" + struct.pack("<HHHIII", 1, 0x8825, 4, 2**32 - 1, 8, 8)
    yield "exif.jpg", b"\xff\xd8\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + b"\xff\xd9"
    yield "kosong.jpg", b"\xff\xd8" + b"\xff\xe1\x00\x02" * 200_000
    yield "nol.webp", b"RIFF" + struct.pack("<I", 2**32 - 1) + b"WEBPVP8X" + struct.pack("<I", 10) + b"\xff" * 10


def _pdf(*objects: bytes, root: int = 1) -> bytes:
    body = b"".join(b"%d 0 obj\n%s\nendobj\n" % (number, each) for number, each in enumerate(objects, 1))
    return b"%PDF-1.7\n" + body + b"trailer\n<< /Root %d 0 R /Size %d >>\n%%%%EOF\n" % (root, len(objects) + 1)


def _papers() -> Iterator[tuple[str, bytes]]:
    catalogue = b"<< /Type /Catalog /Pages 2 0 R >>"
    yield "berputar.pdf", _pdf(catalogue, b"<< /Type /Pages /Kids [2 0 R] /Count 1 >>")
    yield "banyak.pdf", _pdf(catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 2000000000 >>",
                             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 10 10] >>")
    for box in (b"0 0 99999999 99999999", b"0 0 0 0", b"0 0 1 14400000", b"-1e38 -1e38 1e38 1e38"):
        yield "kertas.pdf", _pdf(catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                                 b"<< /Type /Page /Parent 2 0 R /MediaBox [" + box + b"] >>")
    drawn = zlib.compress(b"0 0 m 9 9 l S " * 400_000)
    stream = b"<< /Length %d /Filter /FlateDecode >>\nstream\n" % len(drawn) + drawn + b"\nendstream"
    yield "gambar.pdf", _pdf(catalogue, b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
                             b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R >>", stream)
    yield "dalam.pdf", _pdf(b"[" * 100_000 + b"]" * 100_000)


def _packages(sound: Seeds) -> Iterator[bytes]:
    _kind, genuine = sound["paket.xlsx"]
    for parts in (
        {"xl/worksheets/sheet1.xml": bytes(300 << 20)}, {f"a{number}": b"" for number in range(70_000)},
        {"../../di-luar.txt": b"x", "/etc/luar": b"x", "C:\\luar": b"x"}, {"[Content_Types].xml": _LAUGHS},
        {"xl/workbook.xml": b"<a>" * 1_000_000}, {"xl/sharedStrings.xml": b"<sst>" + b"<si><t>x</t></si>" * 2_000_000},
        {"doc.kml": _LAUGHS}, {"doc.kml": b"<kml>" * 500_000}, {"isi.json": b"[" * 3_000_000},
    ):
        yield _zip(parts)
        if "a1" not in parts:
            yield _zip(parts, genuine)
    inner = _zip({"0": bytes(50 << 20)})
    yield _zip({"paket.zip": inner, "doc.kml": inner, "desa.shp": inner})


_LAUGHS = b'<!DOCTYPE x [<!ENTITY a "hahahahaha">' + b"".join(
    b'<!ENTITY %c "%s">' % (98 + level, b"&%c;" % (97 + level) * 10) for level in range(9)
) + b"]><kml>&j;</kml>"


def _zip(parts: Mapping[str, bytes], before: bytes = b"") -> bytes:
    """Return a package with these parts, instead of or beside those of another."""
    whole = io.BytesIO()
    with zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as package:
        if before:
            with zipfile.ZipFile(io.BytesIO(before)) as other:
                for name in other.namelist():
                    if name not in parts:
                        package.writestr(name, other.read(name))
        for name, content in parts.items():
            package.writestr(zipfile.ZipInfo(name), content, zipfile.ZIP_DEFLATED)
    return whole.getvalue()


def _boundaries() -> Iterator[tuple[str, bytes]]:
    yield "dalam.geojson", b"[" * 2_000_000
    yield "dalam.geojson", b'{"type":"GeometryCollection","geometries":[' * 50_000
    yield "titik.geojson", json.dumps({"type": "FeatureCollection", "features": [{
        "type": "Feature", "properties": {"a": "b"},
        "geometry": {"type": "Polygon", "coordinates": [[[104.7, -2.9]] * 400_000]}}]}).encode()
    yield "angka.geojson", b'{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[' + (
        b"9" * 5_000_000) + b",1]}}"
    yield "tak-tentu.geojson", b'{"type":"Polygon","coordinates":[[[1e999,NaN],[Infinity,-Infinity]]]}'
    yield "tawa.kml", _LAUGHS
    yield "dalam.kml", b"<kml>" + b"<Folder>" * 300_000
    yield "titik.kml", b"<kml><Placemark><Polygon><outerBoundaryIs><LinearRing><coordinates>" + (
        b"104.7,-2.9,0 " * 600_000) + b"</coordinates></LinearRing></outerBoundaryIs></Polygon></Placemark></kml>"
    yield "kosong.shp", b"\x00\x00\x27\x0a" + bytes(20) + struct.pack(">I", 2**31 - 1) + bytes(72)


def _texts() -> Iterator[bytes]:
    yield b'"' * 3_000_000
    yield b"a;" * 3_000_000
    yield b"\n" * 5_000_000
    yield b"\x00" * 5_000_000
    yield b"\xff\xfe" + b"\x00\xd8" * 2_000_000
    yield b"x" * 20_000_000


def _databases() -> Iterator[bytes]:
    for statements in (
        ["CREATE VIEW meta AS WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) "
         "SELECT x AS key, x AS value FROM a"],
        ["CREATE TABLE meta (key TEXT, value TEXT)", "INSERT INTO meta VALUES ('schema', '99999999999999999999')"],
        ["CREATE TABLE meta (key TEXT, value TEXT)", "INSERT INTO meta VALUES ('schema', x'00ff')"],
        ["CREATE TABLE meta (key TEXT, value TEXT)", "INSERT INTO meta VALUES ('schema', zeroblob(30000000))"],
        [f"CREATE TABLE t{number} (a)" for number in range(3_000)],
        ["CREATE TABLE gpkg_contents (table_name TEXT, data_type TEXT, srs_id INT)",
         "CREATE VIEW gpkg_geometry_columns AS WITH RECURSIVE a(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM a) "
         "SELECT 'a' AS table_name, 'g' AS column_name, 4326 AS srs_id FROM a"],
    ):
        with TemporaryDirectory() as folder:
            with closing(library.connect(file := Path(folder) / "a.db")) as made:
                for each in statements:
                    made.execute(each)
                made.commit()
            yield file.read_bytes()


def _key_files(sound: Seeds) -> Iterator[bytes]:
    _kind, content = sound["Siti.p2kp.kunci"]
    yield b"[" * 900_000
    for effort in ({"memory": 1 << 20}, {"passes": 64}, {"memory": 1 << 20, "passes": 64}, {"memory": -1},
                   {"memory": 2**70}, {"lanes": 10**6}, {"passes": 0}):
        def changed(told: object, effort: Mapping[str, int] = effort) -> object:
            if isinstance(told, dict):
                return {key: effort.get(key, changed(each)) for key, each in told.items()}
            return [changed(each) for each in told] if isinstance(told, list) else told

        yield json.dumps(changed(json.loads(content))).encode()
    told = json.loads(content)
    for key, value in told.items():
        if isinstance(value, list) and value:
            yield json.dumps({**told, key: value * 5_000}).encode()

