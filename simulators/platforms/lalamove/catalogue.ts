import type { JsonObject } from "../shared/json.ts";

/** Address languages by market (ISO 3166-1 alpha-2). */
const languages: Readonly<Record<string, readonly string[]>> = {
  JP: ["en_JP", "ja_JP"],
  BR: ["en_BR", "pt_BR"],
  HK: ["en_HK", "zh_HK"],
  ID: ["en_ID", "id_ID"],
  MY: ["en_MY", "ms_MY"],
  MX: ["en_MX", "es_MX"],
  PH: ["en_PH"],
  SG: ["en_SG"],
  TW: ["zh_TW"],
  TH: ["th_TH", "en_TH"],
  VN: ["vi_VN", "en_VN"],
  AE: ["en_AE"],
  SA: ["en_SA", "ar_SA"],
};

interface Service {
  /** What it costs beside a motorcycle. */
  readonly factor: number;
  readonly kilograms: number;
  /** Metres: length, width, height. */
  readonly hold: readonly [number, number, number];
}

export const services: Readonly<Record<string, Service>> = {
  COURIER: { factor: 0.9, kilograms: 8, hold: [0.4, 0.3, 0.3] },
  MOTORCYCLE: { factor: 1, kilograms: 20, hold: [0.5, 0.4, 0.5] },
  CAR: { factor: 1.5, kilograms: 100, hold: [1, 0.6, 0.7] },
  VAN: { factor: 2.4, kilograms: 800, hold: [2.3, 1.2, 1.2] },
};

/** Minor units on top of the price. */
export const specialRequests: Readonly<Record<string, number>> = {
  TOLL_FEE_10: 1000,
  PURCHASE_SERVICE_1: 300,
  LALABAG: 100,
  ROUND_TRIP: 400,
  DOOR_TO_DOOR: 500,
};

export const isMarket = (market: string): boolean => market in languages;

export const speaks = (market: string, language: string): boolean => languages[market]?.includes(language) ?? false;

/** The one city of a market, as `GET /v3/cities` lists it. */
export const citiesOf = (market: string): readonly JsonObject[] => [
  {
    locode: `${market} MIL`,
    name: "Millport",
    services: Object.entries(services).map(([key, { kilograms, hold }]) => ({
      key,
      description: `${key.toLowerCase()}, up to ${kilograms} kg`,
      dimensions: Object.fromEntries(
        (["length", "width", "height"] as const).map((side, i) => [side, { value: String(hold[i]), unit: "m" }]),
      ),
      load: { value: String(kilograms), unit: "kg" },
      specialRequests: Object.keys(specialRequests).map((name) => ({ name, description: name.toLowerCase() })),
    })),
  },
];
