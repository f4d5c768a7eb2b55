import type { FaultOrder, ObjectStoreFault, ObjectStoreMethod } from "./options.ts";

/** Keeps how many requests each fault still applies to. */
export interface FaultDesk {
  order(order: FaultOrder): void;
  /** Takes one request off the first fault ordered that applies; null = behave. */
  take(method: ObjectStoreMethod): ObjectStoreFault | null;
}

export function createFaultDesk(): FaultDesk {
  const orders: { fault: ObjectStoreFault; left: number; method: ObjectStoreMethod | null }[] = [];
  return {
    order({ fault, times = 1, method }) {
      orders.push({ fault, left: times, method: method ?? null });
    },
    take(method) {
      const order = orders.find(
        (each) => each.left > 0 && (each.method === null || each.method === method),
      );
      if (order === undefined) return null;
      order.left -= 1;
      return order.fault;
    },
  };
}
