/** The schedule that drops old spans: once a day, in a quiet hour. */
export const retentionSchedule = {
  id: "waybill-retention",
  path: "/api/jobs/retention",
  cron: "17 3 * * *",
} as const;
