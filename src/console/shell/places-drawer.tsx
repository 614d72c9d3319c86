"use client";

import { ActionIcon } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import dynamic from "next/dynamic";
import classes from "./places-drawer.module.css";
import { useOnceIdle } from "./use-once-idle.ts";

const DrawnPlaces = dynamic(() => import("./drawn-places.tsx").then((drawn) => drawn.DrawnPlaces), {
  ssr: false,
});

/** The places on a narrow screen: a button, and the drawer that it opens. */
export function PlacesDrawer() {
  const [opened, drawer] = useDisclosure(false);
  const idle = useOnceIdle();
  return (
    <>
      <ActionIcon
        className={classes.button}
        size="lg"
        aria-label="Pages"
        aria-expanded={opened}
        aria-haspopup="dialog"
        onClick={drawer.open}
      >
        <IconMenu2 size={20} stroke={1.75} />
      </ActionIcon>
      {idle && <DrawnPlaces opened={opened} onClose={drawer.close} />}
    </>
  );
}
