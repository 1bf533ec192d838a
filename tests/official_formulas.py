"""The formulas of the two recap sheets of the official RT workbook, put into a workbook that somebody filled in.

They are written from what is known of the ministry's workbook, and know nothing of the program's rules: a household
is a row of the A3 form, an area answer a cell of the sheet of the surroundings.
"""

from tests.official_workbook import A3, AREA

LOGBOOK, SLUM = "C. Rekap data RT (logbook SIM)", "Kekumuhan Awal_RT"
ROWS = (11, 160)
CRITERIA = {14: "Unit", 15: "Ha", 16: "Unit", 18: "m", 19: "m", 21: "KK", 22: "KK", 24: "Ha", 25: "m", 26: "m",
            28: "KK", 29: "KK", 31: "KK", 32: "KK", 34: "Unit", 35: "Unit"}
ASPECTS = {17: (14, 15, 16), 20: (18, 19), 23: (21, 22), 27: (24, 25, 26), 30: (28, 29), 33: (31, 32), 36: (34, 35)}


def column(letters):
    return f"'{A3}'!{letters}{ROWS[0]}:{letters}{ROWS[1]}"


def area(cell):
    return f"'{AREA}'!{cell}"


def marked(*letters):
    """Say of every household whether one of these options is marked."""
    return "(" + "+".join(f"({column(each)}=1)" for each in letters) + ">0)"


def count(*conditions):
    return f"SUMPRODUCT({'*'.join(conditions)}*{marked('BS', 'BT')})"


REGULAR = count(marked("F"), marked("H"), marked("J", "K"), marked("M", "N"), marked("P"))
ROOMY = (f"SUMPRODUCT(--({column('R')}*{column('S')}*{column('T')}>=7.2*({column('BV')}+{column('BW')})),"
         f"--{marked('BS', 'BT')})")
SOUND = count(marked("V"), marked("X"), marked("Z"))
SAFE = count(f"(({marked('AB', 'AC', 'AG')}+{marked('AD', 'AE', 'AF')}*{marked('AM')})>0)")
FIT = count(f"(1-{marked('AT')})", marked("AU"), marked("AW"))
EVENT = f"AND({area('V19')}=1,{area('X19')}=1,{area('Z19')}=1)"
WASTE = f"AND({area('B28')}=1,{area('D28')}=1)"
WORKS = f"OR({area('P28')}=1,{area('S28')}=1)"
EQUIPMENT = f"OR({area('O28')}=1,{area('Q28')}=1)"


def logbook():
    """Return the formulas of the logbook by cell; percents are parts of 1."""
    cells = {
        7: f"SUMPRODUCT({marked('BS', 'BT')}*1)", 8: f"SUM({column('BU')})", 9: f"SUM({column('BS')})",
        10: f"SUM({column('BT')})", 11: f"SUM({column('BV')})", 12: f"SUM({column('BW')})", 13: "D11+D12",
        18: REGULAR, 19: "D18/D7", 20: area("C19"), 21: area("D19"), 22: "D21/D20", 23: "IF(D22>250,D20,0)",
        24: ROOMY, 25: "D24/D7", 26: SOUND, 27: "D26/D7", 28: area("H19"), 29: area("I19"), 30: area("J19"),
        31: area("K19"), 32: "D31/D33", 33: "D28+D31", 34: "D28/D33", 35: area("M19"), 36: area("N19"),
        37: area("O19"), 38: area("P19"), 39: area("Q19"), 40: area("R19"), 41: "SUM(D35:D38)", 42: "D41/D33",
        43: f"IF({EVENT},D20-{area('AA19')},D20)", 44: f"IF({EVENT},1-{area('AA19')}/D20,1)", 45: area("AE19"),
        46: area("AH19") + "+0", 47: "D46/D50", 48: "0", 49: "D48/D50", 50: "D45+D46", 51: "0", 52: "D51/D50",
        53: area("AJ19"), 54: "D53/D50", 55: SAFE, 56: "D55/D7", 57: count(marked("AO")), 58: "D57/D7",
        59: count(marked("AR")), 60: "D59/D7", 61: FIT, 62: "D61/D7", 63: f"IF({area('AL19')}=1,1,0)",
        64: f"IF({WASTE},D8,0)", 65: "D64/D8", 66: count(marked("AY", "AZ"), marked("BD")), 67: "D66/D7", 68: "0",
        69: "D68/D8", 70: f"IF({WORKS},D7,0)", 71: "D70/D7", 72: f"IF({EQUIPMENT},D7,0)", 73: "D72/D7",
        76: count(marked("CQ")), 77: "D76/D7", 78: count(marked("CV")), 79: "D78/D7", 80: "D81/D82", 81: "D13",
        82: area("B19"), 106: area("AG28") + "+0", 107: area("AH28") + "+0", 108: area("AK28") + "+0",
        109: area("AL28") + "+0",
    }
    for first, letters in ((83, "BF BG BH BI BJ BK BL"), (90, "BM BN BO BP BQ"), (95, "BZ CA CB CC CD CE"),
                           (101, "CI CJ CK CL CM")):
        cells |= {first + place: f"SUM({column(each)})" for place, each in enumerate(letters.split())}
    return {f"D{row}": f"={formula}" for row, formula in cells.items()}


def slum():
    """Return the formulas of the slum sheet by cell, over the logbook."""
    log = f"'{LOGBOOK}'!"
    failing = {21: 55, 22: 57, 28: 59, 29: 61, 32: 66}
    rounding = {21: "ROUND({},0)", 22: "ROUND({},0)"}
    volumes = {
        14: f"{log}D7-{log}D18", 15: f"{log}D23", 16: f"{log}D7-{log}D26", 18: f"{log}D31",
        19: f"MAX(0,{log}D28-{log}D41)", 24: f"{log}D20-{log}D43", 25: f"{log}D46", 26: f"MAX(0,{log}D45-{log}D53)",
        31: f"{log}D8-{log}D64", 34: f"{log}D7-{log}D70", 35: f"{log}D7-{log}D72",
        **{row: rounding.get(row, "ROUNDDOWN({},0)").format(f"({log}D7-{log}D{good})/{log}D7*{log}D8")
           for row, good in failing.items()},
    }
    return scored(
        volumes, {"E3": f"={log}D20", "E4": f"={log}D7", "E5": f"={log}D7", "E6": f"={log}D13", "E7": f"={log}D8"},
        {"m": None, "road": f"{log}D33", "drain": f"{log}D50"},
    )


def scored(volumes, heads, lengths):
    """Return the cells of a slum sheet with these volumes: percents, scores, means, total and level."""
    cells = dict(heads)
    of = {"Unit": "E5", "Ha": "E3", "KK": "E7"}
    for row, unit in CRITERIA.items():
        whole = of.get(unit) or lengths["road" if row < 20 else "drain"]
        cells |= {f"C{row}": f"={volumes[row]}", f"E{row}": f"=C{row}/{whole}",
                  f"F{row}": f"=IF(E{row}>=0.75995,5,IF(E{row}>=0.50995,3,IF(E{row}>=0.24995,1,0)))"}
    for row, some in ASPECTS.items():
        cells[f"E{row}"] = "=(" + "+".join(f"IF(F{each}>0,E{each},0)" for each in some) + f")/{len(some)}"
    cells["F37"] = "=" + "+".join(f"F{row}" for row in CRITERIA)
    cells["F39"] = ('=IF(F37>=60,"KUMUH BERAT",IF(F37>=38,"KUMUH SEDANG",IF(F37>=16,"KUMUH RINGAN","TIDAK KUMUH")))')
    cells["F41"] = "=(" + "+".join(f"E{row}" for row in ASPECTS) + ")/7"
    return cells
