// SPDX-License-Identifier: Apache-2.0
/** A lying proxy: a WebSocket that passes everything on, and rewrites what comes back from the nodes it is told to. */

export const lies = {
  value: "changes a value in every storage proof",
  votes: "changes a signature in every finality proof",
  chain: "says it is another chain",
} as const;
export type Lie = keyof typeof lies;

const flip = (hex: string, at: number): string => hex.slice(0, at) + (Number.parseInt(hex[at] ?? "0", 16) ^ 1).toString(16) + hex.slice(at + 1);

/** Hex digits in front of the first signature of a justification: round, target, count, the precommit's target. */
const inVotes = 2 + 2 * (8 + 36 + 1 + 36 + 20);

interface Reply {
  readonly id?: number;
  readonly method?: string;
  readonly result?: unknown;
  readonly params?: { readonly subscription: unknown; readonly result: unknown };
}

function rewritten(lie: Lie, reply: Reply, asked: string): Reply {
  const { result, params } = reply;
  if (lie === "value" && typeof result === "object" && result !== null && "proof" in result) {
    const { proof } = result as { readonly proof: readonly string[] };
    return { ...reply, result: { ...result, proof: proof.map((node, i) => (i === 0 ? flip(node, node.length - 6) : node)) } };
  }
  if (lie === "votes" && reply.method === "grandpa_justifications" && typeof params?.result === "string") {
    return { ...reply, params: { ...params, result: flip(params.result, inVotes) } };
  }
  // In front of the justification: the block's hash, and the length in two or four bytes.
  if (lie === "votes" && asked === "grandpa_proveFinality" && typeof result === "string") return { ...reply, result: flip(result, inVotes + 2 * 36) };
  if (lie === "chain" && asked === "chain_getBlockHash" && typeof result === "string") return { ...reply, result: flip(result, 9) };
  return reply;
}

/** A constructor for `webSocket` of createClient: connections to `urls` lie. */
export function hostileWebSocket(urls: readonly string[], lie: Lie): typeof WebSocket {
  return class extends WebSocket {
    readonly #asked = new Map<number, string>();
    #handler: ((event: MessageEvent) => void) | null = null;

    override send(data: string): void {
      const { id, method } = JSON.parse(data) as { readonly id: number; readonly method: string };
      this.#asked.set(id, method);
      super.send(data);
    }

    override set onmessage(handler: ((this: WebSocket, event: MessageEvent) => void) | null) {
      this.#handler = handler;
      super.onmessage = (event: MessageEvent<string>) => {
        const reply = JSON.parse(event.data) as Reply;
        const told = urls.includes(this.url.replace(/\/$/, "")) ? rewritten(lie, reply, this.#asked.get(reply.id ?? -1) ?? "") : reply;
        this.#handler?.(new MessageEvent("message", { data: JSON.stringify(told) }));
      };
    }

    override get onmessage(): ((this: WebSocket, event: MessageEvent) => void) | null {
      return this.#handler;
    }
  };
}
