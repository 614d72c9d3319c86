import type { CoursePoint } from "../../../costs/budgets/budget-view.ts";

/** A place of the chart: x from left to right, y from the top down, 0 to 1. */
export interface CoursePlace {
  readonly x: number;
  readonly y: number;
  readonly point: CoursePoint;
}

/** A budget's course as it is drawn. */
export interface Course {
  readonly settled: readonly CoursePlace[];
  /** From now on; it begins with what is settled now. */
  readonly expected: readonly CoursePlace[];
  readonly limitY: number;
  readonly nowX: number;
  /** Where the expected line crosses the limit; null when it does not. */
  readonly usedUpX: number | null;
  /** The topmost amount, in nano-USD. */
  readonly topNanoUsd: bigint;
}

/** Room above the highest line, as a part of it. */
const headroom = 0.08;
/** How much of the limit is shown at most, unless more is settled. */
const mostOfLimit = 1.6;

/** The course of a window in the places of a chart; null while there are too few points to draw. Pure. */
export function courseOf(
  points: readonly CoursePoint[],
  budget: { readonly limitNanoUsd: string; readonly usedUpAt: string | null },
): Course | null {
  const [first, last] = [points[0], points.at(-1)];
  if (first === undefined || last === undefined || points.length < 2) return null;
  const [fromMs, toMs] = [Date.parse(first.at), Date.parse(last.at)];
  const limit = Number(budget.limitNanoUsd);
  const amounts = points.map(({ settledNanoUsd, expectedNanoUsd }) =>
    Number(settledNanoUsd ?? expectedNanoUsd ?? 0),
  );
  // What is expected far above the limit leaves the chart, so that the limit is not pressed to its floor.
  const settledMost = Math.max(...points.map(({ settledNanoUsd }) => Number(settledNanoUsd ?? 0)));
  const top =
    Math.min(Math.max(...amounts, limit, 1), mostOfLimit * Math.max(limit, settledMost, 1)) * (1 + headroom);
  const x = (at: string) => Math.min(1, Math.max(0, (Date.parse(at) - fromMs) / Math.max(1, toMs - fromMs)));
  const place = (point: CoursePoint, nanoUsd: string) => ({
    x: x(point.at),
    y: 1 - Number(nanoUsd) / top,
    point,
  });
  const settled = points.flatMap((point) =>
    point.settledNanoUsd === null ? [] : [place(point, point.settledNanoUsd)],
  );
  const usedUp = budget.usedUpAt;
  return {
    settled,
    expected: points.flatMap((point) =>
      point.expectedNanoUsd === null ? [] : [place(point, point.expectedNanoUsd)],
    ),
    limitY: 1 - limit / top,
    nowX: settled.at(-1)?.x ?? 0,
    usedUpX: usedUp === null || Date.parse(usedUp) > toMs ? null : x(usedUp),
    topNanoUsd: BigInt(Math.round(top)),
  };
}

/** The place of the course that is nearest to an x. Pure. */
export function nearestPlace(course: Course, x: number): CoursePlace | null {
  const places = [...course.settled, ...course.expected.slice(1)];
  return places.reduce<CoursePlace | null>(
    (nearest, place) =>
      nearest === null || Math.abs(place.x - x) < Math.abs(nearest.x - x) ? place : nearest,
    null,
  );
}
