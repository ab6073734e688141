import { readFileSync } from "node:fs";
import { join } from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Consumer, installPackedPackage } from "../support/packed-package.js";

interface PublicNames {
  /** The names that exist at run time. */
  readonly values: readonly string[];
  /** The names that exist only for TypeScript. */
  readonly types: readonly string[];
}

/** All that users can import, by entry: a name that is added here stays, because its removal breaks them. */
const PUBLIC: Readonly<Record<string, PublicNames>> = {
  "linq-webhooks": {
    values: [
      "CreateOutcomeUnknownError",
      "DuplicateSubscriptionError",
      "EVENT_NAMES",
      "InvalidEventError",
      "InvalidInputError",
      "InvalidResponseError",
      "InvalidSignatureError",
      "LinqApiError",
      "LinqConnectionError",
      "LinqError",
      "LinqRequestError",
      "LinqTimeoutError",
      "SecretLostError",
      "StalePlanError",
      "SubscriptionNotFoundError",
      "UnexpectedRedirectError",
      "createLinqClient",
      "findDuplicates",
      "isLinqError",
    ],
    types: [
      "AnyLinqError",
      "Attempt",
      "CallOptions",
      "CreateOptions",
      "DeleteOptions",
      "DuplicateGroup",
      "EnsureInput",
      "EnsureOptions",
      "EnsureResult",
      "EventName",
      "LinqApi",
      "LinqClient",
      "LinqClientOptions",
      "Lock",
      "RemoveDuplicatesOptions",
      "RemoveDuplicatesResult",
      "RotateSecretInput",
      "UpdateOptions",
      "WebhookSubscription",
      "WebhookSubscriptionInput",
      "WebhookSubscriptionPatch",
      "WebhookSubscriptions",
      "components",
      "operations",
      "paths",
    ],
  },
  "linq-webhooks/receiver": {
    values: [
      "EVENT_NAMES",
      "InvalidEventError",
      "InvalidInputError",
      "InvalidSignatureError",
      "createMemoryStore",
      "createReceiver",
      "parseLinqTime",
      "signBody",
      "unwrapEvent",
      "verifySignature",
    ],
    types: [
      "Claim",
      "ClaimOptions",
      "DeliveryStore",
      "EventHandlers",
      "EventName",
      "EventOf",
      "LinqEvent",
      "MemoryStoreOptions",
      "NodeListener",
      "RawDelivery",
      "RawEvent",
      "Receipt",
      "ReceiveContext",
      "Receiver",
      "ReceiverOptions",
      "TrustOptions",
      "UnknownEvent",
    ],
  },
  "linq-webhooks/sandbox": {
    values: ["createEvent", "createSandbox"],
    types: [
      "CreateEventOptions",
      "CreatedEvent",
      "Delivery",
      "EventChanges",
      "EventName",
      "Fault",
      "FaultableRequest",
      "ListenOptions",
      "Sandbox",
      "SandboxOptions",
      "SandboxRequest",
      "SandboxServer",
      "SandboxSwitches",
    ],
  },
  "linq-webhooks/stores": {
    values: [
      "DeliveryStoreObject",
      "connectDurableObjectStore",
      "createDurableObjectStore",
      "createPostgresStore",
      "createRedisStore",
    ],
    types: [
      "DeliveryStore",
      "DurableObjectStoreOptions",
      "PostgresStore",
      "PostgresStoreOptions",
      "RedisStoreOptions",
      "RunQuery",
      "RunScript",
    ],
  },
  "linq-webhooks/sync": {
    values: ["StalePlanError", "applySync", "planSync"],
    types: [
      "ApplyOptions",
      "ApplyResult",
      "DesiredSubscription",
      "PlanOptions",
      "SyncPlan",
      "SyncProgress",
      "SyncStep",
    ],
  },
  "linq-webhooks/testing": {
    values: ["testDeliveryStore"],
    types: ["TestDeliveryStoreOptions"],
  },
};

/** Exports that are not modules. */
const DATA = ["./package.json", "./schema.json"];

let consumer: Consumer;
let found: ReadonlyMap<string, PublicNames>;

beforeAll(async () => {
  consumer = await installPackedPackage();
  const imports = Object.keys(PUBLIC).map((name) => `import "${name}";`);
  await consumer.write("entries.ts", imports.join("\n"));
  found = findExports(join(consumer.folder, "entries.ts"));
});

afterAll(async () => {
  await consumer.remove();
});

describe("the packed package exports", () => {
  it("these entries and no others", () => {
    const { exports } = JSON.parse(
      readFileSync(join(consumer.folder, "node_modules/linq-webhooks/package.json"), "utf8"),
    ) as { exports: Record<string, unknown> };
    const modules = Object.keys(PUBLIC).map((name) => name.replace("linq-webhooks", "."));
    expect(Object.keys(exports).sort()).toEqual([...modules, ...DATA].sort());
  });

  it.each(Object.entries(PUBLIC))("from %s exactly these names", (entry, names) => {
    expect(found.get(entry)).toEqual(names);
  });

  it.each(Object.entries(PUBLIC))(
    "from %s these values, when it is loaded",
    async (entry, { values }) => {
      const program = `console.log(JSON.stringify(Object.keys(await import("${entry}")).sort()))`;
      const { stdout } = await consumer.run("--input-type=module", "--eval", program);
      expect(JSON.parse(stdout)).toEqual(values);
    },
  );
});

/** The names that TypeScript finds in each entry that a file imports. */
function findExports(file: string): Map<string, PublicNames> {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.Node16,
    moduleResolution: ts.ModuleResolutionKind.Node16,
    target: ts.ScriptTarget.ES2022,
    types: [],
  });
  const checker = program.getTypeChecker();
  const imports = program.getSourceFile(file)?.statements.filter(ts.isImportDeclaration) ?? [];
  return new Map(
    imports.map(({ moduleSpecifier }) => {
      const module = checker.getSymbolAtLocation(moduleSpecifier);
      const name = ts.isStringLiteral(moduleSpecifier) ? moduleSpecifier.text : "";
      return [name, sortOut(module ? checker.getExportsOfModule(module) : [], checker)];
    }),
  );
}

function sortOut(symbols: readonly ts.Symbol[], checker: ts.TypeChecker): PublicNames {
  const isValue = (symbol: ts.Symbol): boolean => {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const target = isAlias ? checker.getAliasedSymbol(symbol) : symbol;
    return (target.flags & ts.SymbolFlags.Value) !== 0;
  };
  const namesOf = (some: readonly ts.Symbol[]): string[] => some.map(({ name }) => name).sort();
  return {
    values: namesOf(symbols.filter(isValue)),
    types: namesOf(symbols.filter((symbol) => !isValue(symbol))),
  };
}
