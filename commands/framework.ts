import { z } from "zod";
import { command } from "../src/app/command.ts";
import { frameworkView } from "../src/core/framework_views.ts";

export const framework = command({
  path: "framework",
  summary: "The seven steps, the requirements in three parts, the quick frame",
  access: "anyone",
  anywhere: true,
  input: z.object({ part: z.string().max(20).optional().meta({ carried: true }) }),
  async run({ part }, { library }) {
    return { ok: true, reply: frameworkView(library.bank.framework, part) };
  },
});
