"use client";

import { ActionIcon, type MantineColorScheme, useMantineColorScheme } from "@mantine/core";
import { useMounted } from "@mantine/hooks";
import { IconDeviceDesktop, IconMoon, IconSun } from "@tabler/icons-react";

const following: Record<MantineColorScheme, MantineColorScheme> = {
  auto: "light",
  light: "dark",
  dark: "auto",
};
const labels: Record<MantineColorScheme, string> = {
  auto: "Colours as the system has them",
  light: "Light colours",
  dark: "Dark colours",
};
const icons = { auto: IconDeviceDesktop, light: IconSun, dark: IconMoon };

/** Steps through: as the system, light, dark. The browser remembers the choice. */
export function SchemeToggle() {
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  // The server does not know the choice; until the browser has taken over, the neutral one is shown.
  const shown = useMounted() ? colorScheme : "auto";
  const Icon = icons[shown];
  return (
    <ActionIcon
      aria-label={`${labels[shown]}; change`}
      data-hint={labels[shown]}
      onClick={() => setColorScheme(following[colorScheme])}
    >
      <Icon size={18} stroke={1.75} />
    </ActionIcon>
  );
}
