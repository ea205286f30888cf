/** The real question bank, read once in a file's tests. */
import { createLibrary } from "../../src/app/library.ts";
import { loadBank } from "../../src/store/bank.ts";

export const bank = await loadBank(new URL("../../content/", import.meta.url));
export const library = createLibrary(bank);
