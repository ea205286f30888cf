/**
 * `npm run -s content:feedback`: what members say about the bank, for its authors, as JSON lines.
 * Confirmed disputes are examples that the grader should know; reports say what is wrong with a drill.
 */
import { createLibrary, type Library } from "../app/library.ts";
import type { Dispute, Reads, Report } from "../app/ports.ts";
import { readConfig } from "../config.ts";
import { loadBank } from "../store/bank.ts";
import { openStore } from "../store/index.ts";

/** Who said it stays with the group: an author needs the words alone. */
export async function feedbackLines(read: Reads, { drills }: Library): Promise<readonly object[]> {
  const dispute = ({ drill: id, point, words }: Dispute) => {
    const drill = drills.get(id);
    const text = drill?.kind === "open" ? drill.rubric.find((one) => one.id === point)?.text : undefined;
    return { kind: "good example", drill: id, point, text, words };
  };
  const report = ({ drill, reason, note, date }: Report) => ({ kind: "report", drill, reason, note, date });
  return [...(await read.disputes.confirmed()).map(dispute), ...(await read.reports.all()).map(report)];
}

if (import.meta.main) {
  const { database } = readConfig({ ...process.env, PLAYGROUND: process.env.PLAYGROUND ?? "1" });
  const library = createLibrary(await loadBank(new URL("../../content/", import.meta.url)));
  const { store } = await openStore(database);
  for (const line of await feedbackLines(store.read, library)) process.stdout.write(`${JSON.stringify(line)}\n`);
  await store.close();
}
