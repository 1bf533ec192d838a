"""How long blank forms take on paper, beside typst alone setting as many pages of the same kind without a program.

Prints one line of JSON: seconds and MB of each job in a process of its own, and how many times as long it takes as the
floor: pages with a background, some words and a drawing, set from one template in one go. Times are of the processor.
"""

import json
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

FORMS = 1000
SIDES = 2
WIDE, HIGH = "215mm", "330mm"
PLAIN = """
#set page(width: {wide}, height: {high}, margin: 0mm)
#for n in range({pages}) {{
  page({{
    place(top + left, image("body.svg", width: {wide}))
    for line in range(8) {{ place(top + left, dx: 20mm, dy: line * 8mm, text(size: 9pt, "Lembar " + str(n))) }}
    place(top + right, image(bytes("<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 29 29'><path d='M0 0h7v"
      + str(n) + "h-7z'/></svg>"), format: "svg", width: 17mm))
  }})
}}
"""
BODY = "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 215 330'><path d='M9 9h190v300h-190z' fill='none'/></svg>"


def peak_mb() -> int:
    """Return the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def forms(count: int) -> dict[str, float]:
    """Set so many household forms on F4; return seconds of the processor, MB, and how large the file is."""
    from p2kp_desktop.printing import making
    from p2kp_desktop.printing.pages.document import Asked
    from p2kp_desktop.printing.pages.paper import F4

    making.make(None, "blank:household", Asked(sheet=F4, preview=True))  # fonts and typst are loaded once a start
    started = time.process_time()
    made = making.make(None, "blank:household", Asked(sheet=F4, count=count))
    return {"s": time.process_time() - started, "mb": peak_mb(), "file_mb": len(made.pdf) / 1e6}


def first(_count: int) -> dict[str, float]:
    """Set the first of many for the eye, in a process that did nothing before: seconds of the processor."""
    from p2kp_desktop.printing import making
    from p2kp_desktop.printing.pages.document import Asked

    started = time.process_time()
    making.make(None, "blank:household", Asked(count=FORMS, preview=True))
    return {"s": time.process_time() - started, "mb": peak_mb()}


def plain(count: int) -> dict[str, float]:
    """Set as many sides with typst alone."""
    import typst

    from p2kp_desktop import environment

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False,
                        font_paths=[str(environment.resources() / "fonts")])
    with tempfile.TemporaryDirectory(prefix="p2kp-bench-") as name:
        folder = Path(name)
        (folder / "body.svg").write_text(BODY, encoding="utf-8")
        (folder / "page.typ").write_text(PLAIN.format(wide=WIDE, high=HIGH, pages=count * SIDES), encoding="utf-8")
        started = time.process_time()
        typst.Compiler(str(folder / "page.typ"), root=str(folder), font_paths=fonts).compile(
            format="pdf")
    return {"s": time.process_time() - started, "mb": peak_mb()}


def apart(job: str, count: int) -> dict[str, float]:
    """Run a job in a process of its own."""
    ran = subprocess.run([sys.executable, __file__, job, str(count)], check=True, capture_output=True, text=True)
    return {key: float(value) for key, value in json.loads(ran.stdout).items()}


def figures() -> dict[str, float]:
    """Measure all and give it names."""
    one, some, all_, seen = apart("forms", 1), apart("forms", 300), apart("forms", FORMS), apart("first", 1)
    return {
        "paper_first_page_s": round(seen["s"], 2), "paper_one_form_s": round(one["s"], 3),
        "paper_300_forms_s": round(some["s"], 2), "paper_1000_forms_s": round(all_["s"], 2),
        "paper_1000_forms_mb": all_["mb"], "paper_1000_forms_file_mb": round(all_["file_mb"], 1),
        "paper_300_forms_times_bare": round(some["s"] / apart("plain", 300)["s"], 1),
        "paper_1000_forms_times_bare": round(all_["s"] / apart("plain", FORMS)["s"], 1),
    }


if __name__ == "__main__":
    if len(sys.argv) > 1:
        print(json.dumps({"forms": forms, "first": first, "plain": plain}[sys.argv[1]](int(sys.argv[2]))))
    else:
        print(json.dumps(figures()))
