import fc from "fast-check";
import { expect, it, vi } from "vitest";
import { InvalidResponseError } from "../../src/errors/index.js";
import { listAll } from "../../src/subscriptions/list-all.js";
import { type Page, readPage } from "../../src/subscriptions/page.js";
import { answerOf } from "../support/answer-of.js";
import { buildSubscription } from "../support/build-subscription.js";
import { rejectionOf } from "../support/rejection.js";

interface Served {
  readonly ids: readonly number[];
  readonly meta?: { page: number; total_pages: number; total_count?: number };
}

const page = ({ ids, meta }: Served, number: number): Page =>
  readPage(
    answerOf({
      webhook_subscriptions: ids.map((id) => buildSubscription({ id })),
      ...(meta && { meta }),
    }),
    number,
  );

/** Pages of two, as a server cuts them from the ids that it holds at that moment. */
const cut = (ids: readonly number[], number: number): Served => ({
  ids: ids.slice(2 * (number - 1), 2 * number),
  meta: { page: number, total_pages: Math.ceil(ids.length / 2), total_count: ids.length },
});

/** A server that holds the next of these id lists at each request; the last one stays. */
function serve(...states: number[][]): {
  fetchPage: (number: number) => Promise<Page>;
  held: () => number[];
} {
  let requests = 0;
  const held = (): number[] => states[Math.min(requests, states.length) - 1] ?? [];
  return {
    held,
    fetchPage: (number) => {
      requests++;
      return Promise.resolve(page(cut(held(), number), number));
    },
  };
}

const idsOf = (subscriptions: readonly { id: number }[]): number[] =>
  subscriptions.map(({ id }) => id);

it("asks once for a list that has no pages", async () => {
  const fetchPage = vi.fn((number: number) => Promise.resolve(page({ ids: [3, 1, 2] }, number)));
  expect(idsOf(await listAll(fetchPage))).toEqual([3, 1, 2]);
  expect(fetchPage.mock.calls).toEqual([[1]]);
});

it.each([[[1, 2]], [[]]])("requests a list of one page once: %j", async (ids) => {
  const fetchPage = vi.fn(serve(ids).fetchPage);
  expect(idsOf(await listAll(fetchPage))).toEqual(ids);
  expect(fetchPage.mock.calls).toEqual([[1]]);
});

it("reads all pages, and reads them again to be sure", async () => {
  const fetchPage = vi.fn(serve([1, 2, 3, 4, 5]).fetchPage);
  expect(idsOf(await listAll(fetchPage))).toEqual([1, 2, 3, 4, 5]);
  expect(fetchPage.mock.calls).toEqual([[1], [2], [3], [1], [2], [3]]);
});

it("refuses the same id twice on one page", async () => {
  const error = await rejectionOf(
    listAll((number) => Promise.resolve(page({ ids: [1, 1] }, number))),
  );
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "webhook_subscriptions" });
});

it.each([0, 1, 3])("refuses one page of two that announces %d", async (total_count) => {
  const error = await rejectionOf(
    listAll((number) =>
      Promise.resolve(
        page({ ids: [1, 2], meta: { page: 1, total_pages: 1, total_count } }, number),
      ),
    ),
  );
  expect(error).toBeInstanceOf(InvalidResponseError);
});

it("refuses pages that repeat an id each time", async () => {
  const pages: Record<number, Served> = {
    1: { ids: [1, 2], meta: { page: 1, total_pages: 2 } },
    2: { ids: [2, 3], meta: { page: 2, total_pages: 2 } },
  };
  const error = await rejectionOf(
    listAll((number) => Promise.resolve(page(pages[number] ?? { ids: [] }, number))),
  );
  expect(error).toBeInstanceOf(InvalidResponseError);
});

it("refuses pages that hold fewer subscriptions than they announce each time", async () => {
  const error = await rejectionOf(
    listAll((number) =>
      Promise.resolve(
        page({ ids: [number], meta: { page: number, total_pages: 2, total_count: 3 } }, number),
      ),
    ),
  );
  expect(error).toBeInstanceOf(InvalidResponseError);
});

it("refuses pages that disagree on the total, and names the field", async () => {
  const error = await rejectionOf(
    listAll((number) =>
      Promise.resolve(
        page(
          { ids: [number], meta: { page: number, total_pages: 2, total_count: number + 1 } },
          number,
        ),
      ),
    ),
  );
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "meta.total_count" });
});

it("rejects when a later page cannot be read, and returns no partial list", async () => {
  const problem = new Error("page 2 is gone");
  const { fetchPage } = serve([1, 2, 3]);
  const error = await rejectionOf(
    listAll((number) => (number === 2 ? Promise.reject(problem) : fetchPage(number))),
  );
  expect(error).toBe(problem);
});

it("reads again when a subscription moves to a page that has already been read", async () => {
  // 1 goes between the two pages, so 3 moves to the page that has already been read.
  const { fetchPage } = serve([1, 2, 3, 4], [2, 3, 4]);
  expect(idsOf(await listAll(fetchPage))).toEqual([2, 3, 4]);
});

it("reads again when the list shrinks to one page while it is read", async () => {
  // Page 1 shows 1 and 2; then 1 goes, 3 moves to page 1, and page 2 is empty: two, as announced.
  const { fetchPage } = serve([1, 2, 3], [2, 3]);
  expect(idsOf(await listAll(fetchPage))).toEqual([2, 3]);
});

it("reads again when the list grows by a page while it is read", async () => {
  const { fetchPage } = serve([2, 3, 4, 5], [1, 2, 3, 4, 5]);
  expect(idsOf(await listAll(fetchPage))).toEqual([1, 2, 3, 4, 5]);
});

it("gives up on a list that never stops changing", async () => {
  const fetchPage = vi.fn(
    serve(...Array.from({ length: 40 }, (_, n) => [n, n + 1, n + 2].map((id) => id + 1))).fetchPage,
  );
  const error = await rejectionOf(listAll(fetchPage));
  expect(error).toBeInstanceOf(InvalidResponseError);
  expect(error).toMatchObject({ field: "webhook_subscriptions" });
  expect(fetchPage).toHaveBeenCalledTimes(12);
});

it("never misses a subscription that always exists, nor shows one that never did", async () => {
  const ids = fc.uniqueArray(fc.integer({ min: 1, max: 8 }), { maxLength: 8 });
  const states = fc.array(ids, { minLength: 1, maxLength: 8 });
  await fc.assert(
    fc.asyncProperty(states, async (history) => {
      // The API orders by id, so what comes and goes moves the others.
      const sorted = history.map((state) => [...state].sort((a, b) => a - b));
      const { fetchPage, held } = serve(...sorted);
      let found: number[];
      try {
        found = idsOf(await listAll(fetchPage));
      } catch (error) {
        expect(error).toBeInstanceOf(InvalidResponseError);
        return;
      }
      expect(new Set(found).size).toBe(found.length);
      const always = held().filter((id) => sorted.every((state) => state.includes(id)));
      expect(found).toEqual(expect.arrayContaining(always));
      for (const id of found) expect(sorted.flat()).toContain(id);
    }),
  );
});
