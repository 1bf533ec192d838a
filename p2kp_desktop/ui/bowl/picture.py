"""The bowl of a kelurahan as a picture for a slide or a report: the bowl, its parts, and where it comes from."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter

from p2kp_desktop.actions.community.readiness import VillageBowl
from p2kp_desktop.language import say
from p2kp_desktop.reports.bowl import part_title
from p2kp_desktop.rules.bowl import Part
from p2kp_desktop.schema.places import parents
from p2kp_desktop.schema.table import Source
from p2kp_desktop.schema.table_words import source_lines
from p2kp_desktop.ui.kit.bowl import draw_bowl
from p2kp_desktop.ui.kit.painting import draw_icon, painting_of
from p2kp_desktop.ui.kit.practice import draw_stripes
from p2kp_desktop.ui.kit.words import Style, Words
from p2kp_desktop.ui.look.lettering import Type
from p2kp_desktop.ui.look.measures import ICON_SMALL, SPACE_8
from p2kp_desktop.ui.look.theme import colour, painted_in
from p2kp_desktop.ui.look.tokens import Scheme, Token

WIDTH, HEIGHT = 960, 540  # 16:9, as slides are
RATIO = 2  # pixels for each: 1920 × 1080
_EDGE, _TOP, _FOOT = 36, 96, 40
_BOWL = QRectF(_EDGE, _TOP + 8, 420, 320)
_LIST = QRectF(_EDGE + 450, _TOP, WIDTH - 2 * _EDGE - 450, HEIGHT - _TOP - _FOOT - 8)
_LINE = 42  # at most, for one part


def picture(standing: VillageBowl, source: Source) -> QImage:
    """Return the picture, in light colours whatever the screen wears."""
    image = QImage(WIDTH * RATIO, HEIGHT * RATIO, QImage.Format.Format_RGB32)
    image.setDevicePixelRatio(RATIO)
    with painted_in(Scheme.LIGHT):
        image.fill(colour(Token.PANEL))
        painter = QPainter(image)
        with painting_of(painter):
            _draw(painter, standing, source)
        painter.end()
    return image


def _draw(painter: QPainter, standing: VillageBowl, source: Source) -> None:
    if source.practice:
        draw_stripes(painter, QRectF(0, 0, WIDTH, _TOP - 12))
        stamp = Words(f"**{say('LATIHAN')}**", Style(Type.WELCOME, tone=Token.WARN))
        stamp.draw(painter, WIDTH - _EDGE - stamp.width, 22)
    Words(say("Mangkuk Masyarakat"), Style(Type.WELCOME, bold=True)).draw(painter, _EDGE, 20)
    where = ", ".join(each.name for each in reversed([*parents(standing.region)][1:]))
    Words(say("{area}, tahun {period}", area=where, period=standing.period),
          Style(Type.TITLE, tone=Token.TEXT2)).draw(painter, _EDGE, 56)
    draw_bowl(painter, _BOWL, [part.ready for part in standing.counted])
    below = QRectF(_BOWL.x(), _BOWL.bottom() + 4, _BOWL.width(), 40)
    ready = say("{ready} dari {all} bagian siap", ready=standing.ready, all=len(standing.counted))
    Words(ready, Style(Type.PAGE, bold=True)).draw_in(painter, below, Qt.AlignmentFlag.AlignHCenter)
    step = min(_LIST.height() / max(len(standing.counted), 1), _LINE)
    for place, part in enumerate(standing.counted):
        _draw_part(painter, part, _LIST.y() + place * step)
    foot = Words(" · ".join(source_lines(source)), Style(Type.CAPTION, tone=Token.TEXT2), WIDTH - 2 * _EDGE)
    foot.draw(painter, _EDGE, HEIGHT - _FOOT / 2 - foot.height / 2 - 2)


def _draw_part(painter: QPainter, part: Part, top: float) -> None:
    icon, tone = ("circle-check", Token.OK) if part.ready else ("circle", Token.TEXT3)
    name = Words(part_title(part.key), Style(bold=True))
    draw_icon(painter, icon, _LIST.x(), top + (name.height - ICON_SMALL) / 2, ICON_SMALL, tone)
    name.draw(painter, _LIST.x() + ICON_SMALL + SPACE_8, top)
    told = part.note if part.ready or part.noted else say("belum")
    note = Words(told, Style(Type.CAPTION, tone=Token.TEXT2 if part.ready else Token.WARN))
    note.draw(painter, _LIST.x() + ICON_SMALL + SPACE_8, top + name.height)
