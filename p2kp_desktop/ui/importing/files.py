"""The files of an import: which one comes in, where a template, a copy with remarks or an RT goes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QMimeData
from PySide6.QtWidgets import QFileDialog, QWidget

from p2kp_desktop.language import say
from p2kp_desktop.ui.files import drives

_TABLES = "*.xlsx *.xls *.ods *.csv *.xlsm *.tsv *.txt"


def choose_table(parent: QWidget, folder: Path | None, then: Callable[[Path], object]) -> QFileDialog:
    """Let the user choose a workbook; `then` gets it."""
    dialog = _dialog(parent, say("Pilih berkas Excel"), folder)
    dialog.setNameFilters([say("Tabel Excel, LibreOffice, atau CSV ({names})", names=_TABLES), say("Semua berkas (*)")])
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[-1])))
    dialog.open()
    return dialog


def choose_target(parent: QWidget, name: str, folder: Path | None, then: Callable[[Path], object]) -> QFileDialog:
    """Let the user say where a workbook is saved and under which name; `then` gets the path."""
    dialog = _dialog(parent, say("Simpan berkas"), folder)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setLabelText(QFileDialog.DialogLabel.Accept, say("Simpan"))
    dialog.setDefaultSuffix("xlsx")
    dialog.selectFile(name)
    dialog.filesSelected.connect(lambda chosen: then(Path(chosen[0])))
    dialog.open()
    return dialog


def _dialog(parent: QWidget, title: str, folder: Path | None) -> QFileDialog:
    dialog = QFileDialog(parent, title, str(folder or drives.documents() or ""))
    dialog.setNameFilters([say("Buku kerja Excel (*.xlsx)"), say("Semua berkas (*)")])
    words = {
        QFileDialog.DialogLabel.LookIn: say("Lihat di:"), QFileDialog.DialogLabel.FileName: say("Nama:"),
        QFileDialog.DialogLabel.FileType: say("Jenis:"), QFileDialog.DialogLabel.Accept: say("Pilih"),
        QFileDialog.DialogLabel.Reject: say("Batal"),
    }
    for label, text in words.items():
        dialog.setLabelText(label, text)
    dialog.finished.connect(dialog.deleteLater)
    return dialog


def dropped(given: QMimeData) -> Sequence[Path]:
    """Return the files among what was dropped or copied."""
    paths = [Path(url.toLocalFile()) for url in given.urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]
