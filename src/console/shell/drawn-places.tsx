"use client";

import { Drawer } from "@mantine/core";
import { PlaceList } from "./place-list.tsx";

/** The drawer with the places. */
export function DrawnPlaces({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  return (
    <Drawer opened={opened} onClose={onClose} title="Waybill" size="15rem">
      <nav aria-label="Pages">
        <PlaceList onGo={onClose} />
      </nav>
    </Drawer>
  );
}
