"use client";

import { Kbd } from "@mantine/core";
import Link from "next/link";
import { usePathname } from "next/navigation";
import { useId } from "react";
import { overviewQuery } from "../overview/overview.query.ts";
import { placeCount } from "../overview/place-count.ts";
import { useLiveQuery } from "../page/live.tsx";
import classes from "./place-list.module.css";
import { isWithin, type Place, placeGroups, places } from "./places.ts";

/**
 * The places, group by group.
 * @param props.narrow true where only their icons are seen, so that a hint says the name
 * @param props.onGo called when somebody goes to one
 */
export function PlaceList(props: { narrow?: boolean; onGo?: () => void }) {
  return (
    <div className={classes.groups}>
      {placeGroups.map((group) => {
        const own = places.filter((place) => place.group === group);
        return own.length === 0 ? null : <Group key={group} {...props} title={group} places={own} />;
      })}
    </div>
  );
}

function Group(props: { title: string; places: readonly Place[]; narrow?: boolean; onGo?: () => void }) {
  const id = useId();
  return (
    <div className={classes.group}>
      <p className={classes.title} id={id}>
        {props.title}
      </p>
      <ul className={classes.places} aria-labelledby={id}>
        {props.places.map((place) => (
          <PlaceEntry key={place.path} {...props} place={place} />
        ))}
      </ul>
    </div>
  );
}

function PlaceEntry({ place, narrow, onGo }: { place: Place; narrow?: boolean; onGo?: () => void }) {
  const { icon: Icon, label, path, goKey } = place;
  const here = isWithin(usePathname(), place);
  const count = placeCount(useLiveQuery(overviewQuery).data, path);
  const countId = useId();
  return (
    <li className={classes.entry}>
      <Link
        href={path}
        className={classes.place}
        {...(narrow === true && { "data-hint": `${label} (g ${goKey})`, "data-hint-side": "right" })}
        aria-current={here ? "page" : undefined}
        aria-describedby={count === null ? undefined : countId}
        {...(onGo !== undefined && { onClick: onGo })}
      >
        <Icon className={classes.icon} size={18} stroke={1.75} aria-hidden="true" />
        <span className={classes.label}>{label}</span>
      </Link>
      {count !== null && (
        <span className={classes.count} id={countId}>
          {count.text}
          <span className={classes.spoken}> {count.of}</span>
        </span>
      )}
      <span className={classes.keys} aria-hidden="true">
        <Kbd size="xs">g</Kbd>
        <Kbd size="xs">{goKey}</Kbd>
      </span>
    </li>
  );
}
