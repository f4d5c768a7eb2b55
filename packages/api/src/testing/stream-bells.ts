import type { CallerContext } from "../services/context.ts";
import { createLocalDoorbell } from "../services/streams/local-doorbell.ts";

/** A caller whose streams hear no ring: only time passes. */
export function createTimeouts(caller: CallerContext): CallerContext {
  const doorbell = createLocalDoorbell();
  const listen = () => ({ next: async () => "timeout" as const, saw() {}, close() {} });
  return { ...caller, services: { ...caller.services, doorbell: { ...doorbell, listen } } };
}

/** A caller whose stream only the test rings for. */
export function createOwnBell(caller: CallerContext) {
  const doorbell = createLocalDoorbell();
  let waiting = Promise.withResolvers<void>();
  const services = {
    ...caller.services,
    doorbell: {
      ...doorbell,
      listen(ownerId: string) {
        const bell = doorbell.listen(ownerId);
        const next: typeof bell.next = (...limits) => {
          const rung = bell.next(...limits);
          waiting.resolve();
          return rung;
        };
        return { ...bell, next };
      },
    },
  };
  return {
    caller: { ...caller, services },
    isListening: () => waiting.promise,
    /** As the slow poll does, which has found this number at the owner. */
    ringBehind: (seq: number) => doorbell.ringBehind(caller.ownerId, seq),
    /** Resolves when the stream waits again: what it was rung for is then read. */
    ring(): Promise<void> {
      waiting = Promise.withResolvers();
      doorbell.ring(caller.ownerId);
      return waiting.promise;
    },
  };
}
