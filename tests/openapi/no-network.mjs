// Loaded before a judge of the descriptions: whatever it would ask of the network is told, and does not happen.
import dns from 'node:dns';
import net from 'node:net';

const refuse = (what) => {
  process.stderr.write(`ASKED THE NETWORK: ${what}\n`);
  throw new Error(`The network is not to be asked: ${what}`);
};
net.Socket.prototype.connect = (...given) => refuse(JSON.stringify(given.flat()[0]));
for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) dns[name] = (host) => refuse(host);
globalThis.fetch = (address) => refuse(String(address));
