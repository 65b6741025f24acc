// SPDX-License-Identifier: Apache-2.0
/** Places to keep things between runs. Who can write to them can choose what is trusted (docs/spec/saved.md). */
import type { LiveStorage } from "./live-types.js";

/** Gone with its object. */
export function memoryStorage(): LiveStorage {
  const kept = new Map<string, Uint8Array>();
  return {
    get: async (key) => kept.get(key)?.slice(),
    set: async (key, value) => void kept.set(key, value.slice()),
  };
}

const settled = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error ?? new Error("IndexedDB failed"));
  });

/** In this origin's IndexedDB: pages, Workers and service workers of one origin share it. */
export function indexedDbStorage(name = "mote"): LiveStorage {
  let made = (_: true): void => undefined;
  /** It was not there, so nothing is kept: that is known before it is on the disk. */
  const isNew = new Promise<true>((resolve) => (made = resolve));
  const open = async (): Promise<IDBDatabase> => {
    const request = indexedDB.open(name, 1);
    request.onupgradeneeded = () => {
      request.result.createObjectStore("kept");
      made(true);
    };
    return settled(request);
  };
  const database = open();
  let isOpening = true;
  const opened = (): void => void (isOpening = false);
  database.then(opened, opened); // whoever asks is told
  return {
    async get(key) {
      if (isOpening && await Promise.race([isNew, database]) === true) return undefined;
      const found: unknown = await settled((await database).transaction("kept").objectStore("kept").get(key));
      return found instanceof Uint8Array ? found : undefined;
    },
    async set(key, value) {
      const transaction = (await database).transaction("kept", "readwrite");
      transaction.objectStore("kept").put(value, key);
      await new Promise<void>((resolve, reject) => {
        transaction.oncomplete = () => resolve();
        transaction.onabort = () => reject(transaction.error ?? new Error("IndexedDB failed"));
      });
    },
  };
}

/** In a folder, one file to a key, replaced at once or not at all. For Node. */
export function fileStorage(folder: string): LiveStorage {
  const modules = { fs: "node:fs/promises", path: "node:path" };
  const load = async (): Promise<{ fs: typeof import("node:fs/promises"); path: typeof import("node:path") }> => ({
    fs: (await import(/* webpackIgnore: true */ /* @vite-ignore */ modules.fs)) as typeof import("node:fs/promises"),
    path: (await import(/* webpackIgnore: true */ /* @vite-ignore */ modules.path)) as typeof import("node:path"),
  });
  let writes = 0;
  const fileOf = (key: string): string => key.replace(/[^a-z0-9.-]/gi, "_");
  return {
    async get(key) {
      const { fs, path } = await load();
      try {
        return new Uint8Array(await fs.readFile(path.join(folder, fileOf(key))));
      } catch (error) {
        if ((error as { code?: string }).code === "ENOENT") return undefined;
        throw error;
      }
    },
    async set(key, value) {
      const { fs, path } = await load();
      await fs.mkdir(folder, { recursive: true });
      const file = path.join(folder, fileOf(key)), made = `${file}.${writes++}.new`;
      await fs.writeFile(made, value);
      await fs.rename(made, file);
    },
  };
}
