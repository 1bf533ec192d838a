"""Choosing files and folders: the system's own dialog, or Qt's with our words; nothing waits for it."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import cast

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QWidget

from p2kp_desktop.actions.practice import first_start
from p2kp_desktop.language import say

from . import drives

_BOUNDARIES = "*.geojson *.json *.shp *.zip *.gpkg *.kml *.kmz"
_TABLES = "*.xlsx *.xls *.ods *.csv *.xlsm *.tsv *.txt"


def where_files_come(workspace: str) -> Path | None:
    """Return the folder with what others hand over in a practice village, None in other workspaces."""
    folder = first_start.files_of(Path(workspace))
    return folder if folder.is_dir() else None


def choose_files(parent: QWidget, folder: Path | None, then: Callable[[list[Path]], object]) -> QFileDialog:
    """Let the user choose bundles; `then` gets them."""
    dialog = _dialog(parent, say("Pilih berkas paket"), folder)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFiles)
    dialog.setNameFilters([say("Paket P2KP (*.xlsx *.segel)"), say("Semua berkas (*)")])
    dialog.filesSelected.connect(lambda chosen: then([Path(each) for each in chosen]))
    dialog.open()
    return dialog


def choose_table(parent: QWidget, folder: Path | None, then: Callable[[Path], object]) -> QFileDialog:
    """Let the user choose a workbook; `then` gets it."""
    dialog = _dialog(parent, say("Pilih berkas Excel"), folder)
    dialog.setNameFilters([say("Tabel Excel, LibreOffice, atau CSV ({names})", names=_TABLES), say("Semua berkas (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[-1])))
    dialog.open()
    return dialog


def choose_boundaries(parent: QWidget, then: Callable[[Path], object]) -> QFileDialog:
    """Let the user choose a file of boundaries; `then` gets it."""
    dialog = _dialog(parent, say("Pilih berkas batas wilayah"), None)
    dialog.setNameFilters([say("GeoJSON, Shapefile, GeoPackage, KML ({names})", names=_BOUNDARIES),
                           say("Semua berkas (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[-1])))
    dialog.open()
    return dialog


def choose_update(parent: QWidget, then: Callable[[Path], object]) -> QFileDialog:
    """Let the user choose an update of the program; `then` gets it."""
    stick = next((folder for _name, folder in drives.removable()), None)
    dialog = _dialog(parent, say("Pilih berkas pembaruan"), stick)
    dialog.setNameFilters([say("Pembaruan P2KP (*.p2kpupdate)"), say("Semua berkas (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[-1])))
    dialog.open()
    return dialog


def choose_folder(parent: QWidget, folder: Path | None, then: Callable[[Path], object]) -> QFileDialog:
    """Let the user choose a folder; `then` gets it."""
    dialog = _dialog(parent, say("Pilih folder"), folder)
    dialog.setFileMode(QFileDialog.FileMode.Directory)
    dialog.setOption(QFileDialog.Option.ShowDirsOnly)
    # Qt's own dialog selects every folder on the way to a typed path; the last is the one typed.
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[-1])))
    dialog.open()
    return dialog


def choose_target(
    parent: QWidget, name: str, then: Callable[[Path], object], endings: Sequence[str] = (".xlsx",),
    folder: Path | None = None,
) -> QFileDialog:
    """Let the user say where a file is saved and under which name; `then` gets the path.

    The kinds of file offered are those of the endings, the first of them unless another is typed or chosen.
    """
    kinds = {".xlsx": say("Buku kerja Excel (*.xlsx)"), ".csv": say("Tabel CSV (*.csv)"),
             ".pdf": say("Dokumen PDF (*.pdf)"),
             ".docx": say("Dokumen Word (*.docx)"), ".geojson": say("Peta untuk GIS (*.geojson)")}
    dialog = _dialog(parent, say("Simpan berkas"), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    for ending in endings:
        kinds.setdefault(ending, say("Foto atau pindaian (*{ending})", ending=ending))
    dialog.setNameFilters([*(kinds[ending] for ending in endings), say("Semua berkas (*)")])
    dialog.filterSelected.connect(lambda kind: _end_as(dialog, kind, kinds))
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Simpan"))
    dialog.setDefaultSuffix(endings[0][1:])
    dialog.selectFile(name)
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[0])))
    dialog.open()
    return dialog


def _end_as(dialog: QFileDialog, chosen: str, kinds: Mapping[str, str]) -> None:
    """Let the name end as the kind of file that was chosen."""
    ending = next((each for each, kind in kinds.items() if kind == chosen), "")
    if ending:
        dialog.setDefaultSuffix(ending[1:])
        for name in dialog.selectedFiles()[:1]:
            dialog.selectFile(Path(name).with_suffix(ending).name)


def _dialog(parent: QWidget, title: str, folder: Path | None) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder or drives.documents() or ""))
    words = {
        QFileDialog.DialogLabel.LookIn: say("Lihat di:"), QFileDialog.DialogLabel.FileName: say("Nama:"),
        QFileDialog.DialogLabel.FileType: say("Jenis:"), QFileDialog.DialogLabel.Accept: say("Pilih"),
        QFileDialog.DialogLabel.Reject: say("Batal"),
    }
    for label, text in words.items():
        dialog.setLabelText(label, text)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def copied() -> QMimeData:
    """Return the content of the clipboard, copied here or elsewhere; empty where it has none at all."""
    given = cast("QMimeData | None", QGuiApplication.clipboard().mimeData())
    return QMimeData() if given is None else given


def dropped(given: QMimeData) -> Sequence[Path]:
    """Return the files among what was dropped or copied."""
    paths = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
