/** The schedule that carries everything on that a crash or a lost message left behind. */
export const tickSchedule = { id: "waybill-tick", path: "/api/jobs/tick", cron: "* * * * *" } as const;
