"""Names that Windows gives to no file, or to something else than a file, refused in words before anything is written.

«CON» is a device, «a:b.p2kp» a hidden stream of the file «a», and of 260 letters the last are not found again.
"""

import re
import sys
from pathlib import PurePath

from p2kp_desktop.language import Trouble, say

ON_WINDOWS = sys.platform == "win32"
LONGEST = 259  # letters of a whole path
_DEVICE = re.compile(r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|(?:COM|LPT)[1-9¹²³])\s*(?:\..*)?", re.IGNORECASE)
_NEVER = re.compile(r'[<>:"|?*\x00-\x1f]')


def must_fit(path: PurePath, *, spare: int = 0) -> None:
    """Raise Trouble where Windows could not make the file; `spare` letters more are needed for what stands beside it.

    Other systems take nearly every name, so nothing is refused there.
    """
    if ON_WINDOWS and (why := objection(path, spare=spare)):
        raise Trouble(why, safe="Belum ada yang ditulis.", remedy="Pilih nama atau folder lain, lalu ulangi.",
                      code="R35")


def objection(path: PurePath, *, spare: int = 0) -> str:
    """Say why Windows could not make a file of this name in this folder; "" where it could."""
    for part in path.parts[1:] if path.anchor else path.parts:
        if _DEVICE.fullmatch(part):
            return say("Nama «{name}» dipakai Windows untuk perangkat, bukan untuk berkas.", name=part)
        if found := _NEVER.search(part):
            sign = found[0] if found[0].isprintable() else say("tanda tak terlihat")
            return say("Nama «{name}» berisi «{sign}», yang tidak boleh ada dalam nama berkas.", name=part, sign=sign)
        if part.strip(".") and part.endswith((".", " ")):
            return say("Nama «{name}» berakhir dengan titik atau spasi, yang dibuang oleh Windows.", name=part)
    length, most = len(str(path)) + spare, LONGEST
    if length > most:
        return say("Nama folder dan berkasnya terlalu panjang: {length} huruf, paling banyak {most}.",
                   length=len(str(path)), most=most - spare)
    return ""
