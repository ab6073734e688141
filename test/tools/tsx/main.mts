import { rehearse } from "./program";

console.log(await rehearse());
