/** Joins the lines of a typed architecture: planes and what stands in them, arrows that begin or end a line. */
import { isMermaid, type Line, type Link, type Mention, readLine } from "./architecture_line.ts";

/** What one line says, in the plane that it stands in. */
export interface Passage {
  readonly line: string;
  readonly plane: string | undefined;
  readonly boxes: readonly Mention[];
  readonly links: readonly Link[];
}

interface State {
  readonly passages: Passage[];
  readonly unread: string[];
  readonly subgraphs: string[];
  heading: string | undefined;
  /** Where an arrow at the beginning of a line comes from. */
  tail: readonly Mention[];
  /** An arrow at the end of the last line, or alone on its own. */
  waiting: Link | undefined;
  /** A name alone on its line: arrows on deeper lines below it all come from there. */
  trunk: { readonly boxes: readonly Mention[]; readonly indent: number } | undefined;
}

/** Reads the lines in order. `unread` has those that were not understood. */
export function readPassages(lines: readonly string[]): { readonly passages: readonly Passage[]; readonly unread: readonly string[] } {
  const mermaid = lines.some(isMermaid);
  const state: State = {
    passages: [],
    unread: [],
    subgraphs: [],
    heading: undefined,
    tail: [],
    waiting: undefined,
    trunk: undefined,
  };
  for (const line of lines) take(state, line, readLine(line, mermaid));
  return state;
}

function take(state: State, line: string, read: Line): void {
  if (read.kind === "links") takeLinks(state, line, read.links, read.plane);
  else if (read.kind === "boxes") takeBoxes(state, line, read.boxes, read.sure);
  else if (read.kind === "plane" && read.opens) state.subgraphs.push(read.title);
  else if (read.kind === "plane") state.heading = read.title;
  else if (read.kind === "end") state.subgraphs.pop();
  else if (read.kind === "down" && state.tail.length > 0) state.waiting = { from: state.tail, to: [], points: "right", async: false };
  else if (read.kind !== "skip") state.unread.push(line.trim());
}

const planeOf = ({ subgraphs, heading }: State): string | undefined => subgraphs[subgraphs.length - 1] ?? heading;
const indentOf = (line: string): number => line.length - line.trimStart().length;

function takeBoxes(state: State, line: string, boxes: readonly Mention[], sure: boolean): void {
  const plane = planeOf(state);
  // "first, I thought" is two boxes only where boxes are listed.
  if (!sure && !state.waiting && boxes.length > 1 && plane === undefined) {
    state.unread.push(line.trim());
    return;
  }
  state.passages.push({ line, plane, boxes, links: state.waiting ? [{ ...state.waiting, to: boxes }] : [] });
  state.trunk = { boxes, indent: indentOf(line) };
  state.tail = boxes;
  state.waiting = undefined;
}

function takeLinks(state: State, line: string, read: readonly Link[], plane: string | undefined): void {
  const [first, ...others] = read;
  if (!first) return;
  if (plane) state.heading = plane;
  const leads = first.from.length === 0;
  if (!leads) state.trunk = undefined;
  const below = state.trunk && indentOf(line) > state.trunk.indent ? state.trunk.boxes : state.tail;
  const joining = state.waiting && !leads ? [{ ...state.waiting, to: first.from }] : [];
  const links = [...joining, { ...first, from: leads ? below : first.from }, ...others];
  const last = links[links.length - 1] ?? first;
  const open = last.to.length === 0;
  state.waiting = open && last.from.length > 0 ? last : undefined;
  state.tail = open ? last.from : last.to;
  const whole = links.filter(({ from, to }) => from.length > 0 && to.length > 0);
  // An arrow into nothing still names the box that it leaves, and one out of nothing the box that it reaches.
  const boxes = links.filter((link) => !whole.includes(link)).flatMap(({ from, to }) => [...from, ...to]);
  if (whole.length === 0 && boxes.length === 0) state.unread.push(line.trim());
  else state.passages.push({ line, plane: plane ?? planeOf(state), boxes, links: whole });
}
