import fastifyCookie from "@fastify/cookie";
import fastifyHelmet from "@fastify/helmet";
import fastifyRateLimit from "@fastify/rate-limit";
import fastify, { type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { routes, type RouteName, type RouteSpec } from "./contract.ts";
import { directoryScope, needs, type Api, type ApiParts, type Asked, type Caller } from "./context.ts";
import { serveConsole } from "./console.ts";
import { serveDocs } from "./docs.ts";
import { fromText, mismatch } from "./explain.ts";
import { handlers } from "./handlers/index.ts";
import { measure } from "./metrics.ts";
import { problemOf, Refused, type Code } from "./problems.ts";
import { openDoorman, fromOurPages, ourOrigins } from "./who.ts";

declare module "fastify" {
  interface FastifyRequest {
    caller: Caller | null;
  }
  interface FastifyContextConfig {
    route?: RouteName;
  }
}

const json_bytes = 1_048_576;
const csv_bytes = 10 * 1_048_576;
const deepest = 12;

/** The HTTP door over the network: built, not listening yet. */
export async function buildApi(parts: ApiParts): Promise<FastifyInstance> {
  const api: Api = { ...parts, directory: directoryOf(parts) };
  const app = fastify({
    trustProxy: parts.trustProxy,
    bodyLimit: json_bytes,
    requestTimeout: 60_000,
    keepAliveTimeout: 72_000,
    logger: false,
    genReqId: () => crypto.randomUUID(),
    // An address with a broken percent sign leads nowhere; it is not even looked up.
    frameworkErrors(_error, request, reply) {
      const path = request.url.slice(0, 200);
      void sendProblem(reply as FastifyReply, request as FastifyRequest, { code: "ROUTE_NOT_FOUND", path });
    },
    routerOptions: { maxParamLength: 200, caseSensitive: true },
    // A request that Node itself cannot read never reaches a handler; it gets the plain answer of RFC 9112.
    return503OnClosing: true,
    // Fastify's types tell http and https servers apart; what hangs on them here is the same.
    ...(parts.tls ? ({ https: parts.tls } as object) : {}),
  });
  app.decorateRequest("caller", null);
  app.decorate("streams", new Set<() => void>());
  app.addHook("preClose", (done) => {
    for (const end of [...app.streams]) end(); // an open stream would keep the door from closing
    done();
  });
  app.setErrorHandler((error: FastifyError, request, reply) => answerError(api, error, request, reply));
  app.setNotFoundHandler((request, reply) => {
    const path = request.url.split("?")[0]!.slice(0, 200);
    return sendProblem(reply, request, { code: "ROUTE_NOT_FOUND", path });
  });
  app.setValidatorCompiler(({ schema, httpPart }) => (value: unknown) => {
    const read = httpPart === "body" || httpPart === "headers" ? value : fromText(schema, value);
    const wrong = mismatch(schema, read, httpPart === "body" ? "The body" : "The request");
    return wrong ? { error: new Refused({ ...wrong }) } : { value: read };
  });
  app.setSerializerCompiler(() => (value) => JSON.stringify(value));
  app.addHook("onRoute", (route) => {
    if (!route.schema)
      throw new Error(`${String(route.method)} ${route.url} has no schema: describe it in the contract`);
  });

  readBodies(app);
  measure(app, api);
  await app.register(fastifyCookie);
  await app.register(fastifyHelmet, helmetOptions(parts.publicUrl));
  const doorman = openDoorman(parts);
  app.addHook("onRequest", async (request) => {
    // A key that does not count must not close what is open to everybody (the sign-in page, health).
    const open = request.routeOptions.config.route !== undefined && specOf(request)?.may === null;
    request.caller = await doorman.callerOf(request).catch((error: unknown) => {
      if (open && error instanceof Refused) return null;
      throw error;
    });
  });
  const origins = ourOrigins(parts.publicUrl);
  await app.register(fastifyRateLimit, limitOptions(parts));
  app.addHook("onRequest", (request, _reply, done) => {
    try {
      admit(request, origins);
      mustBePlain(request);
      mustBeOpen(request, parts);
      done();
    } catch (error) {
      done(error as Error);
    }
  });
  for (const name of Object.keys(routes) as RouteName[]) addRoute(app, api, name, () => doorman.forget());
  await serveDocs(app, api);
  await serveConsole(app, parts.consoleFolder);
  return app;
}

const specOf = (request: FastifyRequest): RouteSpec | undefined => {
  const name = request.routeOptions.config.route;
  return name === undefined ? undefined : routes[name];
};

/** Lets in who may: the permission the contract names, and for cookies only our own pages. */
function admit(request: FastifyRequest, origins: ReadonlySet<string>): void {
  const spec = specOf(request);
  if (!spec) return;
  const { caller } = request;
  const rides = caller?.how === "session" || spec.group === "Session";
  if (rides && spec.method !== "GET" && !fromOurPages(request, origins))
    throw new Refused({ code: "CROSS_SITE_REQUEST" });
  if (spec.may === null) return;
  if (!caller) throw new Refused({ code: "SIGN_IN_NEEDED" });
  if (caller.signedIn?.person.passwordHandedOut) throw new Refused({ code: "PASSWORD_HANDED_OUT" });
  needs(caller.scope, spec.may);
}

/** Bodies come as they are: one that was packed could unpack to any size (RFC 9110 section 15.5.16). */
function mustBePlain({ headers }: FastifyRequest): void {
  const coding = headers["content-encoding"];
  if (coding !== undefined && coding.toLowerCase() !== "identity")
    throw new Refused({ code: "WRONG_MEDIA_TYPE", sent: "a packed body", coding: coding.slice(0, 40) });
}

/** Groups whose changes put nothing into the store, or end what fills it. */
const alwaysOpen: readonly string[] = ["Session", "Live", "Operation"];

/** Refuses what would change something while the network takes nothing: before the handler, so that nothing is half done. */
function mustBeOpen(request: FastifyRequest, { network }: ApiParts): void {
  const spec = specOf(request);
  if (!spec || spec.method === "GET" || spec.onlyAsks || alwaysOpen.includes(spec.group)) return;
  const closed = network.closed();
  if (closed) throw new Refused(closed);
}

/** Any route's handler: what it was asked has been checked against its own part of the contract. */
type Handle = (api: Api, asked: Asked<never>, forget: () => void) => unknown;

function addRoute(app: FastifyInstance, api: Api, name: RouteName, forget: () => void): void {
  const spec: RouteSpec = routes[name];
  const handle = (handlers as Readonly<Record<RouteName, Handle>>)[name];
  const strict = name === "signIn" || name === "changePassword" ? { rateLimit: { max: 20, timeWindow: 60_000 } } : {};
  app.route({
    method: spec.method,
    url: spec.path,
    config: { route: name, ...strict },
    ...(spec.consumes === "text/csv" || spec.largest_bytes ? { bodyLimit: spec.largest_bytes ?? csv_bytes } : {}),
    schema: {
      params: spec.params ?? {},
      querystring: spec.query ?? {},
      ...(spec.body && spec.consumes === undefined ? { body: spec.checked ?? spec.body } : {}), // what is not JSON comes as bytes
    },
    handler: async (request, reply) => {
      const { params, query, body, caller } = request;
      // Routes open to everybody get a scope that sees nothing.
      const scope = caller?.scope ?? ({ viewer: "participant_", by: "anonymous", may: [] } as const);
      const asked = { params, query, body, scope, caller, request, reply } as unknown as Asked<RouteName>;
      const answer = await handle(api, asked, forget);
      if (reply.sent || answer === undefined) return reply;
      if (api.checkAnswers && !spec.produces) checkAnswer(spec, reply.statusCode, answer);
      return answer;
    },
  });
}

function checkAnswer(spec: RouteSpec, status: number, answer: unknown): void {
  const schema = spec.answers[status];
  if (!schema) return;
  const wrong = mismatch(schema, JSON.parse(JSON.stringify(answer)), "The answer");
  if (wrong) throw new Error(`${spec.method} ${spec.path} answered against its contract: ${JSON.stringify(wrong)}`);
}

/** JSON of bounded depth, CSV and webhooks as raw bytes; nothing else is read. */
function readBodies(app: FastifyInstance): void {
  app.removeAllContentTypeParsers();
  app.addContentTypeParser(
    ["application/json", "application/cloudevents+json"],
    { parseAs: "string" },
    (request, text, done) => {
      const wanted = specOf(request)?.consumes;
      if (wanted === "*/*") return done(null, Buffer.from(text as string));
      if (wanted) return done(new Refused({ code: "WRONG_MEDIA_TYPE", sent: "application/json", expected: wanted }));
      if ((text as string).trim() === "") return done(null, request.method === "POST" ? {} : undefined);
      try {
        const body: unknown = JSON.parse(text as string, refuseUnsayable);
        if (deeper(body, deepest)) return done(new Refused({ code: "NESTED_TOO_DEEP", limit: deepest }));
        done(null, body);
      } catch (error) {
        if (error instanceof Refused) return done(error);
        done(
          new Refused({
            code: "NOT_JSON",
            why: error instanceof RangeError ? "it is nested too deep" : (error as Error).message.slice(0, 120),
          }),
        );
      }
    },
  );
  app.addContentTypeParser("*", { parseAs: "buffer", bodyLimit: csv_bytes }, (request, bytes, done) => {
    const wanted = specOf(request)?.consumes;
    const sent = request.headers["content-type"]?.split(";")[0] ?? "nothing";
    if (wanted === "*/*") return done(null, bytes);
    if (
      wanted === "text/csv" &&
      /^(text\/(csv|plain|tab-separated-values)|application\/(csv|vnd\.ms-excel|octet-stream))$/.test(sent)
    )
      return done(null, bytes);
    done(new Refused({ code: "WRONG_MEDIA_TYPE", sent: sent.slice(0, 60), expected: wanted ?? "application/json" }));
  });
}

/**
 * Of what JSON may hold, this comes no further than the door: a name that as a plain assignment would change what an object is, and
 * text that UTF-8 cannot say (half of a surrogate pair, RFC 8259 section 8.2), which a store would change silently.
 */
function refuseUnsayable(key: string, value: unknown): unknown {
  if (key === "__proto__") throw new Refused({ code: "FIELD_UNKNOWN", field: key });
  if (typeof value === "string" && !value.isWellFormed())
    throw new Refused({ code: "FIELD_WRONG", field: key || "The body", why: "holds half of a surrogate pair" });
  return value;
}

function deeper(value: unknown, than: number): boolean {
  if (typeof value !== "object" || value === null) return false;
  return than === 0 || Object.values(value).some((inner) => deeper(inner, than - 1));
}

function helmetOptions(publicUrl: string) {
  return {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        baseUri: ["'none'"],
        objectSrc: ["'none'"],
        frameAncestors: ["'none'"],
        formAction: ["'self'"],
        scriptSrc: ["'self'"],
        // MapLibre starts its workers from blob URLs, draws sprites through data and blob images, and Mantine writes style elements.
        workerSrc: ["'self'", "blob:"],
        childSrc: ["'self'", "blob:"],
        imgSrc: ["'self'", "data:", "blob:"],
        styleSrc: ["'self'", "'unsafe-inline'"],
        fontSrc: ["'self'", "data:"],
        connectSrc: ["'self'"],
      },
    },
    hsts: publicUrl.startsWith("https:"),
    crossOriginEmbedderPolicy: false,
    referrerPolicy: { policy: "same-origin" as const },
  };
}

/** Per caller, or per address while nobody is known. The demo serves its own machine and is generous. */
function limitOptions({ network, requestsPerMinute }: ApiParts) {
  const max = requestsPerMinute ?? (network.demo ? 60_000 : 6000);
  return {
    global: true,
    max,
    timeWindow: 60_000,
    cache: 20_000,
    keyGenerator: (request: FastifyRequest) => request.caller?.scope.by ?? request.ip,
    errorResponseBuilder: (_request: FastifyRequest, context: { max: number; after: string; ttl: number }) =>
      new Refused({
        code: "TOO_MANY_REQUESTS",
        limit: context.max,
        within: "a minute",
        retryAfter_s: Math.ceil(context.ttl / 1000),
      }),
  };
}

function directoryOf({ network }: ApiParts): Api["directory"] {
  let known: { at: number; list: ReturnType<Api["directory"]> } | null = null;
  return () => {
    if (known && Date.now() - known.at < 2000) return known.list;
    const list = network.reads.participants(directoryScope).then((all) => new Map(all.map((one) => [one.id, one])));
    known = { at: Date.now(), list };
    list.catch(() => (known = null));
    return list;
  };
}

/** Fastify's own errors in our words. */
const fastifyCodes: Readonly<Record<string, Code>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: "BODY_TOO_LARGE",
  FST_ERR_CTP_INVALID_MEDIA_TYPE: "WRONG_MEDIA_TYPE",
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: "NOT_JSON",
};

function answerError(
  api: Api,
  error: FastifyError | Refused,
  request: FastifyRequest,
  reply: FastifyReply,
): FastifyReply {
  if (error instanceof Refused) return sendProblem(reply, request, error.refusal);
  // The stores' own error, known by its name: a door does not import an adapter.
  if (error.name === "BadCursor") return sendProblem(reply, request, { code: "CURSOR_WRONG", field: "cursor" });
  const known = fastifyCodes[error.code];
  if (known) {
    const csv = specOf(request)?.consumes === "text/csv";
    const facts = {
      limit_bytes: specOf(request)?.largest_bytes ?? (csv ? csv_bytes : json_bytes),
      sent: request.headers["content-type"] ?? "nothing",
      expected: specOf(request)?.consumes ?? "application/json",
      why: error.message,
    };
    return sendProblem(reply, request, { code: known, ...facts });
  }
  if (error.statusCode !== undefined && error.statusCode < 500)
    return sendProblem(reply, request, { code: "FIELD_WRONG", field: "The request", why: "cannot be read" });
  api.log?.error(
    { err: error, instance: request.id, method: request.method, path: request.url.split("?")[0] },
    "our mistake",
  );
  return sendProblem(reply, request, { code: "OUR_MISTAKE" });
}

function sendProblem(
  reply: FastifyReply,
  request: FastifyRequest,
  refusal: { readonly code: Code } & Record<string, unknown>,
): FastifyReply;
function sendProblem(reply: FastifyReply, request: FastifyRequest, refusal: { readonly code: Code }): FastifyReply;
function sendProblem(reply: FastifyReply, request: FastifyRequest, refusal: { readonly code: Code }): FastifyReply {
  const problem = { ...problemOf(refusal), instance: `urn:uuid:${request.id}` };
  // What was too much is not read to its end.
  if (problem.status === 413) reply.header("connection", "close");
  if ("retryAfter_s" in refusal) reply.header("retry-after", String(refusal.retryAfter_s));
  if (problem.status === 401) reply.header("www-authenticate", "Bearer");
  return reply.code(problem.status).type("application/problem+json").serializer(JSON.stringify).send(problem);
}
