/**
 * `npm run boards:rebuild`: makes all leaderboards anew from the ledger and the answers. They come out as
 * they were; it is for after a restored backup, or for whoever doubts. On a server it is safe beside a
 * running bot: who earns in the server or workspace that is being rebuilt waits.
 */
import { rebuildBoards } from "../app/boards.ts";
import { readConfig } from "../config.ts";
import { openStore } from "../store/index.ts";

const { store } = await openStore(readConfig(process.env).database);
try {
  await rebuildBoards(store, ({ platform, space }, groups) => process.stdout.write(`${platform}/${space}: ${groups} groups\n`));
} finally {
  await store.close();
}
