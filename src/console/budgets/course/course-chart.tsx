"use client";

import dynamic from "next/dynamic";
import { useState } from "react";
import type { CoursePoint, ForecastBudget } from "../../../costs/budgets/budget-view.ts";
import { formatComing } from "../../format/coming.ts";
import { formatMoney } from "../../format/money.ts";
import { useNow } from "../../shell/now.tsx";
import { useTimeChoice } from "../../time/time-zone.tsx";
import { type Course, type CoursePlace, courseOf, nearestPlace } from "./course.model.ts";
import classes from "./course-chart.module.css";

// Drawing is the heaviest part of a page: its words are there before it.
const CourseLines = dynamic(() => import("./course-lines.tsx").then((lines) => lines.CourseLines), {
  ssr: false,
});

/** What a budget's window has settled by when, how it is expected to go on, and where its limit is. */
export function CourseChart(props: { budget: ForecastBudget; points: readonly CoursePoint[] }) {
  const { budget, points } = props;
  const now = useNow();
  const { timeZone } = useTimeChoice();
  const [pointed, setPointed] = useState<number | null>(null);
  const usedUpAt = budget.forecast?.usedUpAt ?? null;
  const course = courseOf(points, { limitNanoUsd: budget.limitNanoUsd, usedUpAt });
  const [first, last] = [points[0], points.at(-1)];
  if (course === null || first === undefined || last === undefined) return null;
  const place = pointed === null ? null : nearestPlace(course, pointed);
  const shown = place ?? course.settled.at(-1) ?? null;
  return (
    <figure className={classes.figure}>
      <figcaption className={classes.caption}>
        <span className={classes.key} data-line="settled">
          Settled
        </span>
        <span className={classes.key} data-line="expected">
          Expected
        </span>
        <span className={classes.key} data-line="limit">
          Limit {formatMoney(budget.limitNanoUsd)}
        </span>
        <output className={classes.readout}>{shown && placeText(shown, now, timeZone)}</output>
      </figcaption>
      <Drawing
        course={course}
        place={place}
        onPoint={setPointed}
        text={shown ? placeText(shown, now, timeZone) : ""}
        usedUp={usedUpAt === null ? "" : `used up ${formatComing(usedUpAt, now, timeZone)}`}
      />
      <div className={classes.times}>
        <time dateTime={first.at}>{formatComing(first.at, now, timeZone)}</time>
        <time dateTime={last.at}>{formatComing(last.at, now, timeZone)}</time>
      </div>
    </figure>
  );
}

/** By how much of the width an arrow key moves the pointer. */
const keyStep = 0.02;

function Drawing(props: {
  course: Course;
  place: CoursePlace | null;
  text: string;
  usedUp: string;
  onPoint: (x: number | null) => void;
}) {
  const { course, place, onPoint } = props;
  const at = place?.x ?? course.nowX;
  return (
    <div
      className={classes.drawing}
      role="slider"
      aria-label="Time in the window"
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(at * 100)}
      aria-valuetext={props.text}
      tabIndex={0}
      onPointerMove={(event) => {
        const { left, width } = event.currentTarget.getBoundingClientRect();
        onPoint((event.clientX - left) / width);
      }}
      onPointerLeave={() => onPoint(null)}
      onBlur={() => onPoint(null)}
      onKeyDown={(event) => {
        const by = event.key === "ArrowRight" ? 1 : event.key === "ArrowLeft" ? -1 : 0;
        if (by === 0) return;
        event.preventDefault();
        onPoint(nextX(course, at, by));
      }}
    >
      <CourseLines course={course} />
      {course.usedUpX !== null && (
        <span
          className={classes.usedUp}
          data-side={course.usedUpX < 0.5 ? "after" : "before"}
          data-above={course.limitY > 0.75}
          style={{ insetInlineStart: `${course.usedUpX * 100}%`, top: `${course.limitY * 100}%` }}
        >
          {props.usedUp}
        </span>
      )}
      {place !== null && (
        <span
          className={classes.dot}
          style={{ insetInlineStart: `${place.x * 100}%`, top: `${place.y * 100}%` }}
        />
      )}
    </div>
  );
}

/** The place of the next point on either side, so that no key press stays without effect. */
function nextX(course: Course, from: number, by: 1 | -1): number {
  const places = [...course.settled, ...course.expected.slice(1)];
  const next =
    by === 1 ? places.find(({ x }) => x > from + 1e-9) : places.findLast(({ x }) => x < from - 1e-9);
  return next?.x ?? Math.min(1, Math.max(0, from + by * keyStep));
}

function placeText({ point }: CoursePlace, now: Date, timeZone: string): string {
  const when = formatComing(point.at, now, timeZone);
  if (point.settledNanoUsd !== null) return `${when}: ${formatMoney(point.settledNanoUsd)} settled`;
  return `${when}: ${formatMoney(point.expectedNanoUsd ?? "0")} expected`;
}
