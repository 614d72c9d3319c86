"use client";

import { ActionIcon, Drawer } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconMenu2 } from "@tabler/icons-react";
import { PlaceList } from "./place-list.tsx";
import classes from "./places-drawer.module.css";

/** The places on a narrow screen: a button, and the drawer that it opens. */
export function PlacesDrawer() {
  const [opened, drawer] = useDisclosure(false);
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
      <Drawer opened={opened} onClose={drawer.close} title="Waybill" size="15rem">
        <nav aria-label="Pages">
          <PlaceList onGo={drawer.close} />
        </nav>
      </Drawer>
    </>
  );
}
