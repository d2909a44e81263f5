/** Why an extract could not be read. */
export type OsmFileFault = "missing" | "unreadable" | "wrong_format" | "truncated" | "empty" | "too_large";

/** An extract that cannot be used; its message is one sentence for people and names the file. */
export class OsmFileError extends Error {
  override readonly name = "OsmFileError";
  readonly fault: OsmFileFault;
  readonly path: string;

  constructor(fault: OsmFileFault, path: string, because: string, cause?: unknown) {
    super(`The city file ${path} ${because}.`, { cause });
    this.fault = fault;
    this.path = path;
  }
}
