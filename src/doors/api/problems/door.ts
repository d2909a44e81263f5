import type { Fault, SolveRefusal } from "../../solve/index.ts";
import { entry, of, type Entry } from "./entry.ts";

/** What the door itself refuses, before or beside the journey. */
export type DoorCode =
  | "NOT_JSON"
  | "NESTED_TOO_DEEP"
  | "BODY_TOO_LARGE"
  | "WRONG_MEDIA_TYPE"
  | "FIELD_UNKNOWN"
  | "FIELD_MISSING"
  | "FIELD_WRONG"
  | "ROUTE_NOT_FOUND"
  | "KEY_NOT_FOUND"
  | "ENDPOINT_NOT_FOUND"
  | "IMPORT_NOT_FOUND"
  | "CURSOR_WRONG"
  | "SIGN_IN_NEEDED"
  | "KEY_REFUSED"
  | "NOT_PERMITTED"
  | "NOT_YOUR_PARTICIPANT"
  | "PERSON_KNOWN"
  | "PERSON_NOT_FOUND"
  | "PERSON_ELSEWHERE"
  | "NOT_YOURSELF"
  | "OPERATOR_ONLY"
  | "CROSS_SITE_REQUEST"
  | "WRONG_EMAIL_OR_PASSWORD"
  | "WRONG_PASSWORD"
  | "PASSWORD_HANDED_OUT"
  | "DEMO_ONLY"
  | "NOT_FROM_THIS_MACHINE"
  | "TOO_MANY_REQUESTS"
  | "TOO_MANY_STREAMS"
  | "NOTHING_STORED"
  | "TOO_MUCH_WAITS"
  | "IDEMPOTENCY_KEY_REUSED"
  | "IDEMPOTENCY_KEY_WRONG"
  | "ETAG_WRONG"
  | "SHIPPER_MISSING"
  | "CARRIER_MISSING"
  | "NOTHING_TO_CHANGE"
  | "VALUE_CURRENCY_WRONG"
  | "CONNECTOR_UNKNOWN"
  | "CONNECTOR_TAKEN"
  | "LINKS_FIXED"
  | "ENDPOINT_ADDRESS_REFUSED"
  | "ENDPOINT_NEEDS_PARTICIPANT"
  | "SOLVE_JOB_NOT_FOUND"
  | SolveRefusal["code"]
  | "ROAD_REPORT_UNREADABLE"
  | "OUR_MISTAKE";

export const doorEntries: Readonly<Record<DoorCode, Entry>> = {
  NOT_JSON: entry(
    400,
    "Not JSON",
    (f) => `The body is not JSON: ${of(f, "why")}.`,
    "Check quotes, commas and braces; send Content-Type: application/json.",
  ),
  NESTED_TOO_DEEP: entry(
    400,
    "Nested too deep",
    (f) => `The body is nested more than ${of(f, "limit")} levels deep.`,
    "Send what the contract at /docs describes.",
  ),
  BODY_TOO_LARGE: entry(
    413,
    "Body too large",
    (f) => `The body is larger than the ${of(f, "limit_bytes")} bytes taken here.`,
    "Send it in several parts; orders in bulk go through POST /v1/orders/import (10 MB).",
  ),
  WRONG_MEDIA_TYPE: entry(
    415,
    "Wrong media type",
    (f) => `This route does not read ${of(f, "sent")}.`,
    (f) => (f["coding"] ? "Send it without Content-Encoding." : `Send Content-Type: ${of(f, "expected")}.`),
  ),
  FIELD_UNKNOWN: entry(
    400,
    "Unknown field",
    (f) => `There is no field ${of(f, "field")}.`,
    (f) => (f["alike"] ? `Did you mean ${of(f, "alike")}?` : "Leave it out; /docs lists the fields."),
  ),
  FIELD_MISSING: entry(
    400,
    "Field missing",
    (f) => `The field ${of(f, "field")} is missing.`,
    "Give it; /docs describes it.",
  ),
  FIELD_WRONG: entry(
    400,
    "Field wrong",
    (f) => `${of(f, "field")} ${of(f, "why")}.`,
    (f) => (f["example"] ? `For example: ${of(f, "example")}.` : "Correct the value; /docs describes it."),
  ),
  ROAD_REPORT_UNREADABLE: entry(
    422,
    "Report on the roads not understood",
    (f) => `The report was not taken: ${of(f, "at") || "it"} ${of(f, "reason")}.`,
    "Mend the place that is named and send the report again, whole; what held before holds on.",
  ),
  ROUTE_NOT_FOUND: entry(
    404,
    "No such address",
    (f) => `There is nothing at ${of(f, "path")}.`,
    "/docs lists all addresses.",
  ),
  KEY_NOT_FOUND: entry(
    404,
    "Key not found",
    "There is no such key, or it is not yours to see.",
    "GET /v1/keys lists your keys.",
  ),
  ENDPOINT_NOT_FOUND: entry(
    404,
    "Endpoint not found",
    "There is no such endpoint, or it is not yours to see.",
    "GET /v1/endpoints lists your endpoints.",
  ),
  IMPORT_NOT_FOUND: entry(
    404,
    "Import not found",
    "There is no such import, or it is not yours to see.",
    "The import's id stands in the answer to the import and on each of its orders.",
  ),
  CURSOR_WRONG: entry(
    400,
    "Cursor wrong",
    "The cursor is not one of ours.",
    "Pass on `next` of the page before unchanged, or leave the cursor out.",
  ),

  SIGN_IN_NEEDED: entry(
    401,
    "Sign in first",
    "Nobody is signed in, and no key was sent.",
    "Sign in, or send Authorization: Bearer mp_… with an API key.",
  ),
  KEY_REFUSED: entry(
    401,
    "Key refused",
    "The key is unknown or was revoked.",
    "Check that the whole key was copied; make a new one under Keys if it is lost.",
  ),
  NOT_PERMITTED: entry(
    403,
    "Not permitted",
    (f) => `This takes the permission ${of(f, "permission")}, which you do not have.`,
    "Ask an administrator of your participant for it.",
  ),
  NOT_YOUR_PARTICIPANT: entry(
    403,
    "Not your participant",
    "You may not act for this participant.",
    "GET /v1/session lists for whom you may act.",
  ),
  PERSON_KNOWN: entry(
    409,
    "Known already",
    "Somebody with this e-mail address acts for others in the network already.",
    "Ask the network's operator to let them act for you, too.",
  ),
  PERSON_NOT_FOUND: entry(
    404,
    "Person not found",
    "There is no such person, or they do not act for you.",
    "GET /v1/people lists your people.",
  ),
  PERSON_ELSEWHERE: entry(
    409,
    "Acts for others, too",
    "This person acts for other participants, too, so that their account is not yours to change.",
    "Ask the network's operator.",
  ),
  NOT_YOURSELF: entry(
    409,
    "That is yourself",
    "Nobody keeps themselves out: there might be nobody left to open.",
    "Ask another administrator to do it.",
  ),
  OPERATOR_ONLY: entry(
    403,
    "For the operator only",
    "Only the operator of the network may do this.",
    "Ask the operator.",
  ),
  CROSS_SITE_REQUEST: entry(
    403,
    "Request from another site",
    "A change with a session cookie must come from the console itself.",
    "Programs use an API key; behind a proxy, set MILEPOOL_PUBLIC_URL.",
  ),
  WRONG_EMAIL_OR_PASSWORD: entry(
    401,
    "Wrong e-mail or password",
    "The e-mail address or the password is wrong.",
    "Try again; an administrator can set a new password.",
  ),
  WRONG_PASSWORD: entry(
    403,
    "Wrong password",
    "The current password is wrong, so that it stays as it is.",
    "Try again; an administrator can set a new one.",
  ),
  PASSWORD_HANDED_OUT: entry(
    403,
    "Choose a password first",
    "Your password was made by somebody else, who may know it. Until you have chosen one of your own it opens nothing else.",
    "Sign in to the console, which asks for it, or POST /v1/session/password.",
  ),
  DEMO_ONLY: entry(
    409,
    "Only in the demo",
    "This network runs on the clock on the wall; only the demo can be paused, stepped and entered without a password.",
    "Run `npm start` for the demo.",
  ),
  NOT_FROM_THIS_MACHINE: entry(
    403,
    "Not from this machine",
    "The demo lets people in without a password only from the machine it runs on.",
    "Sign in with e-mail and password, or open the demo where it runs.",
  ),

  TOO_MANY_REQUESTS: entry(
    429,
    "Too many requests",
    (f) => `More than ${of(f, "limit")} requests came within ${of(f, "within")}.`,
    (f) => `Wait ${of(f, "retryAfter_s")} s. Orders and positions can be sent many at a time.`,
  ),
  TOO_MANY_STREAMS: entry(
    429,
    "Too many streams",
    (f) => `${of(f, "limit")} streams are open already.`,
    "Close one; one stream is enough for one program.",
  ),
  NOTHING_STORED: entry(
    503,
    "Nothing can be stored",
    "The store takes nothing at the moment, so that no promise can be made.",
    (f) => `Send it again in ${of(f, "retryAfter_s")} seconds, under the same Idempotency-Key; /readyz says why.`,
  ),
  TOO_MUCH_WAITS: entry(
    503,
    "Too much waits",
    (f) => `${of(f, "waiting")} others wait already.`,
    (f) => `Send it again in ${of(f, "retryAfter_s")} seconds, under the same Idempotency-Key.`,
  ),
  IDEMPOTENCY_KEY_REUSED: entry(
    422,
    "Key used for another request",
    "This Idempotency-Key was used with another body.",
    "Use a new key for each new request, and the same key only to repeat the same request.",
  ),
  IDEMPOTENCY_KEY_WRONG: entry(
    400,
    "Idempotency-Key wrong",
    "An Idempotency-Key has 1 to 200 printable characters.",
    "A random UUID serves well.",
  ),
  ETAG_WRONG: entry(
    400,
    "If-Match wrong",
    "If-Match is not an ETag of an order.",
    'Send the ETag of the order as you got it, e.g. If-Match: "3".',
  ),

  SHIPPER_MISSING: entry(
    422,
    "For which shipper?",
    "The operator must say for which shipper the order is.",
    "Add ?shipper=participant_…, or act as that shipper (header Milepool-As).",
  ),
  CARRIER_MISSING: entry(
    422,
    "For which carrier?",
    "The operator must say for which carrier this is.",
    "Add ?carrier=participant_…, or act as that carrier (header Milepool-As).",
  ),
  NOTHING_TO_CHANGE: entry(
    422,
    "Nothing to change",
    "The request names no field to change.",
    "Send at least one of readyAt, dropoffWindow, dropoffNotes, dropoffPhone.",
  ),
  VALUE_CURRENCY_WRONG: entry(
    422,
    "Unknown currency",
    (f) => `${of(f, "currency")} is no currency of ISO 4217.`,
    "Use a three-letter code such as EUR.",
  ),
  CONNECTOR_UNKNOWN: entry(
    404,
    "No such connection",
    (f) => `No platform is linked as ${of(f, "connector")}.`,
    "Connections lists the linked platforms.",
  ),
  CONNECTOR_TAKEN: entry(
    409,
    "Connector linked already",
    (f) => `${of(f, "connector")} belongs to another participant already.`,
    "Link your account to that participant: Connections names it.",
  ),
  LINKS_FIXED: entry(
    409,
    "Links are fixed here",
    "The demo's platforms are its own simulators.",
    "Run ./milepool start to link accounts of your own.",
  ),
  ENDPOINT_ADDRESS_REFUSED: entry(
    422,
    "Address refused",
    (f) => `Events are not sent to ${of(f, "host")}: ${of(f, "why")}.`,
    "Give an https address that is reachable from outside.",
  ),
  ENDPOINT_NEEDS_PARTICIPANT: entry(
    422,
    "For which participant?",
    "An endpoint belongs to a participant, and the network is none.",
    "Act as a participant (header Milepool-As).",
  ),

  SOLVE_PROBLEM_WRONG: entry(
    422,
    "Problem not understood",
    (f) => {
      const [first, ...more] = f["faults"] as readonly Fault[];
      const rest = more.length === 0 ? "" : `, and ${more.length} more`;
      return `The problem cannot be understood at ${first?.path}: ${first?.what}${rest}.`;
    },
    (f) => `${(f["faults"] as readonly Fault[])[0]?.mend}; faults lists every place.`,
  ),
  SOLVE_TOO_LARGE: entry(
    413,
    "Problem too large",
    (f) => `The problem has ${of(f, "found")} ${of(f, "what")}; ${of(f, "limit")} are solved here.`,
    "Split it, or solve it with ./milepool solve on a machine of your own.",
  ),
  SOLVE_TOO_LONG: entry(
    422,
    "Search too long",
    (f) => `A search of ${of(f, "seconds")} seconds is asked for; here it may take ${of(f, "limit")}.`,
    "Ask for fewer seconds, or place a job with POST /v1/solve/jobs.",
  ),
  SOLVE_DESK_FULL: entry(
    429,
    "Too many searches",
    (f) => `${of(f, "open")} searches wait or run already; ${of(f, "limit")} may.`,
    "Wait until one has ended, or cancel one.",
  ),
  SOLVE_JOB_NOT_FOUND: entry(
    404,
    "No such job",
    "You have no search with this id.",
    "Ended searches are kept for an hour, and not over a restart; GET /v1/solve/jobs lists yours.",
  ),

  OUR_MISTAKE: entry(
    500,
    "Our mistake",
    "Something went wrong on our side; nothing was done by halves.",
    "Try again; if it stays, tell the operator the instance of this answer.",
  ),
};
