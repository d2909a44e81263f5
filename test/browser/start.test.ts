import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { test, type TestContext } from "node:test";
import type { Page } from "playwright-core";
import { freePort, newHome, run, stop, type Program } from "../product/program.ts";
import { openBrowser, STEP, WHOLE } from "./world.ts";

/** What the simulators print of a platform. */
interface Simulated {
  readonly baseUrl: string;
  readonly credentials: Readonly<Record<string, string>>;
}

const own = "a password of one's own";

test(
  "B20 a network of one's own: a first password is replaced, somebody let in, a platform linked, an order placed, the platform unlinked",
  {
    timeout: WHOLE * 2,
  },
  async (t) => {
    const { page, url, network } = await open(t);
    const simulated = await uberDirect(t, url);
    try {
      await enter(page, network);
      await assertEmpty(page, url);
      await letSomebodyIn(page);
      await link(page, simulated);
      await placeAnOrder(page, url);
      await unlink(page);
    } catch (error) {
      t.diagnostic(`${page.url()} showed:\n${await page.innerText("body").catch(String)}`);
      throw error;
    }
  },
);

/** `./milepool start` on an empty home, and a browser in front of it. */
async function open(t: TestContext): Promise<{ page: Page; url: string; network: Program }> {
  const home = newHome();
  const port = await freePort();
  const network = run("src/main/cli.ts", ["start"], { PORT: String(port), MILEPOOL_HOME: home });
  t.after(async () => {
    assert.equal(await stop(network), 0, network.err());
    rmSync(home, { recursive: true });
  });
  const browser = await openBrowser();
  t.after(() => browser.close());
  await network.printed("Milepool is running at");
  const page = await browser.newPage({ locale: "en-GB", reducedMotion: "reduce" });
  page.setDefaultTimeout(STEP);
  const url = `http://localhost:${port}`;
  await page.goto(`${url}/orders`);
  return { page, url, network };
}

/** `./milepool simulators`, in a town on paper: Millport is out of its reach. */
async function uberDirect(t: TestContext, url: string): Promise<Simulated> {
  const args = ["simulators", "--only", "uber-direct", "--port", "0", "--webhooks", `${url}/hooks`];
  const simulators = run("src/main/cli.ts", args);
  t.after(() => stop(simulators));
  await simulators.printed(/^\{.*"uber-direct".*\}$/m);
  return JSON.parse(/^\{.*\}$/m.exec(simulators.out())![0]) as Simulated;
}

/** With the password that was printed once, which opens nothing before another is chosen. */
async function enter(page: Page, network: Program): Promise<void> {
  const [, email, printed] = /First administrator: (\S+), password (\S+)/.exec(network.out() + network.err())!;
  await page.getByLabel("E-mail").fill(email!);
  await page.locator("input[type=password]").fill(printed!);
  await page.getByRole("button", { name: "Sign in" }).click();
  const form = page.getByRole("region", { name: "Your password" });
  await form.getByText("made by somebody else").waitFor();
  const [present, next] = [
    form.locator("input[autocomplete=current-password]"),
    form.locator("input[autocomplete=new-password]"),
  ];
  await present.fill(printed!);
  await next.fill(own);
  await form.getByRole("button", { name: "Change the password" }).click();
  await form.waitFor({ state: "detached" });
}

/** A network without orders says what to do next, on every screen that would list them. */
async function assertEmpty(page: Page, url: string): Promise<void> {
  await page.getByText("No orders yet").waitFor();
  await page.goto(`${url}/decisions`);
  await page.getByText("No decisions yet").waitFor();
}

async function letSomebodyIn(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Access" }).click();
  await page.getByRole("button", { name: "Let somebody in" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Name").fill("Ada Ashford");
  await form.getByLabel("E-mail").fill("ada@example.org");
  await form.getByRole("button", { name: "Let somebody in" }).click();
  await page.getByRole("dialog", { name: "Password of Ada Ashford" }).getByText("shown once").waitFor();
  await page.getByRole("button", { name: "I have kept it" }).click();
  await page
    .getByRole("row", { name: /ada@example.org/ })
    .getByText("not yet their own")
    .waitFor();
}

async function link(page: Page, { baseUrl, credentials }: Simulated): Promise<void> {
  await page.getByRole("link", { name: "Connections" }).click();
  await page.getByRole("button", { name: "Link a platform" }).click();
  const form = page.getByRole("dialog");
  await form.getByRole("combobox", { name: "Platform" }).click();
  await page.getByRole("option", { name: "Uber Direct" }).click();
  for (const name of ["client_id", "client_secret", "customer_id", "webhook_signing_key"])
    await form.getByLabel(name).fill(credentials[name]!);
  await form.getByLabel("Phone for contacts without one").fill("+12025550100");
  await form.getByLabel("Other address").fill(baseUrl);
  await form.getByRole("button", { name: "Save" }).click();
  const linked = page.getByRole("article", { name: "Uber Direct" });
  await linked.getByRole("button", { name: "Test" }).click();
  await linked.getByText("The platform knows us").waitFor();
}

async function placeAnOrder(page: Page, url: string): Promise<void> {
  const body = { name: "Corner Bakery", roles: ["shipper"] };
  const joined = await page.request.post(`${url}/v1/participants`, { data: body, headers: { origin: url } });
  assert.equal(joined.status(), 201, await joined.text());
  const addresses = await twoAddresses(page, url);
  await page.getByRole("link", { name: "Orders" }).click();
  await page.getByRole("button", { name: "New order" }).click();
  const form = page.getByRole("dialog");
  await form.getByLabel("Reference").fill("first-order");
  for (const [end, name] of ["Pickup", "Drop-off"].entries()) {
    const place = form.getByRole("region", { name });
    await place.getByLabel("Name").fill("Ada Ashford");
    await place.getByLabel("Address").fill(addresses[end]!);
    await page.getByRole("option", { name: addresses[end]!, exact: true }).click();
  }
  await form.getByText(/there about/).waitFor();
  await form.getByRole("button", { name: "Place the order" }).click();
  await page.getByText("Order placed").waitFor();
  await page
    .getByRole("row", { name: /first-order/ })
    .getByRole("link")
    .click();
  // Nobody reaches it: the decision says so, with the platform's own reason.
  await page
    .getByRole("article", { name: /^Decision of/ })
    .first()
    .getByText("Uber Direct")
    .first()
    .waitFor();
}

/** Two houses of the city that was loaded, apart from each other. */
async function twoAddresses(page: Page, url: string): Promise<readonly string[]> {
  const ask = async (path: string) => (await page.request.get(url + path)).json();
  const [longitude, latitude] = (await ask("/v1/city")).centre as [number, number];
  const near = async (east: number) =>
    (await ask(`/v1/places/at?longitude=${longitude + east}&latitude=${latitude}`)).place.label;
  return [await near(-0.004), await near(0.004)];
}

async function unlink(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Connections" }).click();
  const linked = page.getByRole("article", { name: "Uber Direct" });
  await linked.getByRole("button", { name: "Unlink" }).click();
  await linked.getByRole("button", { name: "Press again: Unlink" }).click();
  await linked.waitFor({ state: "detached" });
}
