"""Lists of records that several places show: cells, rows fetched while they are painted, paging, removal."""
