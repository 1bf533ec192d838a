"""A bundle whose cells somebody changed on the way."""

import openpyxl

WHY = "ditanyakan kepada Ketua RT"


def edited(path, row=4, *, title="Rumah Tangga", **cells):
    """Return a copy of a bundle with other contents in the cells of a row, by question."""
    book = openpyxl.load_workbook(path)
    sheet = book[title]
    keys = {cell.value: cell.column for cell in sheet[1]}
    for key, value in cells.items():
        sheet.cell(row, keys[key]).value = value
    target = path.with_name(f"diubah-{'-'.join(cells)}.xlsx")
    book.save(target)
    return target
