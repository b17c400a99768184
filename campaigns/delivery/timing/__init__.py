"""When letters leave: windows, zones, schedules, and how fast a new domain is warmed up."""
