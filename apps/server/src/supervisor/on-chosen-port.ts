/** Where ports come from, and whether one is still nobody's. */
export interface PortSource {
  choose(): Promise<number>;
  isFree(port: number): Promise<boolean>;
}

const MOST_PORTS = 3;

/**
 * Starts something on a port of our own choice, and again on another when somebody else took it
 * between choice and bind (a server boots for seconds).
 * @returns the port it serves on.
 * @throws what `start` throws while the port is free: then the port is not to blame.
 */
export async function onChosenPort(
  ports: PortSource,
  start: (port: number) => Promise<void>,
): Promise<number> {
  for (let tries = 1; ; tries += 1) {
    const port = await ports.choose();
    try {
      await start(port);
      return port;
    } catch (error) {
      if (tries === MOST_PORTS || (await ports.isFree(port))) throw error;
    }
  }
}
