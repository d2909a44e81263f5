import fastifySwagger from "@fastify/swagger";
import fastifySwaggerUi from "@fastify/swagger-ui";
import type { FastifyInstance } from "fastify";
import type { Api } from "./context.ts";
import { carrierOpenApi, openApi } from "./openapi.ts";
import { codes, entryOf } from "./problems.ts";

/** `/openapi.json`, the readable page at `/docs` (its files come with the package: nothing is fetched from outside), and the codes at `/docs/refusals`. */
export async function serveDocs(app: FastifyInstance, api: Api): Promise<void> {
  const document = openApi(api.publicUrl, api.version);
  const text = JSON.stringify(document);
  const hidden = { hide: true };
  app.get("/openapi.json", { schema: hidden }, (_request, reply) =>
    reply.type("application/json").serializer(String).send(text),
  );
  app.get("/carrier-openapi.json", { schema: hidden }, (_request, reply) =>
    reply
      .type("application/json")
      .serializer(String)
      .send(JSON.stringify(carrierOpenApi(api.publicUrl))),
  );
  app.get("/docs/refusals", { schema: hidden }, (_request, reply) =>
    reply.type("text/html; charset=utf-8").serializer(String).send(refusalsPage()),
  );
  await app.register(fastifySwagger, { mode: "static", specification: { document: document as never } });
  await app.register(fastifySwaggerUi, {
    routePrefix: "/docs",
    staticCSP: false,
    uiConfig: { docExpansion: "none", deepLinking: true, validatorUrl: null },
  });
}

/** Where a problem's `type` leads: every code with what it means. What happened and how to mend it stands in each answer, with its facts. */
function refusalsPage(): string {
  const rows = codes.map((code) => {
    const { status, title } = entryOf(code);
    return `<tr id="${code.toLowerCase()}"><td><code>${code}</code></td><td>${status}</td><td>${title}</td></tr>`;
  });
  return [
    '<!doctype html><html lang="en"><meta charset="utf-8"><title>Milepool: refusals</title>',
    "<style>body{font:16px/1.5 system-ui,sans-serif;margin:2rem auto;max-width:50rem;padding:0 1rem}td{padding:.2rem 1rem .2rem 0}tr:target{background:#fe9}</style>",
    "<h1>Refusals</h1><p>Each answer that refuses carries one of these codes, says in <code>detail</code> what happened and in <code>mend</code> how to mend it.</p>",
    `<table><tr><th>Code</th><th>Status</th><th>Title</th></tr>${rows.join("")}</table></html>`,
  ].join("\n");
}
