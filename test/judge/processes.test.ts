import { afterAll, beforeAll, expect, it } from "vitest";
import { type InstalledCli, installCli } from "../support/installed-cli.js";
import { createProcessFactory, type OrderedProcess } from "../support/process-factory.js";
import {
  chooseEvents,
  FOREIGN_EVENT,
  MIXED_EVENTS,
  MIXED_URL,
  type Writer,
} from "../support/writes.js";
import type { WriterOrder, WriterReport } from "../support/writer.js";
import type { JudgeOptions } from "./judge.js";
import { createRandom, type Random, randomBelow } from "./random.js";
import { type HttpJudge, startJudge } from "./start-judge.js";

/** `SEED=17 npx vitest run judge/processes` makes that one run again. */
const { SEED } = process.env;
const SEEDS = SEED ? [Number(SEED)] : Array.from({ length: 150 }, (_, index) => index + 1);
/** So many runs at a time; mostly their processes wait. */
const AT_ONCE = 10;
const SECRET = "the secret of our team";

const KINDS: readonly Writer[] = [
  "ensure",
  "ensure",
  "create",
  "update",
  "removeDuplicates",
  "applySync",
];
const SERVERS: readonly JudgeOptions[] = [
  {},
  { softDelete: true },
  { order: "descending", events: "shuffled" },
  { errors: { before: 0.1, after: 0.1 } },
  { cuts: { before: 0.1, after: 0.1 } },
];

/** The errors that a call may end with: it was not first, or its subject has changed. */
const EXPECTED: Readonly<Record<Writer, RegExp>> = {
  ensure: /^(duplicate_subscription)$/,
  create: /^(duplicate_subscription)$/,
  update: /^(duplicate_subscription|not_found)$/,
  rotateSecret: /^not_found$/,
  removeDuplicates: /^$/,
  applySync: /^(stale_plan|duplicate_subscription)$/,
};
/** Further errors that a call may end with when the server is broken. */
const FAULTS = /^(api_error|connection_error|create_outcome_unknown)$/;

const factory = createProcessFactory<WriterOrder, WriterReport>("./writer.ts");
const totals = { runs: 0, requests: 0, killed: 0, commands: 0, duplicates: 0 };
let cli: InstalledCli;

beforeAll(async () => {
  cli = await installCli();
  for (const [name, secret] of [
    ["unsigned.json", {}],
    ["signed.json", { secret: { env: "HOOK_SECRET" } }],
  ] as const) {
    const subscriptions = [{ webhook_url: MIXED_URL, events: MIXED_EVENTS, ...secret }];
    await cli.write(name, JSON.stringify({ subscriptions }));
  }
});

afterAll(async () => {
  for (const child of idle) child.kill();
  factory.remove();
  await cli.remove();
  console.log(
    `${totals.runs} runs, ${totals.killed} processes killed, ${totals.commands} commands among all, ${totals.requests} requests: no event lost, none twice after the next start, for a moment ${totals.duplicates} times`,
  );
});

it(`concurrent processes, some killed at any moment, lose nothing and leave no duplicate after the next start, ${SEEDS.length} times`, async () => {
  const queue = SEEDS.values();
  const work = async (): Promise<void> => {
    for (const seed of queue) await run(seed);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  if (!SEED) expect(totals.killed).toBeGreaterThan(SEEDS.length / 2);
});

/** A client of one run. */
interface Client {
  readonly order: WriterOrder;
  /** How many of its requests arrive before it is killed; Infinity for one that is not. */
  readonly lifetime: number;
  readonly isCommand: boolean;
}

async function run(seed: number): Promise<void> {
  const random = createRandom(seed);
  const seen = new Map<string, number>();
  const killed = new Set<string>();
  const lifetimes = new Map<string, { lifetime: number; kill: () => void }>();
  const knobs = SERVERS[seed % SERVERS.length] ?? {};
  const isFaulty = "errors" in knobs || "cuts" in knobs;
  const judge = await startJudge({
    ...{ seed, latency: [0, 20], traffic: { every: 20 }, ...knobs },
    onRequest: (name) => {
      const count = (seen.get(name) ?? 0) + 1;
      seen.set(name, count);
      const victim = lifetimes.get(name);
      if (count === victim?.lifetime) victim.kill();
    },
  });
  try {
    const isSigned = seed % 2 === 0;
    const clients = prepare(judge, random, isSigned);
    const ends = await Promise.all(
      clients.map(async (client) => {
        const { order, lifetime, isCommand } = client;
        const started = isCommand ? startCommand(order) : await startWriter(order);
        lifetimes.set(order.name, {
          lifetime,
          kill: () => {
            killed.add(order.name);
            started.kill();
          },
        });
        const error = await started.end();
        return { ...client, error: killed.has(order.name) ? undefined : error };
      }),
    );
    judge.land();
    const { losses, foreignWrites, duplicates } = judge.verdict();
    // The next start of a killed process, or of any other: it wants all that is delivered here.
    judge.set({ errors: {}, cuts: {} });
    const last = await startWriter({
      ...{ baseUrl: judge.url, name: "the-next-start", kind: "ensure", nth: 0 },
      events: MIXED_EVENTS,
      secret: isSigned ? { secret: SECRET } : {},
    });
    const lastError = await last.end();
    totals.runs++;
    totals.killed += killed.size;
    totals.requests += judge.requests.length;
    totals.duplicates += duplicates.length;
    totals.commands += clients.filter(({ isCommand }) => isCommand).length;
    const failures = ends.flatMap(({ order: { kind }, error }) =>
      error === undefined || EXPECTED[kind].test(error) || (isFaulty && FAULTS.test(error))
        ? []
        : [`${kind}: ${error}`],
    );
    const standing = [...judge.verdict().standing, ...judge.verdict().missing];
    expect({ seed, losses, foreignWrites, failures, standing, lastError }).toEqual({
      seed,
      ...{ losses: [], foreignWrites: [], failures: [], standing: [], lastError: undefined },
    });
  } finally {
    await judge.close();
  }
}

/** Adds rows to the judge, and chooses what each client does. */
function prepare(judge: HttpJudge, random: Random, isSigned: boolean): Client[] {
  const secret = isSigned ? { secret: SECRET } : {};
  judge.watch(MIXED_URL, MIXED_EVENTS);
  const left = new Set<string>(MIXED_EVENTS);
  for (let count = randomBelow(random, 3); count > 0; count--) {
    const events = chooseEvents(random).filter((event) => left.delete(event));
    if (events.length > 0) judge.addRow({ webhook_url: MIXED_URL, events, ...secret });
  }
  judge.addRow({ webhook_url: "https://other.example/", events: MIXED_EVENTS, foreign: true });
  const isDeclared = random() < 0.5;
  // A declared URL has no other subscriptions, so it cannot have one of somebody else.
  const kinds = KINDS.filter((kind) => isDeclared || kind !== "applySync");
  if (!isDeclared) {
    const foreign = { events: [FOREIGN_EVENT], secret: "theirs", foreign: true };
    judge.addRow({ webhook_url: MIXED_URL, ...foreign });
  }
  return Array.from({ length: 2 + randomBelow(random, 4) }, (_, index): Client => {
    const isCommand = index === 0 && random() < 0.3;
    const kind = kinds[randomBelow(random, kinds.length)] ?? "ensure";
    return {
      isCommand,
      lifetime: index < 2 ? 1 + randomBelow(random, 6) : Infinity,
      order: {
        baseUrl: judge.url,
        name: `client-${index}`,
        // The command `update` needs the id of a subscription, which is not known here.
        kind: isCommand && kind === "update" ? "ensure" : kind,
        events: chooseEvents(random),
        nth: randomBelow(random, 4),
        secret,
      },
    };
  });
}

/** A client that has started. */
interface Started {
  readonly kill: () => void;
  /** Waits for its end: the code of an error, or undefined. */
  readonly end: () => Promise<string | undefined>;
}

const idle: OrderedProcess<WriterOrder, WriterReport>[] = [];

async function startWriter(order: WriterOrder): Promise<Started> {
  const child = idle.pop() ?? (await factory.start());
  const report = child.carryOut(order);
  return {
    kill: child.kill,
    end: async () => {
      const end = await report;
      if (end) idle.push(child);
      return end ? end.error : "killed";
    },
  };
}

function startCommand({ baseUrl, name, kind, events, secret }: WriterOrder): Started {
  const fields = [
    ...["--url", MIXED_URL, "--event", events.join(",")],
    ...(secret.secret === undefined ? [] : ["--secret-env", "HOOK_SECRET"]),
  ];
  const args: Readonly<Record<Writer, readonly string[]>> = {
    ensure: ["ensure", ...fields],
    create: ["create", ...fields],
    update: [],
    rotateSecret: [],
    removeDuplicates: ["duplicates", "--remove", "--yes"],
    applySync: [
      ...["apply", "--yes", "--file"],
      secret.secret === undefined ? "unsigned.json" : "signed.json",
    ],
  };
  const child = cli.start("linq-webhooks", [...args[kind], "--json"], {
    LINQ_BASE_URL: baseUrl,
    LINQ_INTEGRATION_TOKEN: name,
    HOOK_SECRET: SECRET,
  });
  return {
    kill: () => {
      child.kill("SIGKILL");
    },
    end: async () =>
      (await child.ended) === 0 ? undefined : readCode(child.stdout(), child.stderr()),
  };
}

/** The code of the error that a command has printed, or of the first step that has failed. */
function readCode(stdout: string, stderr: string): string {
  return (
    /"code":"(\w+)"/.exec(stderr + stdout)?.[1] ?? `nothing that can be read: ${stderr}${stdout}`
  );
}
