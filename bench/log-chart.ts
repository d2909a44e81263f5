/** Lines of points, both axes logarithmic. */
export interface LogChart {
  readonly title: string;
  readonly x: string;
  readonly y: string;
  readonly lines: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>>;
}

const [width, height, left, top, right, bottom] = [760, 440, 70, 44, 170, 56];
const colours = ["#1b5e8c", "#b3541e", "#3c7a3c", "#7a3c78", "#6b6b00"];

/** An SVG picture; the same points give the same text. */
export function logChart({ title, x, y, lines }: LogChart): string {
  const points = Object.values(lines).flat();
  const [xs, ys] = [points.map(([at]) => at), points.map(([, at]) => at)];
  const across = scale(xs, left, width - right);
  const up = scale(ys, height - bottom, top);
  const grid = [
    ...powers(xs).map((at) => axisLine(across(at), top, across(at), height - bottom, label(at), "below")),
    ...powers(ys).map((at) => axisLine(left, up(at), width - right, up(at), label(at), "before")),
  ];
  const drawn = Object.entries(lines).map(([name, line], i) => {
    const colour = colours[i % colours.length]!;
    const path = line.map(([px, py]) => `${across(px).toFixed(1)},${up(py).toFixed(1)}`);
    const [, lastY] = path.at(-1)!.split(",");
    const dots = path.map((place) => `<circle cx="${place.replace(",", '" cy="')}" r="3" fill="${colour}"/>`);
    const text = `<text x="${width - right + 10}" y="${Number(lastY) + 4}" fill="${colour}">${name}</text>`;
    return `<polyline points="${path.join(" ")}" fill="none" stroke="${colour}" stroke-width="2"/>${dots.join("")}${text}`;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" font-family="sans-serif" font-size="13">`,
    `<rect width="${width}" height="${height}" fill="#fff"/>`,
    `<text x="${left}" y="24" font-size="16">${title}</text>`,
    ...grid,
    ...drawn,
    `<text x="${(left + width - right) / 2}" y="${height - 14}" text-anchor="middle">${x}</text>`,
    `<text x="18" y="${height / 2}" text-anchor="middle" transform="rotate(-90 18 ${height / 2})">${y}</text>`,
    "</svg>\n",
  ].join("\n");
}

/** From the least power of ten around some values to the greatest. */
function scale(values: readonly number[], from: number, to: number): (value: number) => number {
  const all = powers(values).map(Math.log10);
  const [low, high] = [all[0]!, all.at(-1)!];
  return (value) => from + ((Math.log10(value) - low) / (high - low || 1)) * (to - from);
}

function powers(values: readonly number[]): number[] {
  const low = Math.floor(Math.log10(Math.min(...values)));
  const high = Math.ceil(Math.log10(Math.max(...values)));
  return Array.from({ length: high - low + 1 }, (_, i) => 10 ** (low + i));
}

const label = (value: number): string =>
  value >= 1 ? value.toLocaleString("en-GB") : String(Number(value.toFixed(6)));

function axisLine(x1: number, y1: number, x2: number, y2: number, text: string, side: "below" | "before"): string {
  const place =
    side === "below"
      ? `x="${x1}" y="${y2 + 18}" text-anchor="middle"`
      : `x="${x1 - 8}" y="${y1 + 4}" text-anchor="end"`;
  return `<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" stroke="#ddd"/><text ${place} fill="#555">${text}</text>`;
}
