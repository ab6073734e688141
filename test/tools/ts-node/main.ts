import { rehearse } from "./program";

void rehearse().then(console.log);
