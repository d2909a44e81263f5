import type { SignedIn } from "../../../commons/governance/ports.ts";
import type { Scope } from "../../../domain/index.ts";
import type { Answer, PersonBody } from "../contract.ts";
import { needs, type Api, type Asked } from "../context.ts";
import { Refused } from "../problems.ts";

type PersonView = Answer<"listPeople">["people"][number];

const personView = ({ person, memberships }: SignedIn): PersonView => ({
  ...person,
  memberships: memberships.map(({ participant, may }) => ({ participant, may: [...may] })),
});

export const listPeople = async (api: Api, { scope }: Asked<"listPeople">): Promise<Answer<"listPeople">> => ({
  people: (await api.accounts.people(scope)).map(personView),
});

export async function addPerson(
  api: Api,
  { scope, body, reply }: Asked<"addPerson">,
  forget: () => void,
): Promise<Answer<"addPerson">> {
  await mayAdmit(api, scope, body);
  // Somebody who is known already would get a membership unasked, and the asker would learn of their other ones.
  if (scope.viewer !== "network" && (await api.accounts.knows(body.email))) throw new Refused({ code: "PERSON_KNOWN" });
  const { person, password } = await api.accounts.admit(body.email, body.name.trim(), {
    participant: body.participant,
    may: body.may,
  });
  forget();
  void reply.code(201);
  return { person: personView(person), password };
}

/** An administrator lets people in to its own participant, with at most its own permissions. */
async function mayAdmit(api: Api, scope: Scope, body: PersonBody): Promise<void> {
  for (const permission of body.may) needs(scope, permission);
  if (scope.viewer !== "network" && body.participant !== scope.viewer)
    throw new Refused({ code: "NOT_YOUR_PARTICIPANT" });
  if (body.participant !== "network" && !(await api.directory()).has(body.participant))
    throw new Refused({ code: "NOT_YOUR_PARTICIPANT" });
}

/** The person, when the asker may decide over its whole account: the operator, or who alone has it among its people. */
async function accountOf(api: Api, scope: Scope, id: string): Promise<SignedIn> {
  const known = await api.accounts.person(id);
  const seen = known?.memberships.some(({ participant }) => scope.viewer === "network" || participant === scope.viewer);
  if (!known || !seen) throw new Refused({ code: "PERSON_NOT_FOUND" });
  if (scope.viewer !== "network" && known.memberships.some(({ participant }) => participant !== scope.viewer))
    throw new Refused({ code: "PERSON_ELSEWHERE" });
  // Whoever may less would otherwise become who may more, by a password it has made itself.
  for (const { may } of known.memberships) for (const permission of may) needs(scope, permission);
  return known;
}

export async function resetPassword(
  api: Api,
  { scope, params }: Asked<"resetPassword">,
  forget: () => void,
): Promise<Answer<"resetPassword">> {
  const { person } = await accountOf(api, scope, params.id);
  const password = await api.accounts.resetPassword(person.id);
  forget();
  return { person: personView(await accountOf(api, scope, person.id)), password };
}

export const keepPersonOut = (api: Api, asked: Asked<"keepPersonOut">, forget: () => void): Promise<PersonView> =>
  setActive(api, asked, false, forget);

export const letPersonIn = (api: Api, asked: Asked<"letPersonIn">, forget: () => void): Promise<PersonView> =>
  setActive(api, asked, true, forget);

async function setActive(
  api: Api,
  { scope, params }: Pick<Asked<"keepPersonOut">, "scope" | "params">,
  active: boolean,
  forget: () => void,
): Promise<PersonView> {
  const { person } = await accountOf(api, scope, params.id);
  // The last administrator would shut the door behind itself.
  if (scope.by === `person:${person.id}`) throw new Refused({ code: "NOT_YOURSELF" });
  await api.accounts.setActive(person.id, active);
  forget();
  return personView(await accountOf(api, scope, person.id));
}
