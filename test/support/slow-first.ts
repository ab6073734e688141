import { BaseSequencer, type TestSpecification } from "vitest/node";

/** The files that take longest; one that begins last keeps one core busy while the others are idle. */
const SLOW = [
  "generate/vendor-changes",
  "judge/all-writers",
  "judge/processes",
  "stores/chaos",
  "package/manuals",
  "subscriptions/races",
  "page/accessibility",
  "generate/report/report",
  "generate/read/fetch-source",
  "generate/command",
].map((name) => `/test/${name}.test.ts`);

/** Begins with the slow files. Vitest wants a class; what it knows of earlier runs orders the rest. */
export class SlowFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]): Promise<TestSpecification[]> {
    const place = ({ moduleId }: TestSpecification): number => {
      const found = SLOW.findIndex((name) => moduleId.endsWith(name));
      return found === -1 ? SLOW.length : found;
    };
    const sorted = await super.sort(files);
    return sorted.sort((a, b) => place(a) - place(b));
  }
}
