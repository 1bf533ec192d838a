"""The official workbook of one RT, filled in as offices send it."""

import json

from openpyxl import Workbook

from p2kp_desktop import environment

A3, AREA = "Form FGD RT Versi 1 Lembar A3", "Form Lingkungan TK RT"
SITI = {"D": "SITI AMINAH", "E": "1671064507800003", "F": 1, "H": 1, "J": 1, "N": 1, "P": 1, "R": 8, "S": 6.5, "T": 1,
        "U": 4, "V": 1, "X": 1, "Z": 1, "AD": 1, "AM": 1, "AO": 1, "AR": 1, "AU": 1, "AW": 1, "AY": 1, "BD": 1,
        "BF": 1, "BM": 1, "BS": 1, "BU": 1, "BV": 2, "BW": 2, "BY": 0, "CB": 1, "CF": 1, "CI": 1, "CN": 1, "CQ": 1,
        "CS": 1, "CV": 1}


SURVEY = {"B19": 2.5, "C19": 1.6, "D19": 60, "E19": 0, "H19": 400, "I19": 300, "J19": 250, "K19": 100, "M19": 200,
          "N19": 20, "O19": 50, "P19": 10, "Q19": 150, "R19": 20, "T19": 1, "AE19": 300, "AG19": 1, "AJ19": 210,
          "AK19": 1, "B28": 1, "E28": 1, "F28": 1, "K28": 1, "P28": 1, "Q28": 1, "T28": 1, "W28": 1, "AA28": 1,
          "AH28": 1, "AL28": 1}


def filled(path, *rows, survey=SURVEY, cover=None, change=None):
    """Make a workbook with the official headings, one household a row from row 11 on."""
    headings = json.loads((environment.resources() / "official" / "rt_workbook.json").read_text("utf-8"))["headings"]
    book = Workbook()
    book.active.title = "Cover"
    here = {"F17": "SUMATERA SELATAN", "F18": "PALEMBANG", "F19": "ILIR BARAT DUA", "F20": "35 ILIR",
            "F21": "RT014-RW005", "F22": "4 Oktober 2022"} if cover is None else cover
    for cell, value in here.items():
        book["Cover"][cell] = value
    for title, cells in headings.items():
        sheet = book[title] if title in book.sheetnames else book.create_sheet(title)
        for cell, text in cells.items():
            sheet[cell] = int(text) if text.isdigit() else text
    for row, answers in enumerate(rows, start=11):
        for column, value in answers.items():
            book[A3][f"{column}{row}"] = value
    for cell, value in survey.items():
        book[AREA][cell] = value
    if change:
        change(book)
    book.save(path)
    return path
