import { crc32, deflateSync } from "node:zlib";

/** RGBA pixels as a PNG with at most 256 colours: the most frequent ones, each other pixel takes the nearest of them. */
export function palettePng(width: number, height: number, rgba: Uint8Array): Buffer {
  const palette = frequentColours(rgba);
  const nearest = new Map<number, number>();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0; y < height; y++)
    for (let x = 0; x < width; x++) {
      const colour = colourAt(rgba, y * width + x);
      if (!nearest.has(colour)) nearest.set(colour, nearestOf(palette, colour));
      rows[y * (width + 1) + 1 + x] = nearest.get(colour)!;
    }
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([8, 3, 0, 0, 0], 8); // 8 bits, palette, the usual compression and filter, not interlaced
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const body = [chunk("IHDR", header), chunk("PLTE", colours), chunk("IDAT", deflateSync(rows, { level: 9 }))];
  return Buffer.concat([signature, ...body, chunk("IEND", Buffer.alloc(0))]);
}

const colourAt = (rgba: Uint8Array, pixel: number): number =>
  (rgba[pixel * 4]! << 16) | (rgba[pixel * 4 + 1]! << 8) | rgba[pixel * 4 + 2]!;

/** Of colours that look alike (5 bits a channel) the most frequent one stands for all, so that small marks keep theirs. */
function frequentColours(rgba: Uint8Array): readonly number[] {
  const alike = new Map<number, Map<number, number>>();
  for (let pixel = 0; pixel < rgba.length / 4; pixel++) {
    const colour = colourAt(rgba, pixel);
    const counts = alike.get(colour & 0xf8f8f8) ?? new Map<number, number>();
    counts.set(colour, (counts.get(colour) ?? 0) + 1);
    alike.set(colour & 0xf8f8f8, counts);
  }
  const best = [...alike.values()].map((counts) => {
    const [[colour] = [0]] = [...counts].toSorted(([, a], [, b]) => b - a);
    return { colour, count: [...counts.values()].reduce((sum, count) => sum + count, 0) };
  });
  return best
    .toSorted((a, b) => b.count - a.count)
    .slice(0, 256)
    .map(({ colour }) => colour);
}

function nearestOf(palette: readonly number[], colour: number): number {
  let best = 0;
  let least = Infinity;
  for (const [index, other] of palette.entries()) {
    const [r, g, b] = [
      (colour >> 16) - (other >> 16),
      ((colour >> 8) & 255) - ((other >> 8) & 255),
      (colour & 255) - (other & 255),
    ];
    const distance = r * r + g * g + b * b;
    if (distance < least) [best, least] = [index, distance];
  }
  return best;
}

function chunk(type: string, data: Buffer): Buffer {
  const named = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const whole = Buffer.alloc(named.length + 8);
  whole.writeUInt32BE(data.length, 0);
  named.copy(whole, 4);
  whole.writeUInt32BE(crc32(named), named.length + 4);
  return whole;
}
