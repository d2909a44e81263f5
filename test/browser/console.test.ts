import assert from "node:assert/strict";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { chromium, type Browser, type Page } from "playwright-core";
import { until } from "../api/until.ts";
import { freePort, newHome, run, stop, type Program } from "../product/program.ts";

/** Where the pictures go; named, they stay. */
const pictures = process.env["MILEPOOL_SCREENSHOTS"] ?? mkdtempSync(join(tmpdir(), "milepool-screens-"));
const home = newHome();
let url: string;
let demo: Program;
let browser: Browser;
let page: Page;
/** What the browser complained of, and what it asked of other hosts. */
const complaints: string[] = [];
const elsewhere: string[] = [];

before(async () => {
  const port = await freePort();
  url = `http://localhost:${port}`;
  demo = run("src/main/demo.ts", [], { PORT: String(port), MILEPOOL_HOME: home, MILEPOOL_SEED: "3" });
  browser = await chromium.launch({
    executablePath: process.env["MILEPOOL_CHROMIUM"] ?? "/usr/bin/chromium",
    // A container has no sandbox of its own kind, and no graphics card: WebGL is drawn in software.
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
  });
  await demo.printed("is alive at");
  page = await newPage("light");
});

after(async () => {
  await browser.close();
  assert.equal(await stop(demo), 0, demo.err());
  rmSync(home, { recursive: true });
  if (!process.env["MILEPOOL_SCREENSHOTS"]) rmSync(pictures, { recursive: true });
});

async function newPage(colorScheme: "light" | "dark", width = 1440): Promise<Page> {
  const context = await browser.newContext({ viewport: { width, height: 900 }, colorScheme, locale: "en-GB" });
  const opened = await context.newPage();
  opened.setDefaultTimeout(60_000);
  opened.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${message.text()} (${message.location().url})`);
  });
  opened.on("pageerror", (error) => complaints.push(String(error)));
  opened.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol.startsWith("http") && hostname !== "localhost") elsewhere.push(request.url());
  });
  return opened;
}

const picture = (name: string, of: Page = page) => of.screenshot({ path: join(pictures, `${name}.png`) });

interface Clock {
  readonly now: string;
  readonly paused: boolean;
  readonly speed: number;
}
/** What the door answers the page's own session. */
const asked = async <Answer>(path: string): Promise<Answer> =>
  (await page.evaluate(async (of) => (await fetch(of)).json(), path)) as Answer;

const clock = (): Promise<Clock> => asked("/v1/clock");

/** The clock as the door answers it to what `act` makes the page ask. */
async function clockAfter(act: () => Promise<void>): Promise<Clock> {
  const [answer] = await Promise.all([
    page.waitForResponse((response) => response.url().endsWith("/v1/clock") && response.request().method() === "POST"),
    act(),
  ]);
  assert.equal(answer.status(), 200, await answer.text());
  return (await answer.json()) as Clock;
}

test("B1 the demo lets its own machine in, and Live shows orders and couriers that move", async () => {
  await page.goto(url);
  const orders = page.getByRole("listbox", { name: /Open orders/ });
  await orders.getByRole("option").first().waitFor();
  await page.locator("canvas.maplibregl-canvas").waitFor();
  const places = async () => {
    const { couriers } = await asked<{ couriers: { position: { point: unknown } | null }[] }>("/v1/live");
    return JSON.stringify(couriers.map(({ position }) => position?.point));
  };
  const first = await places();
  await until(async () => ((await places()) === first ? null : true), 500);
  await page.waitForTimeout(3000); // The map fades its tiles in: for the picture's sake, no test hangs on it.
  await picture("live-light");
});

test("B2 time stands still, goes a minute on, and runs at another speed", async () => {
  const stood = await clockAfter(() => page.getByRole("button", { name: "Pause time" }).click());
  assert.equal(stood.paused, true);
  const play = page.getByRole("button", { name: "Let time run" });
  await play.waitFor();
  const stepped = await clockAfter(() => page.getByRole("button", { name: "Step 1 minute" }).click());
  // A step ends with the first timer after it: how late that is depends on the machine, that it is not early does not.
  const passed_s = (Date.parse(stepped.now) - Date.parse(stood.now)) / 1000;
  assert.ok(passed_s >= 60, `a minute's step took ${passed_s} s`);
  assert.equal(stepped.paused, true);
  assert.deepEqual(await clock(), stepped);
  await play.waitFor();
  await page.getByRole("combobox", { name: "Speed" }).click();
  const played = await clockAfter(() => page.getByRole("option", { name: "60×" }).click());
  assert.deepEqual({ ...played, now: "" }, { ...stepped, now: "", paused: false, speed: 60 });
  await page.getByRole("button", { name: "Pause time" }).waitFor();
});

test("B3 the list does the map's work by keyboard", async () => {
  const list = page.getByRole("listbox", { name: /Open orders/ });
  await list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  const open = page.getByRole("link", { name: "Open the order" });
  await open.waitFor();
  await picture("live-chosen");
  await page.getByRole("button", { name: "Back to the list" }).click();
  await list.waitFor();
});

test("B4 an order is placed by form, found in the table, and cancelled", async () => {
  await page.getByRole("link", { name: "Orders" }).click();
  await page.getByRole("button", { name: "New order" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Reference").fill("by-hand-1");
  for (const [end, name, street] of [
    ["Pickup", "Corner Bakery", 0],
    ["Drop-off", "Ada Ashford", 1],
  ] as const) {
    const place = form.getByRole("region", { name: end });
    await place.getByLabel("Name").fill(name);
    await place.getByLabel("Address").fill((await someAddresses())[street]!);
    await page.getByRole("option").first().click();
  }
  await form.getByText(/there about/).waitFor();
  await page.waitForTimeout(1500);
  await picture("new-order");
  await form.getByRole("button", { name: "Place the order" }).click();
  await page.getByText("Order placed").waitFor();
  await page.getByPlaceholder("Start of a number or reference").fill("by-hand-1");
  const row = page.getByRole("row", { name: /by-hand-1/ });
  await row.waitFor();
  await picture("orders");
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Cancel orders" }).click();
  await page
    .getByRole("dialog")
    .getByRole("button", { name: /Cancel order/ })
    .click();
  await page.getByText(/1 cancelled, 0 not/).waitFor();
  await picture("cancelled");
});

test("B5 a file with good and bad rows is looked at, taken, and undone", async () => {
  const template = await (await fetch(`${url}/v1/orders/template.csv`)).text();
  const lines = template.trim().split(/\r?\n/);
  const bad = lines[1]!.replace(/^[^,;]*/, "bad-row").replace(/\d+(?=[^\d]*$)/, "minus one");
  await page.goto(`${url}/orders`);
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from([...lines, bad, "x,y"].join("\n")) });
  await dialog.getByText("These need mending").waitFor();
  await picture("import-preview");
  await dialog.getByRole("button", { name: /^Place \d+ order/ }).click();
  await dialog.getByRole("button", { name: "Undo this import" }).click();
  await dialog.getByText(/^Undone: \d+ order/).waitFor();
  await picture("import-undone");
});

test("B6 an order's page tells its decision in words", async () => {
  const id = await until(async () => {
    const { orders } = await asked<{ orders: { id: string }[] }>("/v1/orders?limit=1&state=delivered");
    return orders[0]?.id ?? null;
  }, 500);
  await page.goto(`${url}/orders/${id}`);
  const decision = page.getByRole("article", { name: /^Decision of/ }).first();
  await decision.waitFor();
  assert.match(await decision.innerText(), /, for .*\d.* of \d+ candidates/);
  await page.waitForTimeout(2000);
  await picture("order");
});

test("B7 Connections shows both platforms", async () => {
  await page.getByRole("link", { name: "Connections" }).click();
  await page.getByRole("article", { name: /Uber Direct/ }).waitFor();
  await page.getByRole("article", { name: /DoorDash Drive/ }).waitFor();
  await picture("connections");
});

test("B8 the same at night, and on a narrow screen", async () => {
  await page.goto("about:blank"); // Three maps drawn in software would starve each other.
  const dark = await newPage("dark");
  await dark.goto(url);
  await dark
    .getByRole("listbox", { name: /Open orders/ })
    .getByRole("option")
    .first()
    .waitFor();
  const background = await dark.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const [red = 255] = (/\d+/.exec(background) ?? []).map(Number);
  assert.ok(red < 80, `the page is not dark: ${background}`);
  await dark.waitForTimeout(3000);
  await picture("live-dark", dark);
  await dark.close();
  const narrow = await newPage("light", 390);
  await narrow.goto(url);
  await narrow.getByRole("listbox", { name: /Open orders/ }).waitFor();
  const overflow = await narrow.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  await picture("live-narrow", narrow);
  assert.ok(overflow <= 0, `${overflow} pixels stick out`);
});

test("B9 nothing was asked of another host, and the browser had nothing to complain of", () => {
  assert.deepEqual(elsewhere, []);
  assert.deepEqual(complaints, []);
});

/** Addresses of the loaded city, out of the template's examples. */
async function someAddresses(): Promise<readonly string[]> {
  const template = await (await fetch(`${url}/v1/orders/template.csv`)).text();
  return [...template.matchAll(/[A-Z][a-z]+ (?:Road|Street|Terrace|Avenue|Lane|Row|Quay|Hill) \d+/g)].map(
    ([address]) => address,
  );
}
