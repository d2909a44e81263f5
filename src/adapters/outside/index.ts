export {
  isOutage,
  jsonIn,
  type OutsideAnswer,
  type OutsideService,
  openService,
  type ServiceSettings,
} from "./service.ts";
