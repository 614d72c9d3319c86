/** What a budget counts. `file` caps every single file, of one project where one is named. */
export const budgetScopes = ["deployment", "project", "project-step", "file"] as const;

/** How long a budget counts before it begins anew. */
export const budgetWindows = ["hour", "day", "month", "total"] as const;

/** `hard`: what it does not allow is not started; `soft`: it only tells. */
export const budgetModes = ["hard", "soft"] as const;
