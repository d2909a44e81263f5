import { createTheme, type CSSVariablesResolver, type MantineColorsTuple } from "@mantine/core";

/** The house colour: deep harbour blue. Shade 8 carries white text in light, shade 6 in dark (WCAG AA, 4.5:1 and more). */
const harbor: MantineColorsTuple = [
  "#e9f5f9",
  "#d3e8f0",
  "#a5d0e0",
  "#73b6d0",
  "#4ba1c2",
  "#3394b9",
  "#1f7fa5",
  "#107093",
  "#075f80",
  "#004f6c",
];

/** A cooler grey than the library's, so that map and panels belong together. */
const gray: MantineColorsTuple = [
  "#f7f9fa",
  "#f0f3f5",
  "#e5eaee",
  "#d6dde3",
  "#bac4cd",
  "#95a1ad",
  "#697683",
  "#525e6a",
  "#3a454f",
  "#242c34",
];

const dark: MantineColorsTuple = [
  "#d8dee4",
  "#b3bdc7",
  "#94a0ac",
  "#6d7985",
  "#3b4650",
  "#2d363f",
  "#222a32",
  "#161c22",
  "#10151a",
  "#0b0f13",
];

export const theme = createTheme({
  primaryColor: "harbor",
  primaryShade: { light: 8, dark: 6 },
  colors: { harbor, gray, dark },
  autoContrast: true,
  fontFamily: "'Inter Variable', 'Noto Sans', system-ui, sans-serif",
  fontFamilyMonospace: "ui-monospace, 'SF Mono', 'Cascadia Mono', Menlo, monospace",
  fontSizes: { xs: "0.75rem", sm: "0.8125rem", md: "0.875rem", lg: "1rem", xl: "1.25rem" },
  headings: {
    fontWeight: "620",
    sizes: {
      h1: { fontSize: "1.25rem", lineHeight: "1.3" },
      h2: { fontSize: "1rem", lineHeight: "1.35" },
      h3: { fontSize: "0.875rem", lineHeight: "1.4" },
    },
  },
  defaultRadius: "sm",
  radius: { xs: "3px", sm: "6px", md: "8px", lg: "12px", xl: "20px" },
  cursorType: "pointer",
  respectReducedMotion: true,
  components: {
    Button: { defaultProps: { size: "xs" } },
    ActionIcon: { defaultProps: { variant: "subtle", color: "gray" } },
    TextInput: { defaultProps: { size: "xs" } },
    NumberInput: { defaultProps: { size: "xs" } },
    Textarea: { defaultProps: { size: "xs" } },
    Select: { defaultProps: { size: "xs" } },
    Autocomplete: { defaultProps: { size: "xs" } },
    MultiSelect: { defaultProps: { size: "xs" } },
    Checkbox: { defaultProps: { size: "xs" } },
    Badge: { defaultProps: { variant: "light", size: "sm", tt: "none", fw: 560 } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true, events: { hover: true, focus: true, touch: true } } },
    Modal: { defaultProps: { overlayProps: { backgroundOpacity: 0.4 } } },
  },
});

/** Badges, alerts and quiet buttons in the dark: tints that stay behind the text, which holds 4.5:1 on each. */
const tints = Object.fromEntries(
  Object.entries({
    red: ["#3a1b1e", "#451f23", "#ffa3a3"],
    orange: ["#38230f", "#432a12", "#f8b274"],
    yellow: ["#33280f", "#3e3112", "#f5c66f"],
    teal: ["#10302a", "#143a33", "#74d9b4"],
    harbor: ["#12303c", "#163a48", "#93cfe4"],
    indigo: ["#20294c", "#26315a", "#b1beff"],
    violet: ["#2a2248", "#322955", "#c8b8ff"],
    gray: ["#2a323a", "#323b44", "#c9d2da"],
  }).flatMap(([color, [tint, hover, text]]) => [
    [`--mantine-color-${color}-light`, tint!],
    [`--mantine-color-${color}-light-hover`, hover!],
    [`--mantine-color-${color}-light-color`, text!],
  ]),
) as Record<string, string>;

/** Surfaces and quiet text that hold 4.5:1 on them; screens use these, never a raw shade. */
export const cssVariables: CSSVariablesResolver = () => ({
  variables: {},
  light: {
    "--mantine-color-text": gray[9],
    // Light badges: the library's own shades miss 4.5:1 on their tint.
    "--mantine-color-red-light": "#fdecec",
    "--mantine-color-red-light-color": "#b02020",
    "--mantine-color-yellow-light": "#fdf3d7",
    "--mantine-color-yellow-light-color": "#7a4a00",
    "--mantine-color-teal-light": "#dcf5ec",
    "--mantine-color-orange-light-color": "#97370a",
    "--mantine-color-teal-light-color": "#076a4c",
    "--mantine-color-gray-light-color": gray[8],
    "--mantine-color-harbor-light-color": harbor[9],
    "--mantine-color-dimmed": gray[7],
    "--mantine-color-placeholder": gray[6],
    "--mp-canvas": "#f3f5f7",
    "--mp-surface": "#ffffff",
    "--mp-raised": "#ffffff",
    "--mp-line": gray[2],
    "--mp-line-strong": gray[3],
    "--mp-hover": gray[1],
    "--mp-selected": harbor[0],
    "--mp-accent": harbor[8],
    "--mp-shadow": "0 1px 2px rgb(20 32 44 / 8%), 0 6px 20px rgb(20 32 44 / 10%)",
  },
  dark: {
    ...tints,
    "--mantine-color-dimmed": dark[2],
    "--mantine-color-placeholder": dark[2],
    "--mp-canvas": dark[8],
    "--mp-surface": dark[7],
    "--mp-raised": dark[6],
    "--mp-line": dark[5],
    "--mp-line-strong": dark[4],
    "--mp-hover": dark[6],
    "--mp-selected": "#12303c",
    "--mp-accent": harbor[3],
    "--mp-shadow": "0 1px 2px rgb(0 0 0 / 40%), 0 6px 24px rgb(0 0 0 / 40%)",
  },
});
