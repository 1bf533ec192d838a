"""A place for the certificate that the province may have: P2KP_SIGN=certificate.pfx signs what nobody signed.

Then the setup, its uninstaller and the libraries without a signature carry that one; what Qt, Microsoft and the Python
foundation signed stays as it is. osslsigncode signs on Linux; nothing is sent anywhere, unless P2KP_SIGN_TIME names a
server of times (RFC 3161), without which a signature ends with its certificate. The password stands in the file that
P2KP_SIGN_PASSWORD names, never in a command that others see. A signature has a time in it, so a signed setup is not the
same bytes twice: its files are, as SHA256.txt inside it says, but for the signatures.
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from steps import Stopped
from windows import signatures

PROGRAM = "P2KP Desktop"


@dataclass(frozen=True)
class Certificate:
    """A file with certificate and key, the file with its password or "", and a server of times or ""."""

    file: Path
    password: str = ""
    times: str = ""


def wanted(settings: Mapping[str, str] = os.environ) -> Certificate | None:
    """The certificate that the environment names, None for none; raises Stopped where it cannot be used."""
    if not settings.get("P2KP_SIGN"):
        return None
    file, password = Path(settings["P2KP_SIGN"]), settings.get("P2KP_SIGN_PASSWORD", "")
    for path in filter(None, (str(file), password)):
        if not Path(path).is_file():
            raise Stopped(f"{path} is to be signed with, and is not there.")
    if shutil.which("osslsigncode") is None:
        raise Stopped("Signing is done by osslsigncode. Run once: apt-get install osslsigncode")
    return Certificate(file.resolve(), password, settings.get("P2KP_SIGN_TIME", ""))


def command(certificate: Certificate, source: Path | str, target: Path | str) -> list[str]:
    """What signs one file into another."""
    return [
        "osslsigncode", "sign", "-pkcs12", str(certificate.file),
        *(["-readpass", str(Path(certificate.password).resolve())] if certificate.password else []),
        *(["-ts", certificate.times] if certificate.times else []),
        "-h", "sha256", "-n", PROGRAM, "-in", str(source), "-out", str(target),
    ]


def sign(certificate: Certificate, path: Path) -> None:
    """Sign a file in its place; raises Stopped with osslsigncode's reason."""
    beside = path.with_name(f"{path.name}.signed")
    beside.unlink(missing_ok=True)
    done = subprocess.run(command(certificate, path, beside), capture_output=True, text=True, check=False)
    if done.returncode != 0:
        beside.unlink(missing_ok=True)
        raise Stopped(f"{path.name} could not be signed: {(done.stderr or done.stdout).strip()}")
    beside.replace(path)


def sign_unsigned(certificate: Certificate, program: Path) -> Sequence[str]:
    """Sign the programs and libraries of a folder that nobody signed; their names."""
    names = signatures.unsigned(program)
    for name in names:
        sign(certificate, program / name)
    return names


def for_nsis(certificate: Certificate | None) -> list[str]:
    """What makensis is told, so that the uninstaller is signed before it goes into the setup."""
    if certificate is None:
        return []
    said = shlex.join(command(certificate, "%1", "%1.signed"))
    return [f"-DSIGN={said} && mv '%1.signed' '%1'"]
