/** What can go wrong at Slack, on demand and once each. */
export type Fault =
  | { readonly kind: "rateLimit"; readonly seconds: number; after?(): void }
  /** Slack's own trouble; with `done` it did what it was asked all the same. */
  | { readonly kind: "serverError"; readonly done?: true }
  /** Does what it was asked, and never answers. */
  | { readonly kind: "silence" }
  /** Does what it was asked, then drops the connection instead of answering. */
  | { readonly kind: "lostAnswer" }
  | { readonly kind: "refuse"; readonly error: string; readonly needed?: string }
  /** Runs beside the request: before it is done, or when it is done but not answered. */
  | { readonly kind: "meanwhile"; readonly when: "before" | "after"; run(): void | Promise<void> };

export class Faults {
  readonly #planned: { readonly method: string; readonly fault: Fault }[] = [];

  /** Applies to the next call of `method`. */
  next(method: string, fault: Fault): void {
    this.#planned.push({ method, fault });
  }

  take(method: string): Fault | undefined {
    const at = this.#planned.findIndex((planned) => planned.method === method);
    return at < 0 ? undefined : this.#planned.splice(at, 1)[0]?.fault;
  }

  /** How many have not happened yet. */
  get left(): number {
    return this.#planned.length;
  }
}
