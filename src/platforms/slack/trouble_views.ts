/** What somebody reads when Slack itself is in the way. */
import { BUTTON_CHARACTERS, encodePress, type Press } from "../../app/button.ts";
import { literal } from "../../core/markup.ts";
import type { Block, View } from "../../core/view.ts";

/** Quoted at most this much; a form's fields are at most as long. */
const QUOTED_CHARACTERS = 3_000;

interface Asked {
  readonly path: string;
  readonly input: Readonly<Record<string, unknown>>;
  readonly revision?: number | undefined;
}

/** The form could not be opened in time: another press opens it, with what was typed. */
export function slowView({ path, input, revision }: Asked): View {
  const { carried, left } = carriable({ command: path, input: plain(input), revision });
  const kept: Block[] = Object.entries(left).flatMap(([name, value]): Block[] => [
    { kind: "text", markdown: `So that it is not lost, this is what you typed for ${literal(name)}:` },
    { kind: "quote", text: String(value).slice(0, QUOTED_CHARACTERS) },
  ]);
  const { command, ...rest } = carried;
  return {
    title: "Slack was too slow to open the form",
    tone: "warn",
    blocks: [
      { kind: "text", markdown: "Nothing was changed. Open it once more:" },
      {
        kind: "buttons",
        buttons: [
          {
            label: "Open the form",
            command,
            input: rest.input,
            style: "primary",
            ...(rest.revision === undefined ? {} : { revision: rest.revision }),
          },
        ],
      },
      ...kept,
    ],
  };
}

const plain = (input: Asked["input"]): Press["input"] =>
  Object.fromEntries(
    Object.entries(input).filter((entry): entry is [string, string | number | boolean] =>
      ["string", "number", "boolean"].includes(typeof entry[1]),
    ),
  );

/** As much of the input as a button can carry: the longest gives way first. */
function carriable(press: Press): { readonly carried: Press; readonly left: Press["input"] } {
  const left: Record<string, string | number | boolean> = {};
  let input = press.input;
  while (!fits({ ...press, input })) {
    const [name, value] = Object.entries(input).sort(([, a], [, b]) => String(b).length - String(a).length)[0] ?? [];
    if (name === undefined || value === undefined) break;
    left[name] = value;
    input = Object.fromEntries(Object.entries(input).filter(([other]) => other !== name));
  }
  return { carried: { ...press, input }, left };
}

function fits(press: Press): boolean {
  try {
    return encodePress(press).length <= BUTTON_CHARACTERS;
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}

/** The app was removed, and an old message of ours is still there. */
export const goneView = (installUrl: string | undefined): View => ({
  title: "Drillroom is not installed here any more",
  tone: "warn",
  blocks: [
    {
      kind: "text",
      markdown:
        installUrl === undefined
          ? "Nothing was changed. Ask whoever hosts the bot to install it again."
          : `Nothing was changed. Whoever may add apps to this workspace can [install it again](${installUrl}); within 30 days everything is as it was.`,
    },
  ],
});
