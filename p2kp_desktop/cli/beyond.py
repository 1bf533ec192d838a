"""What a command is asked for that a workspace does not hold: an answer about nothing looks like one of zero."""

from collections.abc import Iterator

from p2kp_desktop.actions.scores import area_periods, progress
from p2kp_desktop.language import say
from p2kp_desktop.reports import sources
from p2kp_desktop.schema.places import lies_in, normal_rt
from p2kp_desktop.schema.table import Scope
from p2kp_desktop.store import Workspace


def beyond(workspace: Workspace, asked: Scope, *, of_any_year: bool = False) -> Iterator[str]:
    """Say which region, period and RT the workspace does not hold; a period not where any year may be asked for."""
    about = sources.about(workspace)
    if asked.area and not any(lies_in(asked.area, mine) or lies_in(mine, asked.area) for mine in about.regions):
        yield say("Peringatan: wilayah {region} di luar ruang kerja ini.", region=asked.area)
    area = asked.area or sources.whole(about)
    known = area_periods.periods(workspace, area)
    if asked.period and asked.period not in known and not of_any_year:
        yield say("Peringatan: tidak ada periode {period}; yang ada: {known}.", period=asked.period,
                  known=", ".join(known))
    rt = normal_rt(asked.rt) if asked.rt else None
    if rt and not any(line.rt == rt for line in progress.rts(workspace, area, asked.period or about.period)):
        yield say("Peringatan: tidak ada {rt} di wilayah ini.", rt=f"RT {rt}")
