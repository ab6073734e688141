import { expect, test } from "vitest";
import { listen } from "../../../src/sandbox/wire/listen.js";

test("listen rejects outside Node, and says that it needs Node", async () => {
  await expect(listen(() => Promise.reject(new Error("unexpected")))).rejects.toThrow("needs Node");
});
