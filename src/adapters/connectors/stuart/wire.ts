import { idText, object, objects, text, type Json } from "../shared/reading.ts";

/** A job with the one delivery in it that is ours (reference §5). */
export interface StuartJob {
  readonly id: string;
  readonly status: string;
  readonly delivery: Json;
  readonly all: Json;
}

export interface JobContact {
  readonly firstname: string;
  readonly lastname?: string;
  readonly phone: string;
  readonly email?: string;
  readonly company?: string;
}

export interface JobStop {
  readonly address: string;
  readonly latitude?: number;
  readonly longitude?: number;
  readonly comment?: string;
  readonly contact: JobContact;
}

/** Body of `POST /v2/jobs`, `/v2/jobs/pricing` and `/v2/jobs/eta` (§4). Times are ISO 8601 with an offset. */
export interface JobBody {
  readonly job: {
    readonly pickup_at?: string;
    readonly assignment_code?: string;
    readonly pickups: readonly [JobStop];
    readonly dropoffs: readonly [
      JobStop & {
        readonly package_type: string;
        readonly package_description: string;
        readonly client_reference?: string;
        readonly end_customer_time_window_start?: string;
        readonly end_customer_time_window_end?: string;
      },
    ];
  };
}

/** A body with an id and a status is a job. Of several deliveries, as after stacking by hand, the one under `key` is ours. */
export function readJob(json: Json, key: string | null): StuartJob | null {
  const [id, status] = [idText(json, "id"), text(json, "status")];
  if (id === null || status === null) return null;
  const all = objects(json, "deliveries");
  const ours = key === null ? undefined : all.find((one) => text(one, "client_reference") === key);
  return { id, status, delivery: ours ?? all[0] ?? {}, all: json };
}

export const keyOf = ({ delivery }: StuartJob): string | null => text(delivery, "client_reference");

/** The names of the fields that `data` complains about. */
export const complaints = (json: Json): readonly string[] => Object.keys(object(json, "data"));
