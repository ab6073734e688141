import { reasonOf } from "../checks/aborted.js";
import type { Listener, OnEnd } from "./deadline.js";

/** The listeners of one signal, and the one event listener that they share. */
interface Followers {
  readonly listeners: Set<Listener>;
  readonly tell: () => void;
}

const followersOf = new WeakMap<AbortSignal, Followers>();

/**
 * Listens to a signal. All listeners share one event listener, because Node warns of a leak when a signal
 * has more than ten. The last listener to leave removes it.
 */
export function onAbort(signal: AbortSignal): OnEnd {
  return (listener) => {
    if (signal.aborted) listener(reasonOf(signal));
    const followers = followersOf.get(signal) ?? startToFollow(signal);
    const { listeners, tell } = followers;
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0 || followersOf.get(signal) !== followers) return;
      followersOf.delete(signal);
      signal.removeEventListener("abort", tell);
    };
  };
}

function startToFollow(signal: AbortSignal): Followers {
  const listeners = new Set<Listener>();
  const tell = (): void => {
    for (const listener of listeners) listener(reasonOf(signal));
  };
  const followers = { listeners, tell };
  followersOf.set(signal, followers);
  signal.addEventListener("abort", tell);
  return followers;
}
