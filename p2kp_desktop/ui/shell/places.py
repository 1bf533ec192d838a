"""The places of the window: key, icon, name, what F1 says there, and how each is made when first gone to."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from typing import TYPE_CHECKING

from p2kp_desktop.language import say
from p2kp_desktop.ui.kit import rail

if TYPE_CHECKING:
    from p2kp_desktop.ui.desk import Desk
    from p2kp_desktop.ui.place import Place

HOME, COLLECTING, TRANSFER, SETTINGS, FORM = "home", "collecting", "transfer", "settings", "form"
BACKUPS, UPKEEP = "backups", "upkeep"


@dataclass(frozen=True)
class Spot:
    """A place as the window lists it: `within` is the place of the rail it belongs to."""

    key: str
    module: str
    kind: str
    icon: str
    name: Callable[[], str]
    help: Callable[[], str]
    within: str = ""
    at_foot: bool = False

    def make(self, desk: "Desk") -> "Place":
        """Make the place; its module is imported now and not before."""
        kind: Callable[[Desk], Place] = getattr(import_module(f"p2kp_desktop.ui.{self.module}"), self.kind)
        return kind(desk)


SPOTS = (
    Spot(
        HOME, "home.place", "HomePlace", "house", lambda: say("Beranda"),
        lambda: say(
            "Beranda menunjukkan keadaan wilayah yang dipilih di atas: pekerjaan yang menunggu, capaian 100-0-100, "
            "dan kelengkapan setiap RT. Setiap kartu dan setiap RT adalah tombol."
        ),
    ),
    Spot(
        COLLECTING, "collecting.place", "CollectingPlace", "clipboard-list", lambda: say("Pendataan"),
        lambda: say(
            "Di sini ada daftar RT dan rumahnya. Pilih RT, lalu rumah; atau mulai rumah baru dari tumpukan kertas. "
            "Survei kawasan dan rekap RT juga diisi di sini."
        ),
    ),
    Spot(
        TRANSFER, "transfer.place", "TransferPlace", "arrow-left-right", lambda: say("Kirim & Terima"),
        lambda: say(
            "Kirim membuat satu berkas Excel untuk kantor berikutnya. Terima membaca berkas dari orang lain dan "
            "menggabungkannya; yang tidak cocok ditunjukkan sebagai konflik untuk Anda pilih."
        ),
    ),
    Spot(
        FORM, "form.place", "FormPlace", "clipboard-list", lambda: say("Formulir"),
        lambda: say("Huruf di kertas memilih jawaban dan maju. F1 di sebuah pertanyaan menunjukkan petunjuknya."),
        within=COLLECTING,
    ),
    Spot(
        SETTINGS, "shell.settings_place", "SettingsPlace", "settings", lambda: say("Pengaturan"),
        lambda: say("Bahasa, warna layar, petunjuk tombol, dan ruang kerja mana yang terbuka."), at_foot=True,
    ),
    Spot(
        BACKUPS, "safety.place", "BackupsPlace", "shield-check", lambda: say("Cadangan dan pemulihan"),
        lambda: say(
            "Cadangan dibuat sendiri. Pilih satu dengan panah, tekan Enter, lalu pilih Ya, pulihkan untuk kembali ke "
            "keadaan itu; keadaan sekarang disimpan dulu."
        ),
        within=SETTINGS,
    ),
    Spot(
        UPKEEP, "upkeep.place", "UpkeepPlace", "users", lambda: say("Perawatan data"),
        lambda: say(
            "RT yang berganti nomor, bergabung, atau dipecah; data pribadi yang dihapus atas permintaan; laptop yang "
            "diserahkan; ruang kerja yang diistirahatkan. Semuanya meminta alasan dan bertanya sekali lagi."
        ),
        within=SETTINGS,
    ),
)
BY_KEY = {spot.key: spot for spot in SPOTS}
IN_RAIL = tuple(spot for spot in SPOTS if not spot.within)


def rail_places() -> tuple[rail.Place, ...]:
    """Return the places as the rail shows them."""
    return tuple(rail.Place(spot.key, spot.icon, spot.name(), at_foot=spot.at_foot) for spot in IN_RAIL)
