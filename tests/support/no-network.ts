/** Loaded before a judge of the descriptions: whatever it would ask of the network is told, and does not happen. */
import dns from 'node:dns';
import net from 'node:net';

const refuse = (what: string): never => {
  process.stderr.write(`ASKED THE NETWORK: ${what}\n`);
  throw new Error(`The network is not to be asked: ${what}`);
};
const never = (...given: unknown[]): never => refuse(JSON.stringify(given.flat()[0]));
Object.assign(net.Socket.prototype, { connect: never });
Object.assign(dns, { lookup: never, resolve: never, resolve4: never, resolve6: never });
Object.assign(globalThis, { fetch: never });
