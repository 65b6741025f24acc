// SPDX-License-Identifier: Apache-2.0
// What both clients are given: the leanest specs that each accepts, of the network that runs. Needs the nodes' RPC.
import { createServer, connect } from "node:net";
import { Mote } from "mote-light-client";
import { WebSocket } from "ws";

export async function call(url, method, ...params) {
  const socket = new WebSocket(url, { perMessageDeflate: false, maxPayload: 1 << 28 });
  await new Promise((resolve, reject) => (socket.once("open", resolve), socket.once("error", reject)));
  socket.send(JSON.stringify({ jsonrpc: "2.0", id: 1, method, params }));
  const { result, error } = JSON.parse(await new Promise((resolve) => socket.once("message", resolve)));
  socket.terminate();
  if (error !== undefined) throw new Error(`${method}: ${error.message}`);
  return result;
}

/** Passes bytes on and counts them: the only place where they can be counted for both alike. */
export async function meter(port) {
  const count = { in: 0, out: 0, connections: 0 };
  const sockets = new Set();
  const server = createServer((near) => {
    count.connections++;
    const far = connect(port, "127.0.0.1");
    near.setNoDelay(true);
    far.setNoDelay(true);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined);
    }
    near.on("data", (data) => ((count.out += data.length), far.write(data)));
    far.on("data", (data) => ((count.in += data.length), near.write(data)));
    near.on("close", () => far.destroy());
    far.on("close", () => near.destroy());
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  const reset = () => Object.assign(count, { in: 0, out: 0, connections: 0 });
  const close = () => {
    for (const socket of sockets) socket.destroy();
    server.close();
  };
  return { port: server.address().port, count, reset, close };
}

const portOf = (url) => Number(new URL(url).port);

/** Ports follow one another in that network: RPC at P + 1, libp2p over WebSocket at P + 2. */
export async function plan({ relays, para, paraId }) {
  const meters = [];
  const metered = async (port) => {
    const made = await meter(port);
    meters.push(made);
    return made.port;
  };
  const rpc = async (url) => `ws://127.0.0.1:${await metered(portOf(url))}`;
  const boot = async (url) => `/ip4/127.0.0.1/tcp/${await metered(portOf(url) + 1)}/ws/p2p/${await call(url, "system_localPeerId")}`;
  const stateRoot = async (url) => (await call(url, "chain_getHeader", await call(url, "chain_getBlockHash", 0))).stateRoot;
  const synced = await call(relays[0], "sync_state_genSyncSpec", true);
  const about = { chainType: "Local", telemetryEndpoints: null, properties: {} };
  const relayName = { name: synced.name, id: synced.id, protocolId: synced.protocolId };
  const relayLean = { ...relayName, genesis: { stateRootHash: await stateRoot(relays[0]) }, lightSyncState: synced.lightSyncState };
  const paraName = { name: `para ${paraId}`, id: `para-${paraId}` };
  // The leanest that says where genesis is: its header and authorities.
  const mote = await Mote.load(), first = mote.genesis(Object.entries(synced.genesis.raw.top), 1);
  const zero = [...mote.checkpointFromParts({ header: first.header, authorities: first.authorities, setId: 0 }).bytes];
  const relayBoots = await Promise.all(relays.map(boot)), paraBoots = [await boot(para)];
  const paraSpec = { ...about, ...paraName, bootNodes: paraBoots, relay_chain: synced.id, para_id: paraId, genesis: { stateRootHash: await stateRoot(para) } };
  return {
    meters,
    mote: { sources: await Promise.all(relays.map(rpc)), paraSources: [await rpc(para)], paraId, lean: relayLean, zero, raw: { ...relayName, genesis: synced.genesis } },
    smoldot: {
      lean: { ...about, ...relayLean, bootNodes: relayBoots }, raw: { ...about, ...relayName, genesis: synced.genesis, bootNodes: relayBoots }, para: paraSpec,
    },
  };
}
