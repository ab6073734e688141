import { expect, test } from "vitest";
import { listen } from "../../../src/sandbox/wire/listen.js";

test("listen says that it needs Node where there is none", async () => {
  await expect(listen(() => Promise.reject(new Error("unexpected")))).rejects.toThrow("needs Node");
});
