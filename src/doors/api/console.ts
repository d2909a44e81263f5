import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";
import { problemOf } from "./problems.ts";

const notBuilt = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Milepool</title>
<style>body{font:18px/1.6 system-ui,sans-serif;margin:4rem auto;max-width:36rem;padding:0 1rem}</style>
<h1>The network is running; its console is not built</h1>
<p>Build it with <code>npm run build --workspace console</code> and load this page again.</p>
<p>The API is at <a href="/docs">/docs</a>.</p></html>`;

/** Paths that belong to programs, in whatever case: what is not there is a problem, and never the console's page. */
const programs = /^\/(v1|hooks|t|docs|healthz|readyz|metrics|openapi\.json)(\/|$)/i;

/** The built console at `/`; its own addresses (`/orders/…`) all lead to its one page. */
export async function serveConsole(app: FastifyInstance, folder: string): Promise<void> {
  const built = existsSync(join(folder, "index.html"));
  if (built) {
    await app.register(fastifyStatic, {
      root: folder,
      index: false,
      wildcard: false,
      schemaHide: true,
      // Names of built files carry a hash of their content; the page itself does not.
      setHeaders: (reply, path) =>
        void reply.header(
          "cache-control",
          path.includes("/assets/") ? "public, max-age=31536000, immutable" : "no-cache",
        ),
    });
  }
  app.get("/*", { schema: { hide: true } }, (request, reply) => {
    const path = request.url.split("?")[0]!;
    if (programs.test(path) || /\.[a-z0-9]{2,5}$/i.test(path)) {
      const problem = {
        ...problemOf({ code: "ROUTE_NOT_FOUND", ...{ path: path.slice(0, 200) } }),
        instance: `urn:uuid:${request.id}`,
      };
      return reply.code(404).type("application/problem+json").serializer(JSON.stringify).send(problem);
    }
    if (built) return reply.header("cache-control", "no-cache").sendFile("index.html");
    return reply.type("text/html; charset=utf-8").header("cache-control", "no-store").serializer(String).send(notBuilt);
  });
}
