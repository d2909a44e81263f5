import type { OrderId, ParcelId } from "../../kernel/id.ts";
import type { Holder, ParcelState } from "../parcel-state.ts";

/** A parcel changed state or hands. */
export interface ParcelMoved {
  readonly type: "ParcelMoved";
  readonly order: OrderId;
  readonly parcel: ParcelId;
  readonly from: ParcelState;
  readonly to: ParcelState;
  readonly holder: Holder;
}
