"""A thousand planted names and NIK: none of them readable anywhere, open, killed, or closed."""

import os
import random
import re
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from p2kp_desktop.actions.common import soundness
from p2kp_desktop.actions.protection import password
from p2kp_desktop.store import open_workspace, sealed
from tests.protected import PASSWORD, a_protected, forgotten
from tests.sheets import scanned

ROOT = Path(__file__).parents[3]
MANY = 1000
_SHAPES = (re.compile(rb"(?=(16710[0-9]{11}))"), re.compile(rb"(?=([A-Z][a-z]{11}))"))

_WORK = """
import sys, time
from pathlib import Path
from p2kp_desktop import environment
from p2kp_desktop.actions.common import backups
from p2kp_desktop.actions.bundles import sending
from p2kp_desktop.actions.photos import photo_filing, photo_matches, photo_reading
from p2kp_desktop.actions.protection import password
from p2kp_desktop.actions.recording import attachments, recording
from p2kp_desktop.forms import Household
from p2kp_desktop.printing import making
from p2kp_desktop.printing.pages.document import Asked
from p2kp_desktop.store import drafts as store_drafts, open_workspace
from tests.protected import PASSWORD
environment.keep_private()
file, stick, planted = *map(Path, sys.argv[1:]), [line.split("|") for line in sys.stdin.read().splitlines()]
password.unlock(file, PASSWORD)
workspace = open_workspace(file)
given = [{"rt": f"{n % 20 + 1:03d}/001", "building": str(n), "head_name": name, "nik": nik}
         for n, (name, nik) in enumerate(planted[:-1])]
recording.record_all(workspace, Household, list(enumerate(given)), origin="uji")
name, nik = planted[-1]
with workspace.changing() as connection:
    draft = store_drafts.Draft("d1", "household", {"head_name": name, "nik": nik}, "nik", "Siti", "")
    store_drafts.keep(connection, draft)
backups.back_up(workspace)
house = recording.record(workspace, Household, {"rt": "021/001", "building": "1", "head_name": planted[0][0]}).id
photos = stick / "DCIM"
for each in sorted(photos.iterdir()):  # as a person attaches them
    attachments.attach(workspace, house, "", each)
read = photo_reading.read_photos([photos / "lembar.jpg", photos / "pindaian.pdf"])
pointed = {each.file: ("household", recording.record(workspace, Household, {"rt": "022/001", "building": str(n)}).id)
           for n, each in enumerate(read)}
assert photo_filing.file_all(workspace, photo_matches.match(workspace, read, pointed)).photos == len(read) > 1
for preview in (True, False):
    making.make(workspace, "record", Asked(records=(house,), names=True, reason="uji", preview=preview))
kept, = [each.path for each in attachments.attached(workspace, house) if each.name == "pindaian"]
assert attachments.pages_of(kept, "pindaian")
sent = sending.send(workspace, stick, to="district", password="perahu jambu kursi 12")
for each in photos.iterdir():
    each.unlink()
with workspace.asking() as connection:  # a large sort, as of a list: SQLite's own temporary files
    large = "SELECT a.head_name FROM household a, household b WHERE b.rowid < 60 ORDER BY a.head_name || b.id"
    connection.exec_driver_sql(large).fetchmany(5)
    print("siap", flush=True)
    time.sleep(600)
"""


def planted():
    dice = random.Random(1671)
    made = ["".join(dice.choice("bcdfghjklmnprstw") + dice.choice("aiueo") for _ in range(6)) for _ in range(MANY)]
    niks = [f"16710{dice.randrange(10**11):011d}" for _ in range(MANY)]
    return [(f"{name.title()} Uji", nik) for name, nik in zip(made, niks, strict=True)]


def photograph(folder, people):
    """Put photos and a scan into a folder that tell of people: in Exif, a comment, behind the picture, in a name."""
    folder.mkdir(parents=True)
    words = [" ".join(each) for each in people[:5]]
    told = Image.Exif()
    told[0x010E], told[0x013B] = words[0], words[1]
    picture = Image.linear_gradient("L").resize((64, 48)).convert("RGB")
    picture.save(folder / "lembar.jpg", exif=told, comment=words[2].encode())
    with (folder / "lembar.jpg").open("ab") as file:
        file.write(words[3].encode())
    about = PngInfo()
    about.add_text("Author", words[4])
    picture.transpose(Image.Transpose.ROTATE_90).save(folder / f"{people[5][0]}.png", pnginfo=about)
    scan = scanned(folder / "pindaian.pdf", Image.new("L", (300, 400), 255), dpi=30)
    scan.write_bytes(scan.read_bytes() + f"\n% {words[0]} {words[1]}\n".encode())


def hits(words, *folders):
    """Give the files in which any of the planted words stands, as UTF-8 or UTF-16."""
    wanted = {word.encode() for word in words}
    found = []
    for path in (path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file()):
        data = path.read_bytes()
        for text in (data, data.replace(b"\0", b"")):
            found += [path] * any(each in wanted for shape in _SHAPES for each in shape.findall(text))
    return found


@pytest.mark.skipif(sys.platform == "win32", reason="processes are killed otherwise there")
def test_no_planted_name_or_nik_is_readable_while_open_after_a_kill_or_after_closing(tmp_path, home):
    data, scratch = tmp_path / "data", tmp_path / "tmp"
    data.mkdir()
    scratch.mkdir()
    file = data / "Siti.p2kp"
    made, protection = a_protected(file)
    made.close()
    people = planted()
    words, stick = [each for name, nik in people for each in (name.split()[0], nik)], tmp_path / "stik"
    photograph(stick / "DCIM", people)
    assert {path.name for path in hits(words, stick)} == {"lembar.jpg", f"{people[5][0]}.png", "pindaian.pdf"}
    places = (data, scratch, home, stick)
    file.chmod(0o644)
    process = subprocess.Popen([sys.executable, "-c", _WORK, str(file), str(stick)], stdin=subprocess.PIPE,
                               stdout=subprocess.PIPE, text=True, cwd=tmp_path,
                               env=os.environ | {"PYTHONPATH": str(ROOT), "TMPDIR": str(scratch)})
    try:
        process.stdin.write("\n".join("|".join(each) for each in people))
        process.stdin.close()
        assert process.stdout.readline() == "siap\n"
        assert {"Siti.p2kp", "Siti.p2kp-wal", "Siti.p2kp.kunci"} <= {path.name for path in data.rglob("*")}
        assert (data / "Siti.p2kp-wal").stat().st_size
        assert hits(words, *places) == []
    finally:
        process.kill()
        process.wait()
        process.stdout.close()
    assert hits(words, *places) == []
    assert len([*sealed.folder(file, sealed.ATTACHED).iterdir()]) == 4  # photos, the scan, its one page by itself
    assert [path for path in (home, *data.rglob("*")) if path.stat().st_mode & 0o077] == []
    assert [path.name for path in home.rglob("*") if "Sementara" in path.parts and path.is_file()] == []
    forgotten(protection)
    password.unlock(file, PASSWORD)
    with open_workspace(file) as workspace:
        assert soundness.check(workspace) == []
        with workspace.asking() as connection:
            assert connection.exec_driver_sql("SELECT count(*) FROM household").scalar() == MANY + 2
    assert hits(words, *places) == []


def test_the_search_finds_what_is_in_clear(tmp_path):
    (name, nik), *_ = planted()
    (tmp_path / "a").write_bytes(b"x" + name.encode())
    (tmp_path / "b").write_bytes(b"x" + nik.encode("utf-16-le"))
    assert len(hits([name.split()[0], nik], tmp_path)) >= 2
