import { createTheme, type MantineColorsTuple } from "@mantine/core";

/** The one accent colour: the blue of a stamp. Mantine wants ten shades; the console uses tokens.css. */
const ink: MantineColorsTuple = [
  "#eef1fc",
  "#dbe1f8",
  "#b4c0f0",
  "#93a9ff",
  "#6580e4",
  "#4765d8",
  "#2c4cc9",
  "#2440ac",
  "#1d3490",
  "#152873",
];

/** The neutrals of the dark scheme, so that menus, dialogs and tooltips stand on the console's own greys. */
const dark: MantineColorsTuple = [
  "#ececee",
  "#b3b5bd",
  "#9294a0",
  "#5d606b",
  "#454851",
  "#2f3138",
  "#212227",
  "#191a1e",
  "#151619",
  "#121316",
];

/** What is grave or has failed: the colours of tokens.css, on which the text of buttons can be read. */
const red: MantineColorsTuple = [
  "#fcedeb",
  "#f9d6d2",
  "#ffb9b2",
  "#ff938a",
  "#ea5d52",
  "#cf3a2f",
  "#b3261c",
  "#981f17",
  "#7d1912",
  "#5e120d",
];

/** Mantine's settings; colours and sizes come from tokens.css. */
export const mantineTheme = createTheme({
  colors: { ink, dark, red },
  primaryColor: "ink",
  primaryShade: { light: 6, dark: 3 },
  autoContrast: true,
  respectReducedMotion: true,
  defaultRadius: "md",
  radius: {
    xs: "var(--wb-radius-xs)",
    sm: "var(--wb-radius-sm)",
    md: "var(--wb-radius)",
    lg: "var(--wb-radius)",
    xl: "var(--wb-radius-pill)",
  },
  spacing: {
    xs: "var(--wb-space-10)",
    sm: "var(--wb-space-12)",
    md: "var(--wb-space-16)",
    lg: "var(--wb-space-20)",
    xl: "var(--wb-space-32)",
  },
  fontWeights: {
    regular: "var(--wb-weight-plain)",
    medium: "var(--wb-weight-strong)",
    bold: "var(--wb-weight-strong)",
  },
  cursorType: "pointer",
  fontFamily:
    'system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", "Noto Sans", "Liberation Sans", Arial, sans-serif',
  fontFamilyMonospace: "var(--wb-mono)",
  fontSizes: {
    xs: "var(--wb-text-sm)",
    sm: "var(--wb-text-md)",
    md: "var(--wb-text-md)",
    lg: "var(--wb-text-lg)",
    xl: "var(--wb-text-xl)",
  },
  components: {
    Button: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    TextInput: { defaultProps: { size: "xs" } },
    PasswordInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "xs", checkIconPosition: "right" } },
    Tooltip: { defaultProps: { openDelay: 250, withArrow: false, multiline: true } },
    // In the landmark of its button, and with nothing in it but its items: the first of them has the focus.
    Menu: { defaultProps: { withinPortal: false, withInitialFocusPlaceholder: false } },
    Notification: { defaultProps: { closeButtonProps: { "aria-label": "Close the note" } } },
    Drawer: {
      defaultProps: {
        transitionProps: { duration: 120 },
        closeButtonProps: { "aria-label": "Close" },
        attributes: { header: { role: "presentation" } },
      },
    },
    Modal: {
      defaultProps: {
        centered: true,
        transitionProps: { duration: 120 },
        closeButtonProps: { "aria-label": "Close" },
        // A header outside of sections would count as a second banner of the page.
        attributes: { header: { role: "presentation" } },
      },
    },
  },
});
