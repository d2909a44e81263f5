// node scripts/run.mjs bench/console-picture.ts [URL]: takes docs/console.png from a demo that runs at URL (http://localhost:8080 when none is named).
// It is a PNG with a palette, at most 300 kB, so that a clone stays small.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { root } from "./program.ts";
import { palettePng } from "./palette-png.ts";

const [url = "http://localhost:8080"] = process.argv.slice(2);
const browser = await chromium.launch({
  executablePath: process.env["MILEPOOL_CHROMIUM"] ?? "/usr/bin/chromium",
  args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
});
const page = await browser.newPage({ viewport: { width: 1280, height: 760 }, colorScheme: "light", locale: "en-GB" });
await page.goto(url);
await page
  .getByRole("listbox", { name: /Open orders/ })
  .getByRole("option")
  .first()
  .waitFor();
await page.waitForTimeout(5000); // Tiles fade in.
const picture = `data:image/png;base64,${(await page.screenshot()).toString("base64")}`;
// The browser decodes the picture, so that nothing else has to; on a page of its own, which has no policy against it.
const blank = await browser.newPage();
const { width, height, data } = (await blank.evaluate(
  `(async () => {
    const image = new Image();
    image.src = ${JSON.stringify(picture)};
    await image.decode();
    const canvas = document.createElement("canvas");
    Object.assign(canvas, { width: image.width, height: image.height });
    const context = canvas.getContext("2d");
    context.drawImage(image, 0, 0);
    const { data } = context.getImageData(0, 0, image.width, image.height);
    let text = "";
    for (let i = 0; i < data.length; i += 32768) text += String.fromCharCode(...data.subarray(i, i + 32768));
    return { width: image.width, height: image.height, data: btoa(text) };
  })()`,
)) as { width: number; height: number; data: string };
await browser.close();
const png = palettePng(width, height, Buffer.from(data, "base64"));
writeFileSync(join(root, "docs/console.png"), png);
console.log(`docs/console.png, ${Math.round(png.length / 1000)} kB`);
