import type { Capability, PlatformKind } from "../../src/adapters/connectors/index.ts";

const marks: Readonly<Record<PlatformKind["capabilities"][Capability], string>> = {
  documented: "confirmed by documentation",
  unconfirmed: "simulated only",
  "not spoken": "not spoken by us",
  "not offered": "not offered",
};

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const limitsOf = ({ limits }: PlatformKind): string =>
  limits.length === 0
    ? "none published"
    : limits.map(({ name, calls, per_s }) => `${name}: ${calls} in ${per_s} s`).join("; ");

/** `docs/platforms.md` as the connectors declare it. */
export function platformsPage(kinds: readonly PlatformKind[]): string {
  const capabilities = Object.keys(kinds[0]!.capabilities) as readonly Capability[];
  return `# Platforms

What each connector can do, and what that rests on. This page is made from the code: each connector's \`kind.ts\` declares it, and a test holds the two equal.

**No platform's live service was ever called.** *Confirmed by documentation* means: spoken as the platform's own published pages tell it, and held against a
simulator written from the same pages by somebody else. *Simulated only* means: the pages leave it open or contradict each other, the most probable reading is
built behind a named setting, and the simulator alone has answered it; the connector's README lists each under *Unconfirmed*. *Not spoken by us*: the platform has
it, the connector does not use it yet.

${table(
  ["platform", ...capabilities],
  kinds.map(({ name, capabilities: of }) => [name, ...capabilities.map((one) => marks[of[one]])]),
)}

*Leave at the door*: somebody is tried first, and where nobody opens the parcels stay there if the order allows it. *Way back*: what nobody takes is brought back.

## What is kept to

How many calls a platform takes by its own pages, and how old its facts may be before that counts as a breach.

${table(
  ["platform", "calls", "status", "position", "quote without an end"],
  kinds.map((kind) => [
    kind.name,
    limitsOf(kind),
    ...[kind.freshness.status, kind.freshness.position, kind.freshness.quote].map((age) =>
      age === null ? "not told" : `${age} s`,
    ),
  ]),
)}
`;
}
