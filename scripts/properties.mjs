// Loaded before each test file: properties draw from one seed, so that a red run is the change's doing and not chance's.
// `MILEPOOL_TEST_SEED=7` draws others, `MILEPOOL_TEST_SEED=random` new ones in each file: that is how counterexamples are sought.
import { configureGlobal } from "fast-check";

const asked = process.env.MILEPOOL_TEST_SEED ?? "1";
if (asked !== "random") configureGlobal({ seed: Number(asked) });
