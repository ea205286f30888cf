/**
 * Icons of Lucide (https://lucide.dev) as paths on a field of 24 by 24, to be stroked.
 *
 * ISC License. Copyright (c) Lucide Icons and Contributors. Permission to use, copy, modify, and/or
 * distribute this software for any purpose with or without fee is hereby granted, provided that the
 * above copyright notice and this permission notice appear in all copies. THE SOFTWARE IS PROVIDED
 * "AS IS" AND THE AUTHOR DISCLAIMS ALL WARRANTIES WITH REGARD TO THIS SOFTWARE INCLUDING ALL IMPLIED
 * WARRANTIES OF MERCHANTABILITY AND FITNESS. IN NO EVENT SHALL THE AUTHOR BE LIABLE FOR ANY SPECIAL,
 * DIRECT, INDIRECT, OR CONSEQUENTIAL DAMAGES OR ANY DAMAGES WHATSOEVER RESULTING FROM LOSS OF USE,
 * DATA OR PROFITS, WHETHER IN AN ACTION OF CONTRACT, NEGLIGENCE OR OTHER TORTIOUS ACTION, ARISING OUT
 * OF OR IN CONNECTION WITH THE USE OR PERFORMANCE OF THIS SOFTWARE.
 *
 * Smartphone, server, database, check and x derive from Feather, MIT License, Copyright (c) 2013-present Cole Bemis.
 */
export const ICONS = {
  client: "M7 2h10a2 2 0 0 1 2 2v16a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z M12 18h.01",
  service:
    "M4 2h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2V4a2 2 0 0 1 2-2z M4 14h16a2 2 0 0 1 2 2v4a2 2 0 0 1-2 2H4a2 2 0 0 1-2-2v-4a2 2 0 0 1 2-2z M6 6h.01 M6 18h.01",
  model:
    "M12 13h4 M12 18h6a2 2 0 0 1 2 2v1 M12 8h8 M12 9a4.17 4.17 0 0 1-3 4 M16 8V5a2 2 0 0 1 2-2 M6 18a4 4 0 0 1-2-7.465 M6.004 5.125a4 4 0 0 0-2.526 5.77 M6.294 6.294A3 3 0 1 1 12 5v13a4 4 0 1 1-7.967-.518 M16 13h.01 M18 3h.01 M20 21h.01 M20 8h.01",
  store: "M3 5a9 3 0 1 0 18 0a9 3 0 1 0-18 0 M3 5V19A9 3 0 0 0 21 19V5 M3 12A9 3 0 0 0 21 12",
  queue: "M11 5h10 M11 12h10 M11 19h10 M4 4h1v5 M4 9h2 M6.5 20H3.4c0-1 2.6-1.925 2.6-3.5a1.5 1.5 0 0 0-2.6-1.02",
  batch:
    "M16 14v2.2l1.6 1 M16 2v3 M21 7.338V5a2 2 0 0 0-2-2H5a2 2 0 0 0-2 2v14a2 2 0 0 0 2 2h2.338 M3 9h5.859 M8 2v3 M10 16a6 6 0 1 0 12 0a6 6 0 1 0-12 0",
  stream: "M2 12q2.5 2 5 0t5 0 5 0 5 0 M2 19q2.5 2 5 0t5 0 5 0 5 0 M2 5q2.5 2 5 0t5 0 5 0 5 0",
  monitor: "m12 14 4-4 M3.34 19a10 10 0 1 1 17.32 0",
  flame: "M12 3q1 4 4 6.5t3 5.5a1 1 0 0 1-14 0 5 5 0 0 1 1-3 1 1 0 0 0 5 0c0-2-1.5-3-1.5-5q0-2 2.5-4",
  check: "M20 6 9 17l-5-5",
  cross: "M18 6 6 18 M6 6l12 12",
} as const;

export type Icon = keyof typeof ICONS;

/** The kinds of node, in the order of a legend, with their names. */
export const KINDS = {
  client: "Client",
  service: "Service",
  model: "Model",
  store: "Store",
  queue: "Queue",
  batch: "Batch job",
  stream: "Stream",
  monitor: "Monitor",
} as const;

export type Kind = keyof typeof KINDS;

/** What people type may be any kind; whatever has no icon is drawn as a service. */
export const kindOf = (kind: string): Kind => (Object.hasOwn(KINDS, kind) ? (kind as Kind) : "service");
