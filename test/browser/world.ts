import assert from "node:assert/strict";
import { rmSync } from "node:fs";
import { join } from "node:path";
import { after, before, test, type TestContext } from "node:test";
import { setTimeout } from "node:timers/promises";
import { chromium, type Browser, type BrowserContextOptions, type Page } from "playwright-core";
import { freePort, newHome, run, stop, type Program } from "../product/program.ts";

/** What each step of a page may take, milliseconds: a slow machine has a minute. */
export const STEP = 60_000;
/** What the city may take to bring something about. */
const UNTIL = 120_000;
/** What a whole test may take before it is ended, so that those after it have their turn. */
export const WHOLE = 180_000;
/** Where pictures go; none are taken unless it is named. */
const pictures = process.env["MILEPOOL_SCREENSHOTS"];

export interface Clock {
  readonly now: string;
  readonly paused: boolean;
  readonly speed: number;
}
export type ClockChange = { action: "pause" } | { action: "play"; speed: number };

/** How somebody looks at the console; left out: wide, light, in English. Nothing glides. */
export interface Look extends Pick<BrowserContextOptions, "locale" | "colorScheme"> {
  readonly width?: number;
  /** Comes without a session; else as the demo's operator, because a network takes only so many sign-ins a minute. */
  readonly stranger?: boolean;
  /** What the browser may complain of here, because the test brings it about. */
  readonly complaints?: RegExp;
}

/** A demo of its own, a browser, and what that browser complained of. */
export interface World {
  readonly url: string;
  /** Errors in the browser's console, and requests to other hosts. */
  readonly complaints: readonly string[];
  /** A test that is ended when it hangs, and tells what the page showed when it fails. */
  step(name: string, does: (t: TestContext) => Promise<void>): void;
  /** Opens a page of its own, with nothing left over from other tests; it is closed when the test ends. */
  visit(t: TestContext, path: string, look?: Look): Promise<Page>;
  /** Sets the demo's clock from outside of the page. */
  setClock(change: ClockChange): Promise<void>;
  /** What the door answers the demo's operator. */
  ask<Answer>(path: string): Promise<Answer>;
  /** Asks until `seen` makes something of the answer, and answers that. */
  until<Answer, Seen>(path: string, seen: (answer: Answer) => Seen | null): Promise<Seen>;
  picture(name: string, of: Page): Promise<void>;
}

/** The browser that `npm test` has found. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: process.env["MILEPOOL_CHROMIUM"] ?? "/usr/bin/chromium",
    // A container has no sandbox of its own kind, and no graphics card: WebGL is drawn in software.
    args: ["--no-sandbox", "--use-angle=swiftshader", "--enable-unsafe-swiftshader", "--ignore-gpu-blocklist"],
  });

/** Opens the world before a file's tests and closes it after them. The clock of its demo runs until a test stops it. */
export function openWorld(seed: number): World {
  const home = newHome();
  const complaints: string[] = [];
  let url: string;
  let cookie: string;
  let demo: Program;
  let browser: Browser;

  before(
    async () => {
      const port = await freePort();
      url = `http://localhost:${port}`;
      demo = run("src/main/demo.ts", [], { PORT: String(port), MILEPOOL_HOME: home, MILEPOOL_SEED: String(seed) });
      browser = await openBrowser();
      await demo.printed("is alive at");
      const entered = await post("/v1/session/demo", {});
      cookie = entered.headers.getSetCookie()[0]!.split(";")[0]!;
    },
    { timeout: WHOLE },
  );
  after(
    async () => {
      await browser?.close();
      if (demo !== undefined) assert.equal(await stop(demo), 0, demo.err());
      rmSync(home, { recursive: true });
    },
    { timeout: WHOLE },
  );

  const headers = () => ({
    "content-type": "application/json",
    origin: url,
    ...(cookie === undefined ? {} : { cookie }),
  });

  async function post(path: string, body: unknown): Promise<Response> {
    const answer = await fetch(url + path, { method: "POST", headers: headers(), body: JSON.stringify(body) });
    assert.equal(answer.status, 200, await answer.clone().text());
    return answer;
  }

  async function ask<Answer>(path: string): Promise<Answer> {
    const answer = await fetch(url + path, { headers: headers() });
    assert.equal(answer.status, 200, path);
    return (await answer.json()) as Answer;
  }

  function listen(page: Page, expected: RegExp | undefined): void {
    const complain = (text: string) => expected?.test(text) || complaints.push(text);
    page.on("console", (message) => {
      if (message.type() === "error") complain(`${message.text()} (${message.location().url})`);
    });
    page.on("pageerror", (error) => complain(String(error)));
    page.on("request", (request) => {
      const { hostname, protocol } = new URL(request.url());
      if (protocol.startsWith("http") && hostname !== "localhost") complain(`asked ${request.url()}`);
    });
  }

  return {
    get url() {
      return url;
    },
    complaints,
    step(name, does) {
      void test(name, { timeout: WHOLE }, async (t) => {
        try {
          await does(t);
        } catch (error) {
          for (const page of browser.contexts().flatMap((context) => context.pages()))
            t.diagnostic(`${page.url()} showed:\n${await page.innerText("body", { timeout: 5000 }).catch(String)}`);
          throw error;
        }
      });
    },
    async visit(t, path, { width = 1440, stranger = false, complaints: expected, ...look } = {}) {
      const context = await browser.newContext({
        viewport: { width, height: 900 },
        locale: "en-GB",
        colorScheme: "light",
        // A map that is drawn in software twenty times a second leaves nothing for the rest of the machine.
        reducedMotion: "reduce",
        ...look,
      });
      t.after(() => context.close());
      if (!stranger) {
        const [name, value] = cookie.split(/=(.*)/s) as [string, string];
        await context.addCookies([{ name, value, url }]);
      }
      const page = await context.newPage();
      page.setDefaultTimeout(STEP);
      listen(page, expected);
      await page.goto(url + path);
      return page;
    },
    setClock: async (change) => void (await post("/v1/clock", change)),
    ask,
    async until(path, seen) {
      for (const start = Date.now(); Date.now() - start < UNTIL; await setTimeout(300)) {
        const found = seen(await ask(path));
        if (found !== null) return found;
      }
      return assert.fail(`${path} never answered as wished`);
    },
    async picture(name, of) {
      if (pictures === undefined) return;
      await setTimeout(2500); // The map fades its tiles in; no test takes a picture without being told to.
      await of.screenshot({ path: join(pictures, `${name}.png`) });
    },
  };
}
