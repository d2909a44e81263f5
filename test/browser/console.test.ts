import assert from "node:assert/strict";
import type { Locator, Page } from "playwright-core";
import { assertAccessible } from "./accessible.ts";
import { openWorld, type Clock } from "./world.ts";

const world = openWorld(3);
const { step, visit, setClock, ask, until, picture } = world;

const openOrders = (page: Page): Locator => page.getByRole("listbox", { name: /Open orders/ });

step("B1 the demo lets its own machine in, and Live shows orders and couriers that move", async (t) => {
  const page = await visit(t, "/", { stranger: true });
  await openOrders(page).getByRole("option").first().waitFor();
  await page.locator("[data-testid=map][data-ready=true] canvas").waitFor();
  interface Live {
    readonly couriers: readonly { readonly position: { readonly point: unknown } | null }[];
  }
  const places = ({ couriers }: Live) => JSON.stringify(couriers.map(({ position }) => position?.point));
  const first = places(await ask<Live>("/v1/live"));
  await until("/v1/live", (live: Live) => (places(live) === first ? null : true));
  await picture("live-light", page);
});

step("B2 time stands still, goes a minute on, and runs at another speed", async (t) => {
  const page = await visit(t, "/");
  const clockAfter = async (act: () => Promise<void>): Promise<Clock> => {
    const ofClock = (path: string) => path.endsWith("/v1/clock");
    const [answer] = await Promise.all([
      page.waitForResponse((response) => ofClock(response.url()) && response.request().method() === "POST"),
      act(),
    ]);
    assert.equal(answer.status(), 200, await answer.text());
    return (await answer.json()) as Clock;
  };
  const stood = await clockAfter(() => page.getByRole("button", { name: "Pause time" }).click());
  assert.equal(stood.paused, true);
  const play = page.getByRole("button", { name: "Let time run" });
  await play.waitFor();
  const stepped = await clockAfter(() => page.getByRole("button", { name: "Step 1 minute" }).click());
  // A step ends with the first timer after it: how late that is depends on the machine, that it is not early does not.
  const passed_s = (Date.parse(stepped.now) - Date.parse(stood.now)) / 1000;
  assert.ok(passed_s >= 60, `a minute's step took ${passed_s} s`);
  assert.equal(stepped.paused, true);
  assert.deepEqual(await ask("/v1/clock"), stepped);
  await play.waitFor();
  await page.getByRole("combobox", { name: "Speed" }).click();
  const played = await clockAfter(() => page.getByRole("option", { name: "60×" }).click());
  assert.deepEqual({ ...played, now: "" }, { ...stepped, now: "", paused: false, speed: 60 });
  await page.getByRole("button", { name: "Pause time" }).waitFor();
});

step("B3 an order's page tells its decision in words", async (t) => {
  await setClock({ action: "play", speed: 60 });
  const id = await until("/v1/orders?limit=1&state=delivered", (list: { orders: readonly { id: string }[] }) =>
    list.orders[0] === undefined ? null : list.orders[0].id,
  );
  await setClock({ action: "pause" }); // what follows looks at things that would move on
  const page = await visit(t, `/orders/${id}`);
  const decision = page.getByRole("article", { name: /^Decision of/ }).first();
  await decision.waitFor();
  assert.match(await decision.innerText(), /, for .*\d.* of \d+ candidates/);
  await picture("order", page);
});

step("B4 the list does the map's work by keyboard", async (t) => {
  await setClock({ action: "pause" });
  const page = await visit(t, "/");
  const list = openOrders(page);
  await list.getByRole("option").nth(1).waitFor();
  await list.focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await page.getByRole("link", { name: "Open the order" }).waitFor();
  await picture("live-chosen", page);
  await page.getByRole("button", { name: "Back to the list" }).click();
  await list.waitFor();
});

step("B5 an order is placed by form, found in the table, and cancelled", async (t) => {
  const addresses = await someAddresses();
  await setClock({ action: "pause" }); // nobody may pick it up meanwhile
  const page = await visit(t, "/orders");
  await page.getByRole("button", { name: "New order" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Reference").fill("by-hand-1");
  for (const [end, name, address] of [
    ["Pickup", "Corner Bakery", addresses[0]!],
    ["Drop-off", "Ada Ashford", addresses[1]!],
  ] as const) {
    const place = form.getByRole("region", { name: end });
    await place.getByLabel("Name").fill(name);
    await place.getByLabel("Address").fill(address);
    await page
      .getByRole("option", { name: new RegExp(`^${address}\\b`) })
      .first()
      .click();
  }
  await form.getByText(/there about/).waitFor();
  await picture("new-order", page);
  await form.getByRole("button", { name: "Place the order" }).click();
  await page.getByText("Order placed").waitFor();
  await page.getByPlaceholder("Start of a number or reference").fill("by-hand-1");
  const row = page.getByRole("row", { name: /by-hand-1/ });
  await row.waitFor();
  await picture("orders", page);
  await row.getByRole("checkbox").check();
  await page.getByRole("button", { name: "Cancel orders" }).click();
  const sure = page.getByRole("dialog");
  await sure.getByRole("button", { name: /Cancel order/ }).click();
  await sure.getByText(/1 cancelled, 0 not/).waitFor();
  await picture("cancelled", page);
});

step("B6 a file with good and bad rows is looked at, taken, and undone", async (t) => {
  await setClock({ action: "pause" });
  const lines = (await template()).trim().split(/\r?\n/);
  const bad = lines[1]!.replace(/^[^,;]*/, "bad-row").replace(/\d+(?=[^\d]*$)/, "minus one");
  const page = await visit(t, "/orders");
  await page.getByRole("button", { name: "Import" }).click();
  const dialog = page.getByRole("dialog");
  await dialog
    .locator("input[type=file]")
    .setInputFiles({ name: "mine.csv", mimeType: "text/csv", buffer: Buffer.from([...lines, bad, "x,y"].join("\n")) });
  await dialog.getByText("These need mending").waitFor();
  await picture("import-preview", page);
  await dialog.getByRole("button", { name: /^Place \d+ order/ }).click();
  await dialog.getByRole("button", { name: "Undo this import" }).click();
  await dialog.getByText(/^Undone: [1-9]\d* order/).waitFor();
  await picture("import-undone", page);
});

step("B7 Connections shows both platforms, what failed, and their couriers and prices", async (t) => {
  const page = await visit(t, "/connections");
  await page.getByRole("article", { name: /Uber Direct/ }).waitFor();
  await page.getByRole("article", { name: /DoorDash Drive/ }).waitFor();
  await picture("connections", page);
  await page.getByRole("region", { name: "Couriers and prices on the platforms" }).waitFor();
  await page.getByRole("button", { name: "Failed calls" }).first().click();
  await page.getByRole("dialog").getByText("masked before it was kept").waitFor();
  await assertAccessible(page, "failed calls");
});

step("B8 it is dark where the system is", async (t) => {
  const page = await visit(t, "/", { colorScheme: "dark" });
  await openOrders(page).getByRole("option").first().waitFor();
  const background = await page.evaluate<string>("getComputedStyle(document.body).backgroundColor");
  const [red = 255] = (/\d+/.exec(background) ?? []).map(Number);
  assert.ok(red < 80, `the page is not dark: ${background}`);
  await picture("live-dark", page);
});

step("B9 a narrow screen holds it", async (t) => {
  const page = await visit(t, "/", { width: 390 });
  await openOrders(page).waitFor();
  const overflow = await page.evaluate<number>("document.documentElement.scrollWidth - innerWidth");
  await picture("live-narrow", page);
  assert.ok(overflow <= 0, `${overflow} pixels stick out`);
});

const screens: readonly (readonly [path: string, sign: (page: Page) => Locator])[] = [
  ["/", (page) => openOrders(page).getByRole("option").first()],
  ["/orders", (page) => page.getByRole("row").nth(2)],
  ["/orders/ORDER", (page) => page.getByRole("article", { name: /^Decision of/ }).first()],
  ["/decisions", (page) => page.locator("main").getByRole("link").first()],
  ["/connections", (page) => page.getByRole("article", { name: /Uber Direct/ })],
  ["/access", (page) => page.getByRole("region", { name: "API keys" })],
  ["/nowhere", (page) => page.getByText("There is no such page")],
];

for (const colorScheme of ["light", "dark"] as const)
  step(`B10 no screen hinders anybody, ${colorScheme}`, async (t) => {
    await setClock({ action: "pause" });
    const { orders } = await ask<{ orders: readonly { id: string }[] }>("/v1/orders?limit=1&state=delivered");
    const page = await visit(t, "/nowhere", { colorScheme });
    for (const [path, sign] of screens) {
      await page.goto(world.url + path.replace("ORDER", orders[0]!.id));
      await sign(page).waitFor();
      await assertAccessible(page, path);
    }
  });

step("B11 rows are sorted on the server and walked through by keyboard", async (t) => {
  await setClock({ action: "pause" });
  const page = await visit(t, "/orders");
  await page.getByRole("button", { name: "Promised" }).click();
  await page.getByRole("columnheader", { name: "Promised" }).and(page.locator("[aria-sort=ascending]")).waitFor();
  const { orders } = await ask<{ orders: readonly { id: string }[] }>("/v1/orders?limit=1&sort=window");
  await page.locator(`tr[data-row='0'] a[href$="${orders[0]!.id}"]`).focus();
  await page.keyboard.press("ArrowDown");
  await page.locator("tr[data-row='1'] a:focus").waitFor();
  await page.keyboard.press("Enter");
  await page.getByRole("region", { name: "What happened" }).waitFor();
});

step(
  "B12 a person is let in with a password shown once, chooses another before all else, and is kept out",
  async (t) => {
    const page = await visit(t, "/access");
    await page.getByRole("button", { name: "Let somebody in" }).click();
    const form = page.getByRole("dialog");
    await form.getByLabel("Name").fill("Ada Ashford");
    await form.getByLabel("E-mail").fill("ada@example.org");
    await form.getByRole("button", { name: "Let somebody in" }).click();
    const shown = page.getByRole("dialog", { name: "Password of Ada Ashford" });
    await shown.getByText("shown once").waitFor();
    const [password = ""] = /([a-z2-9]{5}-){3}[a-z2-9]{5}/.exec(await shown.innerText()) ?? [];
    await assertAccessible(page, "a password shown once");
    await picture("access", page);
    await page.getByRole("button", { name: "I have kept it" }).click();
    await chooseAnother(await visit(t, "/orders", { stranger: true }), { email: "ada@example.org", password });
    const row = page.getByRole("row", { name: /ada@example.org/ });
    await row.getByRole("button", { name: "Keep out" }).click();
    await row.getByRole("button", { name: "Press again: Keep out" }).click();
    await row.getByText("kept out").waitFor();
  },
);

/** Signs in with a password that was handed out: nothing but the choosing of another is shown, then the page that was asked for. */
async function chooseAnother(page: Page, person: { readonly email: string; readonly password: string }): Promise<void> {
  const { request } = page.context();
  // The demo lets its own machine in: what that page still asks would come under the new session.
  await page.goto("about:blank");
  const entered = await request.post(`${world.url}/v1/session`, { headers: { origin: world.url }, data: person });
  assert.equal(entered.status(), 200);
  await page.goto(`${world.url}/orders`);
  await page.getByText("made by somebody else").waitFor();
  await assertAccessible(page, "a first password");
  await picture("first-password", page);
  assert.equal(await page.getByRole("link", { name: "Orders" }).count(), 0);
  await page.getByLabel("Present password").fill(person.password);
  await page.getByLabel("New password").fill("a password of Ada's own");
  await page.getByRole("button", { name: "Change the password" }).click();
  await page.getByRole("link", { name: "Orders" }).waitFor();
}

step("B13 who is not let in reads why, and whose session ended signs in again", async (t) => {
  const page = await visit(t, "/nowhere", { complaints: /40[13]/ });
  await page.getByText("There is no such page").waitFor();
  await page.route("**/v1/session/demo", (route) =>
    route.fulfill({ status: 403, contentType: "application/problem+json", body: JSON.stringify({ detail: "no" }) }),
  );
  await page.context().clearCookies();
  await page.getByRole("link", { name: "Orders" }).click();
  await page.getByText("Your session has ended").waitFor();
  await page.getByLabel("E-mail").fill("nobody@example.org");
  await page.locator("input[type=password]").fill("a guess that is wrong");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByText("WRONG_EMAIL_OR_PASSWORD").waitFor();
  await assertAccessible(page, "sign-in");
  await picture("sign-in", page);
});

step("B14 a lost network is said, and what follows goes on by itself", async (t) => {
  const page = await visit(t, "/decisions", { complaints: /ERR_INTERNET_DISCONNECTED/ });
  await page.getByText("Live", { exact: true }).first().waitFor();
  await page.context().setOffline(true);
  await page.getByRole("alert").getByText("No connection").waitFor();
  await picture("offline", page);
  await page.context().setOffline(false);
  await page.getByText("No connection").waitFor({ state: "detached" });
});

step("B15 a narrow screen holds every screen, in each language and direction", async (t) => {
  await setClock({ action: "pause" });
  for (const [locale, direction] of [
    ["de", "ltr"],
    ["ar", "rtl"],
  ] as const) {
    const page = await visit(t, "/connections", { locale, width: 390 });
    for (const path of ["/connections", "/access", "/decisions", "/orders"]) {
      await page.goto(world.url + path);
      await page.locator(`html[dir=${direction}][lang=${locale}] main h1`).waitFor();
      // The page's body scrolls by itself: what sticks out of it does not widen the document.
      const body = "document.querySelector('main')";
      if (path === "/connections" || path === "/access")
        await page.locator("main article, main table").first().waitFor();
      const overflow = await page.evaluate<number>(`${body}.scrollWidth - ${body}.clientWidth`);
      assert.ok(overflow <= 0, `${path}, ${locale}: ${overflow} pixels stick out`);
    }
    await picture(`orders-narrow-${locale}`, page);
  }
});

step("B16 the roads by hour, their rules, and how far one gets, without the map as well", async (t) => {
  const page = await visit(t, "/");
  await page.locator("[data-testid=map][data-ready=true] canvas").waitFor();
  const toggle = page.getByRole("button", { name: "Roads", exact: true });
  await toggle.click();
  const panel = page.getByRole("complementary", { name: "Roads" });
  await panel.getByRole("row", { name: /road/ }).first().waitFor();
  await panel.getByRole("slider", { name: "Hours" }).focus();
  for (let i = 0; i < 4; i++) await page.keyboard.press("ArrowRight");
  await panel.getByText("Evening peak").waitFor();
  await panel
    .getByRole("cell", { name: /^6\d%$/ })
    .first()
    .waitFor();
  await picture("roads", page);
  await assertAccessible(page, "roads");
  await panel.getByRole("tab", { name: "Rules" }).click();
  await panel.getByText("Old Town Clean Air Zone").waitFor();
  await panel.getByRole("tab", { name: "Reports" }).click();
  await panel.getByText("All as usual").waitFor();
  await panel.getByRole("tab", { name: "From a point" }).click();
  await panel.getByRole("button", { name: "Ask for the middle of the map" }).click();
  await panel.getByRole("listitem").filter({ hasText: "15 min" }).waitFor();
  await assertAccessible(page, "within reach");
  await page.keyboard.press("Escape");
  await openOrders(page).waitFor();
  await page.locator("button[aria-pressed=false]:focus").waitFor();
});

step("B17 nothing was asked of another host, and the browser had nothing to complain of", async () => {
  assert.deepEqual(world.complaints, []);
});

const template = async (): Promise<string> => (await fetch(`${world.url}/v1/orders/template.csv`)).text();

/** Where the demo's own orders go: addresses that the loaded city has, no two alike. */
async function someAddresses(): Promise<readonly string[]> {
  interface List {
    readonly orders: readonly { readonly dropoff: { readonly contact: { readonly address: string } } }[];
  }
  return until("/v1/orders?limit=10&contacts=true", ({ orders }: List) => {
    const addresses = new Set(orders.map(({ dropoff }) => dropoff.contact.address));
    return addresses.size < 2 ? null : [...addresses];
  });
}
