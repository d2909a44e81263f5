/** What a command does with the words behind its name; answers the exit code: 0 done, 1 refused or failed, 2 wrong use. */
type Run = (args: readonly string[]) => Promise<number>;

/** Commands are opened one by one: to say its usage, or to talk to a network that runs, no command needs what makes one. */
const commands: Readonly<Record<string, { readonly does: string; readonly open: () => Promise<Run> }>> = {
  start: {
    does: "run the network on the wall's clock",
    open: async () => (await import("./commands/start.ts")).startCommand,
  },
  import: {
    does: "bring orders in from a CSV file",
    open: async () => (await import("./commands/import.ts")).importCommand,
  },
  edi: {
    does: "read and write X12 and EDIFACT interchanges",
    open: async () => (await import("./commands/edi.ts")).ediCommand,
  },
  orders: {
    does: "list orders, show one, cancel one",
    open: async () => (await import("./commands/orders.ts")).ordersCommand,
  },
  keys: { does: "make, list and revoke API keys", open: async () => (await import("./commands/keys.ts")).keysCommand },
  people: {
    does: "add people, give a new password, keep somebody out",
    open: async () => (await import("./commands/people.ts")).peopleCommand,
  },
  solve: {
    does: "solve a routing problem from a file",
    open: async () => (await import("./commands/solve.ts")).solveCommand,
  },
  simulate: {
    does: "play a whole day under virtual time and print its measures",
    open: async () => (await import("./commands/simulate.ts")).simulateCommand,
  },
  simulators: {
    does: "put the platforms' protocol simulators on a port",
    open: async () => (await import("./commands/simulators.ts")).simulatorsCommand,
  },
  conform: {
    does: "check a carrier's implementation of the carrier API",
    open: async () => (await import("./commands/conform.ts")).conformCommand,
  },
  city: {
    does: "draw Millport, or say what a city's file holds",
    open: async () => (await import("./commands/city.ts")).cityCommand,
  },
  doctor: {
    does: "look whether everything that Milepool needs is there",
    open: async () => (await import("./commands/doctor.ts")).doctorCommand,
  },
};

const help = `milepool: the open last-mile exchange

usage: ./milepool COMMAND [OPTIONS]

${Object.entries(commands)
  .map(([name, { does }]) => `  ${name.padEnd(12)}${does}`)
  .join("\n")}

Every command takes --help, and --json for one JSON document on standard output (progress goes to standard error); a
refused command's document is its problem: code, detail, mend.
Exit codes: 0 done, 1 refused or failed, 2 wrong use.

examples:
  ./milepool start
  ./milepool import orders.csv --dry-run
  ./milepool simulate --seed 7 --hours 8 --json
`;

async function main([name, ...args]: readonly string[]): Promise<number> {
  if (name === undefined || name === "--help" || name === "help") {
    process.stdout.write(help);
    return name === undefined ? 2 : 0;
  }
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command) {
    const run = await command.open();
    return run(args).catch(async (error: unknown) =>
      (await import("./commands/problem.ts")).tellFailure(error, args.includes("--json")),
    );
  }
  process.stderr.write(`unknown command "${name}": ./milepool --help lists them\n`);
  return 2;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
