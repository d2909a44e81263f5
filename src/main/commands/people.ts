import type { Answer } from "../../doors/api/contract.ts";
import type { Permission } from "../../domain/index.ts";
import { askAsPerson, personHelp, personOptions } from "./as-person.ts";
import { asJson, err, out, readArgs } from "./words.ts";

/** What the people of an organisation usually are, as permissions. */
const roles: Readonly<Record<string, readonly Permission[]>> = {
  viewer: ["orders:read", "fleet:read"],
  dispatcher: ["orders:read", "orders:write", "fleet:read", "fleet:write"],
  auditor: ["orders:read", "fleet:read", "audit:read"],
  admin: ["orders:read", "orders:write", "fleet:read", "fleet:write", "audit:read", "admin"],
};

const help = `milepool people list [--for PARTICIPANT] [--json]
milepool people add EMAIL --name NAME --for PARTICIPANT|network [--role ${Object.keys(roles).join("|")}]
milepool people reset ID        a new password; shown once
milepool people disable ID      keep out, from now on
milepool people enable ID       let in again

Whoever is added gets a password that is shown once, and is asked to choose another. A dispatcher when no role is given.
${personHelp}

example: ./milepool people add ana@quayside.example --name "Ana Sousa" --for participant_0000000000jxw7d9mmnn7vb279 --role dispatcher`;

const options = {
  ...personOptions,
  name: { type: "string" },
  for: { type: "string" },
  role: { type: "string" },
} as const;

interface Words {
  readonly name?: string;
  readonly for?: string;
  readonly role?: string;
}

interface PeopleRequest {
  readonly method: string;
  readonly path: string;
  readonly body?: object;
}

export async function peopleCommand(args: readonly string[]): Promise<number> {
  const read = readArgs(args, options, help);
  if (typeof read === "number") return read;
  const [verb, what] = read.positionals;
  const request = requestOf(verb, what, read.values);
  if (!request) {
    err(help);
    return 2;
  }
  const answer = await askAsPerson(read.values, request.method, request.path, request.body);
  if ((read.values as { json?: boolean }).json) asJson(answer);
  else tell(answer as Told);
  return 0;
}

/** Null for wrong use. */
function requestOf(verb: string | undefined, what: string | undefined, words: Words): PeopleRequest | null {
  if (verb === "list") return { method: "GET", path: `/v1/people${words.for ? `?as=${words.for}` : ""}` };
  if (!what) return null;
  const id = encodeURIComponent(what);
  if (verb === "reset") return { method: "POST", path: `/v1/people/${id}/password`, body: {} };
  if (verb === "disable" || verb === "enable") return { method: "POST", path: `/v1/people/${id}/${verb}`, body: {} };
  const { name, for: participant, role = "dispatcher" } = words;
  const may = Object.hasOwn(roles, role) ? roles[role] : undefined;
  if (verb !== "add" || !name || !participant || !may) return null;
  return { method: "POST", path: "/v1/people", body: { email: what, name, participant, may } };
}

type PersonView = Answer<"listPeople">["people"][number];
type Told = Partial<Answer<"listPeople"> & Answer<"addPerson">> & Partial<PersonView>;

function tell({ people, person, password, ...alone }: Told): void {
  for (const one of people ?? [person ?? (alone as PersonView)]) {
    const acts = one.memberships.map(({ participant }) => participant).join(", ");
    out(`${one.id}  ${one.email}  ${one.name}  for ${acts}${one.active ? "" : "  kept out"}`);
  }
  if (password) out(`${password}\n(shown this once)`);
  else if (password === null) out("known already: the password stays");
}
