"""How the copies that still hold what was erased are named on the screen."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from p2kp_desktop.actions.upkeep import copies_left
from p2kp_desktop.actions.upkeep.copies_left import Remain
from p2kp_desktop.language import say

NAMED = 3  # files of a kind; of more there is the number

_COUNTED: dict[str, Callable[[int], str]] = {
    copies_left.BACKUP: lambda count: say("{count} cadangan", count=count),
    copies_left.ORIGINAL: lambda count: say("{count} berkas yang dulu diterima", count=count),
    copies_left.SENT: lambda count: say("{count} berkas yang dulu dikirim", count=count),
    copies_left.PHOTO: lambda count: say("{count} foto atau pindaian", count=count),
    copies_left.HALF: lambda count: say("{count} salinan yang terputus di tengah", count=count),
}


def words(found: Sequence[Remain]) -> Iterator[str]:
    """Yield sentences that name what was found."""
    here = [each for each in found if each.there]
    kinds = [(kind, [each.path for each in here if each.kind == kind]) for kind in _COUNTED]
    told = [f"{_COUNTED[kind](len(paths))} ({_names(paths)})" for kind, paths in kinds if paths]
    if told:
        yield say("Masih memuat data yang sudah dihapus: {copies}.", copies="; ".join(told))
    if any(each.kind == copies_left.UNUSED for each in here):
        yield say("Sisa datanya mungkin masih ada di bagian berkas ruang kerja yang tidak terpakai.")
    gone = [each.path for each in found if not each.there]
    if gone:
        yield away(gone)


def away(paths: Sequence[Path]) -> str:
    """Name files sent that are not where they were put."""
    return say("Pernah dikirim dan tidak terlihat lagi dari sini: {files}. Hapus juga di tempatnya, atau minta "
               "penerimanya menghapus.", files=_names(paths))


def _names(paths: Sequence[Path]) -> str:
    names = ", ".join(path.name for path in paths[:NAMED])
    return names if len(paths) <= NAMED else say("{names}, dan {count} lagi", names=names, count=len(paths) - NAMED)
