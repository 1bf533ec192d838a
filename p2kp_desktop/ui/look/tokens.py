"""The colours of the window, each by what it is for: the only place where a colour value is written."""

from enum import Enum, unique


class Scheme(Enum):
    """Light or dark."""

    LIGHT = "light"
    DARK = "dark"


@unique
class Token(Enum):
    """A colour by what it is for: its value in the light scheme, in the dark scheme, and its use."""

    WINDOW = "#EDF1F1", "#101615", "desk, side columns"
    PANEL = "#FFFFFF", "#19211F", "sheet, card, table, form column"
    SUNKEN = "#F5F8F8", "#202A28", "table head, focused question, legend, hover"
    LINE = "#CFD8D8", "#34413F", "separators, card border"
    LINE2 = "#7F8E8D", "#6F807D", "borders of inputs, buttons, keycaps; rule under a head"

    TEXT = "#14211F", "#E9EFEE", "answers, values, titles"
    TEXT2 = "#44524F", "#B7C4C2", "question texts, secondary"
    TEXT3 = "#566462", "#98A7A4", "captions, skipped, placeholder, disabled"

    ACCENT = "#0B5B69", "#63C3D0", "primary button, focus, selection, data"
    ACCENT_HOVER = "#08464F", "#86D5DF", "primary button under the mouse"
    ON_ACCENT = "#FFFFFF", "#05262B", "text on accent"
    ACCENT_SOFT = "#DCECEE", "#153A41", "current place, selected row"
    ACCENT_LINE = "#86B7BF", "#2F6E79", "border of what is soft"
    ACCENT_TEXT = "#0A5461", "#8AD3DD", "links, text on soft"

    OK = "#1A6637", "#79D197", "layak, verified, safe"
    OK_BG = "#E0F0E5", "#16311F", "ground of what is ok"
    WARN = "#7D4A00", "#F2BE57", "unusual, returned, missing"
    WARN_BG = "#FFF1D1", "#352A10", "ground of a warning"
    WARN_LINE = "#B87A10", "#A97E25", "border of a warning"
    ERR = "#A51D17", "#FF9A90", "impossible, tidak layak"
    ERR_BG = "#FCE6E3", "#3F1C19", "ground of an error"
    ERR_LINE = "#C9544C", "#B4574F", "border of an error"
    CONF = "#5B3796", "#C8AEF6", "conflict, nothing else"
    CONF_BG = "#ECE5F7", "#2C2243", "ground of a conflict"
    NEUTRAL_BG = "#E6ECEC", "#283331", "neutral chip, tracks"

    SHARE_0 = "#FFFFFF", "#19211F", "completeness 0 %"
    SHARE_1 = "#DCECEE", "#16343A", "completeness 1 to 49 %"
    SHARE_50 = "#A9D0D6", "#1F545E", "completeness 50 to 79 %"
    SHARE_80 = "#6BACB6", "#55A7B4", "completeness 80 to 99 %"
    SHARE_100 = "#0B5B69", "#7FD2DD", "completeness 100 %"
    ON_SHARE_80 = "#14211F", "#05262B", "figure on completeness 80 to 99 %"
    ON_SHARE_100 = "#FFFFFF", "#05262B", "figure on completeness 100 %"

    SLUM_NONE = "#EEF2F1", "#2A3533", "tidak kumuh"
    SLUM_LIGHT = "#F2D3A0", "#6B5530", "kumuh ringan"
    SLUM_MEDIUM = "#D98B4A", "#CE8146", "kumuh sedang"
    SLUM_HEAVY = "#8F2A1C", "#F08A78", "kumuh berat"
    ON_SLUM_MEDIUM = "#14211F", "#1A1206", "figure on kumuh sedang"
    ON_SLUM_HEAVY = "#FFFFFF", "#2A0B06", "figure on kumuh berat"

    BOWL_BODY = "#F7FAFA", "#1E2826", "body of the bowl"
    BOWL_WATER = "#7DB9C2", "#2F7480", "water in the bowl"
    BOWL_SURFACE = "#A9D3D9", "#3F8F9C", "surface of the water"
    RIVER = "#D5E6EE", "#16303C", "river on the map"

    def in_scheme(self, scheme: Scheme) -> str:
        """Return the value, #RRGGBB, in this scheme."""
        light, dark, _use = self.value
        return dark if scheme is Scheme.DARK else light
