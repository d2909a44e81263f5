import { Badge } from "@mantine/core";
import { useLocale } from "../i18n/locale.tsx";

/** Colour says whether it waits, moves, is done or went wrong; the word says which. */
const colors: Readonly<Record<string, string>> = {
  placed: "gray",
  accepted: "harbor",
  in_progress: "indigo",
  delivered: "teal",
  partly_delivered: "yellow",
  failed: "red",
  returned: "orange",
  cancelled: "gray",
  open: "gray",
  offered: "violet",
  assigned: "harbor",
  en_route_to_pickup: "harbor",
  at_pickup: "harbor",
  picked_up: "indigo",
  en_route_to_dropoff: "indigo",
  at_dropoff: "indigo",
  handed_over: "teal",
  pickup_failed: "red",
  dropoff_failed: "red",
};

/** The state of an order or a leg. */
export function StateBadge({ state, of = "order" }: { readonly state: string; readonly of?: "order" | "leg" }) {
  const { word } = useLocale();
  return (
    <Badge color={colors[state] ?? "gray"} variant={state === "cancelled" ? "outline" : "light"} className="mp-badge">
      {word(of, state)}
    </Badge>
  );
}
