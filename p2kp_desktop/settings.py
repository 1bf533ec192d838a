"""The program's settings, each stated once; kept in one small file per user."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from p2kp_desktop import environment, held_files, portable
from p2kp_desktop.language import Trouble, say

LONGEST_NAME = 120  # letters of a workspace's or a person's name


@dataclass(frozen=True)
class Settings:
    """What the user chose: language ("id" or "en"), look ("system", "light", "dark"), the last workspace.

    `second_backups` is the folder, perhaps on another disk, that backups are copied to as well; "" for none.
    `guide` is "closed" once the guide of the first household was finished or not wanted; `stick` is "laptop" once
    somebody who started the program from a stick wanted the data here.
    `lock_minutes` is after how long without a key the window of a protected workspace is covered; 0 for never.
    `photo_places` says whether the place where a photo was taken is recorded with its attachment; never in its file.
    """

    language: str = "id"
    look: str = "system"
    workspace: str = ""
    key_legend: bool = True
    second_backups: str = ""
    guide: str = ""
    stick: str = ""
    lock_minutes: int = 10
    photo_places: bool = True


_PATHS = ("workspace", "second_backups")  # kept from the program on, where it carries its data


def _path() -> Path:
    return environment.home() / "settings.json"


def load() -> Settings:
    """Return the settings; defaults where the file is missing, damaged, or of another release."""
    try:
        kept = json.loads(_path().read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return Settings()
    if not isinstance(kept, dict):
        return Settings()
    known = {each.name: kept[each.name] for each in fields(Settings)
             if type(kept.get(each.name)) is type(each.default)}
    return Settings(**known | {name: portable.found(known[name]) for name in _PATHS if name in known})


def save(settings: Settings) -> None:
    """Keep the settings, whole or not at all; raise Trouble where their disk refuses."""
    path = _path()
    part = path.with_suffix(".part")
    noted = asdict(settings) | {name: portable.kept(getattr(settings, name)) for name in _PATHS}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with part.open("w", encoding="utf-8") as file:
            json.dump(noted, file, indent=1)
            file.flush()
            os.fsync(file.fileno())
        held_files.put(part, path)
    except OSError as error:
        raise Trouble(
            say("Pengaturan tidak dapat disimpan di {folder}: {why}.", folder=path.parent,
                why=error.strerror or str(error)),
            remedy="Periksa ruang disk dan izin folder itu, lalu ubah lagi.", code="S03",
        ) from error
