export { solveCommand, terminal } from "./command.ts";
