"""The English catalogue: collects every text, keeps the translations there are, compiles what gettext reads."""

import sys
from datetime import UTC, datetime

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

from steps import ROOT
from texts import every_text

FOLDER = ROOT / "resources" / "language"
NO_TIME = datetime(2000, 1, 1, tzinfo=UTC)
PO, MO = FOLDER / "en.po", FOLDER / "en.mo"

_DATED = ('"POT-Creation-Date', '"PO-Revision-Date', '"Generated-By', '"Last-Translator', '"Language-Team')


def kept() -> Catalog:
    """Return the catalogue as it stands, of no time: one that does not say when it was made counts as made now."""
    with PO.open("rb") as file:
        catalogue = read_po(file, locale="en")
    catalogue.creation_date = NO_TIME
    return catalogue


def renewed(before: Catalog) -> Catalog:
    """Return a catalogue of the texts there are now, with the translations there were."""
    after = Catalog(
        locale="en", project="P2KP Desktop", version="1", charset="utf-8", fuzzy=False,
        header_comment="# English texts of P2KP Desktop. The source language is Indonesian.",
    )
    for one in every_text():
        context = one.context or None
        known = before.get(one.text, context)
        counts = known is not None and isinstance(known.id, tuple)  # it has other words for one thing than for several
        name = (one.text, one.text) if counts else one.text
        after.add(name, known.string if known else "", locations=[(one.where, 1)], context=context)
    return after


def untranslated(catalogue: Catalog) -> list[str]:
    """Return the texts that have no English yet."""
    return [str(message.id) for message in catalogue if message.id and not all(_shapes(message))]


def _shapes(message: Message) -> tuple[object, ...]:
    return tuple(message.string) if isinstance(message.string, tuple) else (message.string,)


def write(catalogue: Catalog) -> None:
    """Write both files; neither says when, so that the same texts give the same bytes."""
    with PO.open("wb") as file:
        write_po(file, catalogue, width=110, include_lineno=False)
    lines = PO.read_text(encoding="utf-8").split("\n")
    PO.write_text("\n".join(line for line in lines if not line.startswith(_DATED)), encoding="utf-8")
    with MO.open("wb") as file:
        write_mo(file, kept())


def main() -> int:
    """Renew the catalogue and say what is missing; 1 while something is."""
    catalogue = renewed(kept())
    write(catalogue)
    missing = untranslated(catalogue)
    for text in missing:
        print(f"No English yet: {text}")
    print(f"{len(catalogue)} texts, {len(missing)} without English.")
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
