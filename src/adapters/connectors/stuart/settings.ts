import { httpDefaults, type HttpSettings } from "../shared/http.ts";

/** What may differ by account, or is not confirmed by Stuart's pages: README, "Unconfirmed". */
export interface StuartSettings extends HttpSettings {
  /** Called for a contact without a number, in E.164. */
  readonly fallbackPhone: string;
  /** Where the client's id and secret go when a token is asked for. */
  readonly secretIn: "header" | "form";
  readonly scope: string;
  /** A token is renewed this long before it ends. */
  readonly tokenMargin_ms: number;
  /** Whether prices are compared and booked with tax. */
  readonly withTax: boolean;
  /** Whether `/v2/jobs/eta` is asked beside the price. */
  readonly askEta: boolean;
  /** Whether stops carry our coordinates beside their address. */
  readonly coordinates: boolean;
  /** The header in which webhooks bring the credential that was agreed for them. */
  readonly webhookHeader: string;
  /** What follows our key in the reference of the job that brings the goods back: references must be unique. */
  readonly returnSuffix: string;
  readonly listPerPage: number;
  readonly listPages: number;
}

export const stuartDefaults: StuartSettings = {
  ...httpDefaults,
  fallbackPhone: "",
  secretIn: "header",
  scope: "api",
  tokenMargin_ms: 60_000,
  withTax: false,
  askEta: true,
  coordinates: true,
  webhookHeader: "authorization",
  returnSuffix: "-return",
  listPerPage: 25,
  listPages: 20,
};
