import type { RouteName } from "../contract.ts";
import type { Api, Asked } from "../context.ts";
import { city, cityTile, findPlaces, placeAt } from "./city.ts";
import {
  acceptOffer,
  endShift,
  hireCourier,
  listCouriers,
  listOffers,
  listShifts,
  planShift,
  refuseOffer,
  reportLeg,
  startShift,
  tellPositions,
} from "./couriers.ts";
import { exportOrders, importOrders, orderTemplate, undoImport } from "./csv-orders.ts";
import { epcisEvents } from "./epcis.ts";
import { previewMapping, takeMapped } from "./inbound.ts";
import { exchangeEdi } from "./edi.ts";
import { createEndpoint, endpointTries, listEndpoints, removeEndpoint, replayEndpoint } from "./endpoints.ts";
import { clock, eventStream, live, liveStream, liveWays, setClock, summary } from "./live.ts";
import {
  changeLink,
  connectionFailures,
  linkPlatform,
  listConnections,
  reconcile,
  testLink,
  unlinkPlatform,
} from "./connections.ts";
import { labour } from "./labour.ts";
import {
  cancelDelivery,
  carrierFacts,
  carrierQuote,
  changeDelivery,
  createDelivery,
  findDeliveries,
  getDelivery,
} from "./deliveries.ts";
import { createKey, joinParticipant, listKeys, listParticipants, revokeKey } from "./network.ts";
import { healthz, hook, metrics, readyz } from "./operation.ts";
import { listOpenings } from "./openings.ts";
import {
  cancelOrder,
  cancelOrders,
  changeOrder,
  forgetOrder,
  getOrder,
  getOrderDetail,
  listDecisions,
  listOrders,
  orderAttempts,
  orderDecisions,
  orderLegs,
  orderMoney,
  orderTimeline,
} from "./orders.ts";
import { createOrder, quoteOrder } from "./place-orders.ts";
import { matchTrace, nearestByRoad, reachFrom, reportRoads, roadConditions, roads, snapToRoad } from "./roads.ts";
import { addPerson, keepPersonOut, letPersonIn, listPeople, resetPassword } from "./people.ts";
import { cancelSolveJob, getSolveJob, listSolveJobs, placeSolveJob, solve, streamSolveJob } from "./solve.ts";
import { changePassword, session, signIn, signInDemo, signOut } from "./session.ts";

/** What answers a route; a handler that has sent its answer itself returns the reply or nothing. `forget` drops remembered keys and sessions. */
type Handler<N extends RouteName> = (api: Api, asked: Asked<N>, forget: () => void) => unknown;

/** One handler for each route of the contract; the compiler misses none. */
export const handlers: { readonly [N in RouteName]: Handler<N> } = {
  carrierFacts,
  carrierQuote,
  createDelivery,
  findDeliveries,
  getDelivery,
  changeDelivery,
  cancelDelivery,
  createOrder,
  quoteOrder,
  listOrders,
  getOrder,
  getOrderDetail,
  changeOrder,
  cancelOrder,
  forgetOrder,
  cancelOrders,
  importOrders,
  undoImport,
  orderTemplate,
  exportOrders,
  exchangeEdi,
  epcisEvents,
  previewMapping,
  takeMapped,
  orderTimeline,
  orderLegs,
  orderDecisions,
  orderMoney,
  orderAttempts,
  listDecisions,
  summary,
  listCouriers,
  hireCourier,
  listShifts,
  planShift,
  startShift,
  endShift,
  tellPositions,
  reportLeg,
  listOffers,
  acceptOffer,
  refuseOffer,
  live,
  liveWays,
  liveStream,
  eventStream,
  clock,
  setClock,
  city,
  cityTile,
  findPlaces,
  placeAt,
  reportRoads,
  roadConditions,
  roads,
  snapToRoad,
  reachFrom,
  matchTrace,
  nearestByRoad,
  listOpenings,
  listParticipants,
  joinParticipant,
  listConnections,
  linkPlatform,
  changeLink,
  testLink,
  connectionFailures,
  reconcile,
  unlinkPlatform,
  labour,
  listKeys,
  createKey,
  revokeKey,
  listEndpoints,
  createEndpoint,
  removeEndpoint,
  endpointTries,
  replayEndpoint,
  listPeople,
  addPerson,
  resetPassword,
  keepPersonOut,
  letPersonIn,
  solve,
  placeSolveJob,
  listSolveJobs,
  getSolveJob,
  streamSolveJob,
  cancelSolveJob,
  session,
  signIn,
  signInDemo,
  changePassword,
  signOut,
  hook,
  healthz,
  readyz,
  metrics,
};
