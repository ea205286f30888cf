/** The pictures used last, up to so many bytes. */
export class Cache {
  readonly #bytes: number;
  /** A map keeps the order of insertion: the first one is the one unused for longest. */
  readonly #kept = new Map<string, Uint8Array>();
  #used = 0;

  constructor(bytes: number) {
    this.#bytes = bytes;
  }

  get(key: string): Uint8Array | undefined {
    const found = this.#kept.get(key);
    if (found) {
      this.#kept.delete(key);
      this.#kept.set(key, found);
    }
    return found;
  }

  /** One that is larger than the whole cache is not kept. */
  set(key: string, value: Uint8Array): void {
    this.#used += value.byteLength - (this.#kept.get(key)?.byteLength ?? 0);
    this.#kept.delete(key);
    this.#kept.set(key, value);
    for (const [oldest, { byteLength }] of this.#kept) {
      if (this.#used <= this.#bytes) return;
      this.#kept.delete(oldest);
      this.#used -= byteLength;
    }
  }
}
