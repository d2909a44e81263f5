import { simulatorsCommand as run } from "../../../simulators/platforms/index.ts";
import { err, out } from "./words.ts";

/** The protocol simulators alone, on the wall's clock. */
export const simulatorsCommand = (args: readonly string[]): Promise<number> => run(args, { out, err });
