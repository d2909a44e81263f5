import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { NotFound } from "../screens/not-found/not-found.tsx";
import { filterFrom } from "../screens/orders/order-filter.ts";
import { Shell } from "./shell.tsx";

const root = createRootRoute({ component: Shell, notFoundComponent: NotFound });

const live = createRoute({
  getParentRoute: () => root,
  path: "/",
  component: lazyRouteComponent(() => import("../screens/live/live.tsx"), "Live"),
});

const orders = createRoute({
  getParentRoute: () => root,
  path: "/orders",
  validateSearch: filterFrom,
  component: lazyRouteComponent(() => import("../screens/orders/orders.tsx"), "Orders"),
});

const order = createRoute({
  getParentRoute: () => root,
  path: "/orders/$order",
  component: lazyRouteComponent(() => import("../screens/order/order.tsx"), "Order"),
});

const decisions = createRoute({
  getParentRoute: () => root,
  path: "/decisions",
  component: lazyRouteComponent(() => import("../screens/decisions/decisions.tsx"), "Decisions"),
});

const connections = createRoute({
  getParentRoute: () => root,
  path: "/connections",
  component: lazyRouteComponent(() => import("../screens/connections/connections.tsx"), "Connections"),
});

const access = createRoute({
  getParentRoute: () => root,
  path: "/access",
  component: lazyRouteComponent(() => import("../screens/access/access.tsx"), "Access"),
});

export const router = createRouter({
  routeTree: root.addChildren([live, orders, order, decisions, connections, access]),
  defaultPreload: "intent",
  scrollRestoration: true,
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
