import { connect, type Socket } from "node:net";

/** A connection to a server on which a test controls every byte. */
export interface Conversation {
  readonly socket: Socket;
  /** Sends text, and resolves when the kernel has taken it, or the connection is gone. */
  readonly send: (text: string) => Promise<void>;
  /** Resolves with everything that the server has sent, once the connection is closed. */
  readonly end: Promise<string>;
}

/** Connects to a port on loopback. */
export async function talkTo(port: number): Promise<Conversation> {
  const socket = connect({ port, host: "127.0.0.1", noDelay: true, allowHalfOpen: true });
  let said = "";
  socket.setEncoding("latin1").on("data", (text: string) => (said += text));
  // It may be reset when we send more than the server reads; only the end of it counts.
  socket.on("error", () => undefined);
  socket.on("end", () => socket.destroy());
  const end = new Promise<string>((resolve) => {
    socket.once("close", () => {
      resolve(said);
    });
  });
  await new Promise((resolve) => socket.once("connect", resolve));
  return {
    socket,
    end,
    send: (text) =>
      new Promise((resolve) => {
        const taken = (): void => {
          socket.off("close", taken);
          resolve();
        };
        socket.once("close", taken);
        if (socket.destroyed) taken();
        else socket.write(text, taken);
      }),
  };
}

/** The head of a POST, with an empty line after it. */
export function headOf(headers: Readonly<Record<string, string | number>>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `POST /hook HTTP/1.1\r\nhost: localhost\r\n${lines.join("")}\r\n`;
}

/** A chunk of a body that is sent without its length. */
export function chunkOf(text: string): string {
  return `${text.length.toString(16)}\r\n${text}\r\n`;
}
