import { type ThemeConfig, theme } from "antd";

/** Cinnabar: the colour of a seal, our mark. A brand's own colour takes its place once somebody is signed in. */
export const houseColour = "#b3261e";

const fontFamily = `-apple-system, "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", "Noto Sans SC", system-ui, sans-serif`;

/** Derived from dark text colours, antd's own washes come out grey; these are named. */
const lightGround = {
  colorBgLayout: "#f6f4f1",
  colorTextBase: "#1d1a18",
  colorTextSecondary: "#57504b",
  colorTextTertiary: "#635c56",
  colorTextDescription: "#635c56",
  colorTextPlaceholder: "#6e6761",
  colorBorder: "#cfc8c1",
  colorBorderSecondary: "#e8e3dd",
  colorSuccessBg: "#e4f4ea",
  colorSuccessBorder: "#a9d8bb",
  colorWarningBg: "#fdf1dc",
  colorWarningBorder: "#ecd2a2",
  colorErrorBg: "#fdeceb",
  colorErrorBorder: "#f2bdb9",
  colorInfoBg: "#e8f0fb",
  colorInfoBorder: "#b5cdef",
};

/** A brand's colour is too dark to be read on a dark ground. */
const darkLink = "#ff9c8f";

const darkGround = {
  colorBgLayout: "#121110",
  colorBgContainer: "#1c1a19",
  colorBgElevated: "#262322",
  colorTextSecondary: "#c4beb9",
  colorTextTertiary: "#b8b2ad",
  colorTextDescription: "#b8b2ad",
  colorTextPlaceholder: "#a8a29e",
  colorSuccessBg: "#12291d",
  colorWarningBg: "#33240c",
  colorErrorBg: "#351513",
  colorInfoBg: "#12233d",
};

/** antd's greys and placeholders miss WCAG AA; these tokens keep every text at 4.5:1 or better on its ground. */
export function themeOf(isDark: boolean, primary: string): ThemeConfig {
  const colorPrimary = legible(primary);
  return {
    algorithm: isDark ? theme.darkAlgorithm : theme.defaultAlgorithm,
    token: {
      colorPrimary,
      colorLink: isDark ? darkLink : colorPrimary,
      colorInfo: isDark ? "#6ba6ff" : "#1559b3",
      colorSuccess: isDark ? "#4cc38a" : "#11693f",
      colorWarning: isDark ? "#f2b24c" : "#8a5200",
      colorError: isDark ? "#ff8a80" : "#b3140c",
      borderRadius: 8,
      fontFamily,
      ...(isDark ? darkGround : lightGround),
    },
    components: {
      Tag: { defaultColor: isDark ? "#e8e3dd" : "#3b3531" },
      Form: { verticalLabelPadding: "0 0 4px" },
      // With the corners of larger things a box of 16 pixels is a circle, and looks as if only one could be chosen.
      Checkbox: { borderRadiusSM: 4 },
      ...(isDark && { Button: { dangerColor: "#2a0a08" } }),
    },
  };
}

/** Darkens a brand colour until white text on it reaches 4.5:1. */
export function legible(hex: string): string {
  const match = /^#([0-9a-f]{2})([0-9a-f]{2})([0-9a-f]{2})$/i.exec(hex);
  if (!match) return houseColour;
  let channels = match.slice(1).map((part) => Number.parseInt(part, 16));
  while (1.05 / (luminance(channels) + 0.05) < 4.6) channels = channels.map((channel) => Math.floor(channel * 0.94));
  return "#" + channels.map((channel) => channel.toString(16).padStart(2, "0")).join("");
}

function luminance(channels: number[]): number {
  const [red = 0, green = 0, blue = 0] = channels.map((channel) => {
    const part = channel / 255;
    return part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}
