import type { EdiAnswer } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { must, Refused } from "../problems.ts";

/** Media types of RFC 1767, by which an AS2 server asks for the reply itself. */
const wire = /^application\/(?:edi-x12|edifact|edi-consent)\b/i;

/** The bytes are taken by the desk that takes files, too. A sender that speaks AS2 has a server before us that signs and seals; its names come back exchanged. */
export async function exchangeEdi(api: Api, { scope, body, request, reply }: Asked<"exchangeEdi">): Promise<unknown> {
  if (api.edi === undefined) throw new Refused({ code: "EDI_NOT_SET_UP" });
  const { interchanges, reply: answer } = must(
    await api.edi.receive(scope, (body as Uint8Array | null) ?? new Uint8Array()),
  );
  const accept = request.headers.accept ?? "";
  if (!wire.test(accept))
    return {
      interchanges: interchanges.map((one) => ({
        ...one,
        problems: [...one.problems],
        sets: one.sets.map((set) => ({ ...set, words: [...set.words], orders: [...set.orders] })),
      })),
      reply: answer && Buffer.from(answer).toString("utf8"),
    } satisfies EdiAnswer;
  const { "as2-from": from, "as2-to": to, "message-id": id } = request.headers;
  if (typeof from === "string" && typeof to === "string") void reply.header("as2-from", to).header("as2-to", from);
  if (typeof id === "string" && /^[\x21-\x7e]{1,255}$/.test(id)) void reply.header("original-message-id", id);
  if (answer === null) return reply.code(204).send();
  return reply.header("content-type", accept.split(/[,;]/)[0]!.trim()).send(Buffer.from(answer));
}
