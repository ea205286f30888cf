/** Talking to the server: requests that are asked again until answered, and the stream of news. */

const FIRST_WAIT_MS = 400;
const LONGEST_WAIT_MS = 4_000;

/** The server understood and said no; `message` is for the person. */
export class Refused extends Error {}

const pause = (ms) => new Promise((done) => setTimeout(done, ms));

async function once(path, body) {
  const request = body === undefined ? {} : { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
  const response = await fetch(`/api/${path}`, request);
  if ([502, 503, 504].includes(response.status)) throw new TypeError("not there");
  const answer = await response.json();
  if (!response.ok) throw new Refused(answer.error);
  return answer;
}

/**
 * Asks until the server answers. The body carries the invocation's id, so that asking again
 * after a lost connection or a restart is the same invocation and gets the same reply.
 * `waiting` is told when the server does not answer; `signal` gives up.
 */
export async function ask(path, body, { waiting, signal } = {}) {
  for (let wait = FIRST_WAIT_MS; ; wait = Math.min(wait * 2, LONGEST_WAIT_MS)) {
    try {
      return await once(path, body);
    } catch (error) {
      if (error instanceof Refused || signal?.aborted) throw error;
      waiting?.();
      await pause(wait);
      if (signal?.aborted) throw error;
    }
  }
}

/** Asks once: for what must not happen twice, or is not worth waiting for. */
export const askOnce = once;

/**
 * Follows a channel. Reconnects by itself with the last cursor, so that nothing is missed.
 * A browser opens six connections to one host over all tabs: a hidden tab lets go of its own.
 */
export function follow(query, since, { news, online }) {
  let cursor = since;
  let wait = FIRST_WAIT_MS;
  let source;
  let timer;

  const open = () => {
    clearTimeout(timer);
    source?.close();
    if (document.hidden) return;
    source = new EventSource(`/api/events?${new URLSearchParams({ ...query, since: cursor })}`);
    source.addEventListener("news", ({ data }) => {
      const fresh = JSON.parse(data);
      cursor = fresh.cursor;
      wait = FIRST_WAIT_MS;
      online(true);
      news(fresh);
    });
    source.onerror = () => {
      source.close();
      online(false);
      timer = setTimeout(open, wait);
      wait = Math.min(wait * 2, LONGEST_WAIT_MS);
    };
  };
  document.addEventListener("visibilitychange", open);
  open();
  return () => {
    document.removeEventListener("visibilitychange", open);
    clearTimeout(timer);
    source?.close();
  };
}
