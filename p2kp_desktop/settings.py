"""The program's settings, each stated once; kept in one small file per user."""

import json
import os
from dataclasses import asdict, dataclass, fields
from pathlib import Path

from p2kp_desktop import environment

LONGEST_NAME = 120  # letters of a workspace's or a person's name


@dataclass(frozen=True)
class Settings:
    """What the user chose: language ("id" or "en"), look ("system", "light", "dark"), the last workspace.

    `second_backups` is the folder, perhaps on another disk, that backups are copied to as well; "" for none.
    `guide` is "closed" once the guide of the first household was finished or not wanted.
    `in_clear` is the last workspace that somebody chose to leave without a password; it is not asked about again.
    `lock_minutes` is after how long without a key the window of a protected workspace is covered; 0 for never.
    """

    language: str = "id"
    look: str = "system"
    workspace: str = ""
    key_legend: bool = True
    second_backups: str = ""
    guide: str = ""
    in_clear: str = ""
    lock_minutes: int = 10


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
    return Settings(**{each.name: kept[each.name] for each in fields(Settings)
                       if type(kept.get(each.name)) is type(each.default)})


def save(settings: Settings) -> None:
    """Keep the settings, whole or not at all."""
    path = _path()
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    with part.open("w", encoding="utf-8") as file:
        json.dump(asdict(settings), file, indent=1)
        file.flush()
        os.fsync(file.fileno())
    part.replace(path)
