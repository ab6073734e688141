import { expect, it } from "vitest";
import { reachOf, type Reach } from "../../../src/cli/doctor/reach.js";

it.each<[Reach, readonly string[]]>([
  [
    "loopback",
    ["localhost", "app.LOCALHOST", "127.0.0.1", "127.255.0.9", "::1", "[::1]", "::ffff:127.0.0.1"],
  ],
  [
    "private",
    [
      ...["0.0.0.0", "10.1.2.3", "172.16.0.1", "172.31.255.255", "192.168.1.1", "169.254.169.254"],
      ...["100.64.0.1", "100.127.255.255", "198.18.0.1", "203.0.113.7", "224.0.0.1"],
      ...["255.255.255.255", "::", "fd00::1", "[fe80::1]", "2001:db8::1", "ff02::1"],
      "::ffff:10.0.0.1",
    ],
  ],
  [
    "public",
    [
      ...["example.com", "localhost.example.com", "9.9.9.9", "172.15.0.1", "172.32.0.1"],
      ...["100.63.0.1", "100.128.0.1", "192.169.0.1", "2606:4700::1", "[2a00::1]", "1.1.1.1"],
    ],
  ],
])("recognises hosts that are %s", (reach, hosts) => {
  for (const host of hosts) expect([host, reachOf(host)]).toEqual([host, reach]);
});
