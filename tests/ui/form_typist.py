"""Types one household after another until it is killed; says after each field what must be on disk by then.

Run as: python form_typist.py WORKSPACE KELURAHAN
"""

import os
import sys
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
sys.path.insert(0, str(Path(__file__).parents[2]))

from PySide6.QtWidgets import QApplication

from p2kp_desktop.actions.common import workspaces
from p2kp_desktop.forms import Household
from p2kp_desktop.schema import Choice
from p2kp_desktop.store import open_workspace
from tests.ui.form_driver import Driver, scope


def main(location, area):
    application = QApplication([])
    workspaces.init(location, role="facilitator", name="Siti", regions=[area]).close()
    with open_workspace(location) as workspace:
        driver = Driver(workspace)
        driver.enter("household", scope=scope(area))
        for number in range(1, 10_000):
            while driver.keying.after(driver.focus):
                key = driver.focus
                if isinstance(Household.question(key), Choice):
                    driver.type("a")
                else:
                    driver.type("4/10/22" if key == "survey_date" else "2")
                    driver.press("Enter")
                tell(driver, number)
            driver.press("Ctrl+Enter")
            tell(driver, number + 1)
    return application


def tell(driver, number):
    driver.settle()
    answers = driver.keying.draft() if driver.keying.is_touched else {}
    print(number - 1, len(answers), driver.focus, flush=True)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
