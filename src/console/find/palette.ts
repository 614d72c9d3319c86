import { createSpotlight } from "@mantine/spotlight";

/** The palette's own state, and how it is opened and closed from anywhere. */
export const [paletteStore, palette] = createSpotlight();
