import type { Outage } from "../../kernel/result.ts";

/** What the other side answered; its body is not read. */
export interface PostAnswer {
  readonly status: number;
  /** Its Retry-After in seconds; null when it gave none. */
  readonly retryAfter_s: number | null;
}

/** Sends a webhook to somebody's address. An adapter fulfils it; it guards against addresses that are not for the outside. */
export interface Poster {
  /** Why nothing is ever sent to this URL, judged by its text; null when it may be tried. */
  refusal(url: string): string | null;
  /** Never throws and follows no redirect; looks at the addresses that the name stands for before it connects. `ending` gives it up. */
  post(
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    ending: AbortSignal,
  ): Promise<PostAnswer | Outage>;
}
