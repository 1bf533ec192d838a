"""The annex of a decree on slum areas: what the law wants it to say of each kawasan, and what lacks."""

from collections.abc import Sequence
from fractions import Fraction

from p2kp_desktop.actions.scores import sk_annex
from p2kp_desktop.actions.scores.sk_annex import AnnexLine
from p2kp_desktop.language import say
from p2kp_desktop.rules.slum_class import CITY, NATION, PROVINCE
from p2kp_desktop.schema import written
from p2kp_desktop.schema.table import Column, Kind, Mark, Point, Table

from .areas import level
from .registry import Group, reports_of

report = reports_of(Group.FIGURES)


def _condition(line: AnnexLine) -> Mark | None:
    if line.assessed is None:
        return None
    score = line.assessed.score
    return Mark(score.level, level(score.total, line.assessed.regulation.level(score.total).name,
                                   provisional=score.provisional or line.rts_assessed < len(line.places)))


def _land(line: AnnexLine) -> Mark:
    if line.legal is None:
        return Mark("open", say("belum diketahui"))
    return Mark("legal", say("Legal")) if line.legal else Mark("illegal", say("Tidak legal"))


def _authority(line: AnnexLine) -> Mark | None:
    words = {CITY: say("Kabupaten/kota"), PROVINCE: say("Provinsi"), NATION: say("Pusat")}
    return Mark(line.authority, words[line.authority]) if line.authority else None


def _priority(line: AnnexLine) -> int | None:
    return line.slum_class.priority if line.slum_class else None


def _handling(line: AnnexLine) -> Mark | None:
    return Mark(line.handling.code, say(line.handling.name)) if line.handling else None


def _coordinates(line: AnnexLine) -> str:
    if line.middle is None:
        return ""
    latitude, longitude = line.middle
    north = say("LU") if latitude > 0 else say("LS")
    return f"{written.decimal(abs(latitude), 6)}° {north}, {written.decimal(longitude, 6)}° {say('BT')}"


def _lacking(line: AnnexLine) -> str:
    return say("belum lengkap: {what}", what="; ".join(line.lacking)) if line.lacking else ""


@report(lambda workspace, asked: sk_annex.annex(workspace, asked.area, asked.period))
def sk(lines: Sequence[AnnexLine] = ()) -> Table[AnnexLine]:
    """Return the annex with the list of locations."""
    incomplete = sum(bool(line.lacking) for line in lines)
    known = [Fraction(line.hectares) for line in lines if line.hectares is not None]
    return Table(
        "sk", say("Lampiran SK: daftar lokasi kawasan kumuh"), (
            Column("name", say("Nama lokasi"), Kind.NAME, lambda line: line.name, sample="Kawasan Seberang Ulu",
                   stretches=True, wraps=True),
            Column("hectares", say("Luas"), Kind.DECIMAL, lambda line: line.hectares, unit="ha", sample="000,00"),
            Column("scope", say("Lingkup administratif"), Kind.TEXT, lambda line: line.scope, sample="n" * 30,
                   wraps=True, gives_way=4),
            Column("coordinates", say("Koordinat"), Kind.TEXT, _coordinates, sample="2,983100° LS, 104,775400° BT",
                   gives_way=5),
            Column("latitude", say("Lintang"), Kind.DECIMAL, is_aside=True,
                   of=lambda line: line.middle[0] if line.middle else None),
            Column("longitude", say("Bujur"), Kind.DECIMAL, is_aside=True,
                   of=lambda line: line.middle[1] if line.middle else None),
            Column("total", say("Nilai"), Kind.WHOLE, sample="00", gives_way=3,
                   of=lambda line: line.assessed.score.total if line.assessed else None),
            Column("level", say("Kondisi kumuh"), Kind.SMALL, _condition,
                   sample=level(1, "Kumuh sedang", provisional=True)),
            Column("land", say("Status lahan"), Kind.SMALL, _land, sample=say("belum diketahui")),
            Column("class", say("Kelas"), Kind.IDENTITY, sample="A1", gives_way=2,
                   of=lambda line: line.slum_class.code if line.slum_class else None),
            Column("priority", say("Prioritas penanganan"), Kind.WHOLE, _priority, sample="0"),
            Column("handling", say("Pola penanganan"), Kind.TEXT, _handling, sample="Permukiman kembali", gives_way=1),
            Column("authority", say("Kewenangan"), Kind.TEXT, _authority, sample=say("Kabupaten/kota"), gives_way=6),
            Column("number", say("Nomor SK"), Kind.IDENTITY, lambda line: line.number, is_aside=True),
            Column("date", say("Tanggal SK"), Kind.DATE, lambda line: line.date or None, is_aside=True),
            Column("lacking", say("Kelengkapan"), Kind.TEXT, lambda line: _lacking(line) or say("lengkap"),
                   sample="n" * 24, wraps=True, gives_way=7),
        ),
        lines, known_by=lambda line: line.id, at=lambda line: Point(*line.middle) if line.middle else None,
        empty=say("Belum ada kawasan kumuh yang dicatat di sini."), explains=_lacking,
        sums={"hectares": sum(known, Fraction())},
        notes=(say("Belum lengkap: {count} lokasi; yang kurang disebut di kolom Kelengkapan.", count=incomplete),
               ) if incomplete else (),
    )
