export { solveCommand, terminal } from "./command.ts";
export { deskLimits, SolveDesk, type SolveAsk, type SolveJob, type SolveRefusal } from "./desk.ts";
export { jsonFormatOf } from "./formats.ts";
export { faultLine, type Fault } from "./fault.ts";
export { vroomError } from "./vroom/write-vroom.ts";
