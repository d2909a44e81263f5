import type { Acknowledgement } from "../messages.ts";
import type { MessageBody, PlainSegment } from "./compose.ts";
import { isGood, type EdifactEnvelope, type EdifactMessage } from "./envelope.ts";
import { part, type Parts } from "./parts.ts";

/** Element 0083: taken, with what was good in it; refused. */
const taken = "7";
const refused = "4";

/** The acknowledgement of an interchange, which speaks of syntax and nothing else. A CONTRL is not acknowledged. `error`: what else is wrong with the interchange. */
export function contrl(envelope: EdifactEnvelope, error = envelope.error): MessageBody | null {
  const { messages, control, sender, receiver } = envelope;
  if (messages.length > 0 && messages.every(({ type }) => type === "CONTRL")) return null;
  const good = messages.filter(isGood).length;
  const action = good > 0 || (messages.length === 0 && error === null) ? taken : refused;
  const uci: PlainSegment = [
    "UCI",
    control,
    [sender.id, sender.qualifier],
    [receiver.id, receiver.qualifier],
    action,
    error ?? "",
  ];
  return { type: "CONTRL", segments: [uci, ...messages.flatMap(ofMessage)] };
}

function ofMessage(message: EdifactMessage): readonly PlainSegment[] {
  const { reference, type, version, error, findings } = message;
  const ucm: PlainSegment = [
    "UCM",
    reference,
    [type, ...version.split(":")],
    isGood(message) ? taken : refused,
    error ?? "",
  ];
  return [
    ucm,
    ...findings.slice(0, 100).flatMap(({ position, code, element, component }): readonly PlainSegment[] =>
      element === null
        ? [["UCS", String(position), code]]
        : [
            ["UCS", String(position)],
            ["UCD", code, [String(element), String(component ?? "")]],
          ],
    ),
  ];
}

/** What a partner's CONTRL says of an interchange of ours. */
export function readContrl(parts: readonly Parts[]): Acknowledgement {
  const uci = parts.find((one) => part(one, 0) === "UCI");
  const messages = parts.filter((one) => part(one, 0) === "UCM" && part(one, 3) === refused);
  return {
    control: part(uci, 1),
    isTaken: part(uci, 4) !== refused,
    refused: messages.map((one) => `${part(one, 2)} ${part(one, 1)}`),
  };
}
