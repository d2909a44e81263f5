import { cityCommand } from "./commands/city.ts";
import { doctorCommand } from "./commands/doctor.ts";
import { importCommand } from "./commands/import.ts";
import { keysCommand } from "./commands/keys.ts";
import { ordersCommand } from "./commands/orders.ts";
import { peopleCommand } from "./commands/people.ts";
import { simulateCommand } from "./commands/simulate.ts";
import { simulatorsCommand } from "./commands/simulators.ts";
import { solveCommand } from "./commands/solve.ts";
import { startCommand } from "./commands/start.ts";

/** What a command does with the words behind its name; answers the exit code: 0 done, 1 refused or failed, 2 wrong use. */
export interface CliCommand {
  readonly does: string;
  readonly run: (args: readonly string[]) => Promise<number>;
}

const commands: Readonly<Record<string, CliCommand>> = {
  start: { does: "run the network on the wall's clock", run: startCommand },
  import: { does: "bring orders in from a CSV file", run: importCommand },
  orders: { does: "list orders, show one, cancel one", run: ordersCommand },
  keys: { does: "make, list and revoke API keys", run: keysCommand },
  people: { does: "add people, give a new password, keep somebody out", run: peopleCommand },
  solve: { does: "solve a routing problem from a file", run: solveCommand },
  simulate: { does: "play a whole day under virtual time and print its measures", run: simulateCommand },
  simulators: { does: "put the platforms' protocol simulators on a port", run: simulatorsCommand },
  city: { does: "draw Millport, or say what a city's file holds", run: cityCommand },
  doctor: { does: "look whether everything that Milepool needs is there", run: doctorCommand },
};

const help = `milepool: the open last-mile exchange

usage: ./milepool COMMAND [OPTIONS]

${Object.entries(commands)
  .map(([name, { does }]) => `  ${name.padEnd(12)}${does}`)
  .join("\n")}

Every command takes --help, and --json for one JSON document on standard output (progress goes to standard error).
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
  if (command) return command.run(args);
  process.stderr.write(`unknown command "${name}": ./milepool --help lists them\n`);
  return 2;
}

if (import.meta.main) process.exitCode = await main(process.argv.slice(2));
