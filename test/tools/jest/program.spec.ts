import { rehearse } from "./program";

test("the program does what it does elsewhere", async () => {
  console.log(await rehearse());
});
