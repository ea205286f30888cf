/** Commits one interaction after another into the folder given, and says each only once it is committed. */

import { openStore } from "../../src/store/index.ts";
import { ann, view } from "../store/fixtures.ts";

const [dir, from] = [process.argv[2] ?? "", Number(process.argv[3])];
const { store } = await openStore({ kind: "pglite", dir });
for (let nth = from; ; nth++) {
  await store.transaction(async (tx) => {
    await tx.invocations.seen(`i${nth}`, ann, nth);
    await tx.invocations.replied(`i${nth}`, view(`reply ${nth}`));
  });
  process.stdout.write(`${nth}\n`);
}
