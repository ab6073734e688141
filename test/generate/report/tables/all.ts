import type { Row } from "../row.js";
import { alternatives } from "./alternatives.js";
import { bodies } from "./bodies.js";
import { deliveries } from "./deliveries.js";
import { limits } from "./limits.js";
import { members } from "./members.js";
import { operations } from "./operations.js";
import { parameters } from "./parameters.js";
import { rewritings } from "./rewritings.js";
import { security } from "./security.js";
import { values } from "./values.js";
import { vendorPage } from "./vendor-page.js";

/** All tables by their themes. */
export const tables: Record<string, Row[]> = {
  ...{ alternatives, bodies, deliveries, limits, members, operations, parameters, rewritings },
  ...{ security, values, "the vendor's page": vendorPage },
};
