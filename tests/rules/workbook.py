"""The official workbook's own counting, written anew from its formulas, in floating point as a spreadsheet does.

It knows nothing of the program's rules: a questionnaire is a mapping from printed number to letter.
"""

import math

Letters = dict[str, str | None]


def spreadsheet(number: float) -> float:
    """Return the number as a spreadsheet sees it: 15 significant digits."""
    return float(f"{number:.15g}")


def regular(q: Letters) -> bool:
    return q["1"] == "a" and q["2"] == "a" and q["3"] in ("a", "b") and q["4"] in ("a", "b") and q["5"] == "a"


def sound(q: Letters) -> bool:
    return q["9"] == "a" and q["10"] == "a" and q["11"] == "a"


def safe_water(q: Letters) -> bool:
    return q["12"] in ("a", "b", "f") or (q["12"] in ("c", "d", "e") and q["13"] == "a")


def fit_latrine(q: Letters) -> bool:
    return q["15"] != "c" and q["16"] == "a" and q["17"] == "a"


def volumes(questionnaires: list[Letters], kk: int) -> dict[str, float]:
    """Return the census volumes of the sheet «Kekumuhan Awal_RT»; at least one questionnaire."""
    count = len(questionnaires)

    def failing(good) -> int:
        return sum(not good(q) for q in questionnaires)

    def share(good) -> float:
        return spreadsheet(failing(good) / count * kk)

    return {
        "1a": failing(regular),
        "1c": failing(sound),
        "3a": math.floor(share(safe_water) + 0.5),
        "3b": math.floor(share(lambda q: q["14"] == "a") + 0.5),
        "5a": math.floor(share(lambda q: q["15"] == "a")),
        "5b": math.floor(share(fit_latrine)),
        "6b": math.floor(share(lambda q: q["18"] not in ("c", "d", "e") and q["19"] == "a")),
    }


def score(volume: float, of: float) -> int:
    """Return the score of the unrounded fraction; the program's 0 for a zero denominator."""
    if of == 0:
        return 0
    fraction = spreadsheet(volume / of)
    return 5 if fraction >= 0.75995 else 3 if fraction >= 0.50995 else 1 if fraction >= 0.24995 else 0


def level(total: int) -> str:
    return "berat" if total >= 60 else "sedang" if total >= 38 else "ringan" if total >= 16 else "tidak_kumuh"
