import type { IntakeRefusal, OrderRequest } from "../../journey/intake/index.ts";
import { ok, refuse, type Result } from "../../kernel/result.ts";
import { OrderBody, type Body, type RowProblem } from "./contract.ts";
import { mismatch } from "./explain.ts";
import { Refused, rowProblem } from "./problems.ts";
import { readOrder } from "./requests.ts";

/** The orders of a request, one or several, each read or with what is wrong with it. */
export interface ReadOrders {
  /** Those that could be read, in their order. */
  readonly requests: readonly OrderRequest[];
  /** Answers to `requests`, at their places in the request again among what could not be read. */
  inPlace<Value, Told>(
    answers: readonly Result<Value, IntakeRefusal>[],
    tell: (index: number, value: Value | null, problem: RowProblem | null) => Told,
  ): Told[];
}

/** Of several orders one that cannot be read (a misspelt field, a 31 February) holds up no other; alone it is refused at once. */
export function readSeveral(body: Body<"createOrder">): ReadOrders {
  const list = "orders" in body ? body.orders : null;
  const read = list ? list.map(readOrWhy) : [ok(readOrder(body as OrderBody))];
  return {
    requests: read.flatMap((one) => (one.ok ? [one.value] : [])),
    inPlace(answers, tell) {
      let next = 0;
      return read.map((one, index) => {
        // What could not be read names its place in the request already.
        if (!one.ok) return tell(index, null, rowProblem(one.refusal));
        const answer = answers[next++]!;
        if (answer.ok) return tell(index, answer.value, null);
        return tell(index, null, rowProblem(list ? placeIn(answer.refusal, index) : answer.refusal));
      });
    },
  };
}

function readOrWhy(body: OrderBody, index: number): Result<OrderRequest, Refused["refusal"]> {
  const path = `orders[${index}]`;
  const wrong = mismatch(OrderBody, body, path, path);
  if (wrong) return refuse(wrong);
  try {
    return ok(readOrder(body, `${path}.`));
  } catch (error) {
    if (error instanceof Refused) return refuse(error.refusal);
    throw error;
  }
}

/** A refusal of the third of several is about `orders[2]`. */
const placeIn = (refusal: IntakeRefusal, index: number): IntakeRefusal =>
  "field" in refusal ? ({ ...refusal, field: `orders[${index}].${refusal.field}` } as IntakeRefusal) : refusal;
