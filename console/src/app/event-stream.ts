/** One message of a server-sent event stream. */
export interface ServerEvent {
  readonly event: string;
  readonly data: string;
  /** The id last given in the stream, by this message or an earlier one. */
  readonly id: string | null;
}

/**
 * Cuts a stream of text into messages, whatever the places where the network cut it.
 *
 * Source: HTML Living Standard, "Server-sent events", 9.2.6 Interpreting an event stream.
 */
export class EventStreamParser {
  #rest = "";
  #event = "";
  #data: string[] = [];
  #id: string | null = null;

  constructor(lastEventId: string | null = null) {
    this.#id = lastEventId;
  }

  push(chunk: string): ServerEvent[] {
    const text = this.#rest + chunk;
    // A carriage return at the very end may be half of a line end: wait for the other half.
    const lines = text.split(/\r\n|\n|\r(?!$)/);
    this.#rest = lines.pop() ?? "";
    return lines.flatMap((line) => this.#line(line));
  }

  #line(line: string): ServerEvent[] {
    if (line === "") return this.#dispatch();
    const colon = line.indexOf(":");
    const field = colon < 0 ? line : line.slice(0, colon);
    const value = colon < 0 ? "" : line.slice(colon + 1).replace(/^ /, "");
    if (field === "event") this.#event = value;
    else if (field === "data") this.#data.push(value);
    else if (field === "id" && !value.includes("\0")) this.#id = value;
    return [];
  }

  #dispatch(): ServerEvent[] {
    const event = { event: this.#event || "message", data: this.#data.join("\n"), id: this.#id };
    const empty = this.#data.length === 0;
    this.#event = "";
    this.#data = [];
    return empty ? [] : [event];
  }
}
