/** Every command that is offered, typed once with the least it takes: something is said, and the platform takes it. */
import { expect } from "vitest";
import { commands } from "../../commands/index.ts";
import { fieldsOf, type InputField } from "../../src/app/input.ts";
import { DAY } from "../../src/core/place.ts";
import { PEOPLE, type Stage } from "./stage.ts";

const { ada, ben } = PEOPLE;

/** Of each kind a value that the platform lets people give; it need not make sense. */
function leastOf({ type, choices, minimum, member, maxLength }: InputField): string | number | boolean {
  if (member) return ben.id;
  if (choices?.[0] !== undefined) return choices[0];
  if (type === "boolean") return true;
  if (type === "integer" || type === "number") return minimum ?? 1;
  return "1 news feed".slice(0, maxLength);
}

/** These end what the others need; they come last. */
const LAST = ["mock cancel", "plan stop", "data delete", "daily pause"];

export async function everyScript({ walker, clock, slash, beat, text }: Stage): Promise<void> {
  await slash(ada, "setup", { time: "09:00", zone: "Europe/Berlin", weekdays: "daily" });
  await clock.advanceTo(clock.now() + DAY);
  const offered = commands.filter(({ hidden }) => !hidden);
  const ordered = [...offered.filter(({ path }) => !LAST.includes(path)), ...offered.filter(({ path }) => LAST.includes(path))];
  for (const command of ordered) {
    const least = Object.fromEntries(
      fieldsOf(command)
        .filter(({ required }) => required)
        .map((field) => [field.name, leastOf(field)]),
    );
    const seen = await walker.slash(ada, command.path, least);
    expect(text(seen).length, `/${command.path}`).toBeGreaterThan(8);
    expect(text(seen), `/${command.path}`).not.toContain("went wrong on our side");
    await beat();
    // Clicks come at the pace of a person: nobody is slowed down for pressing too often.
    await clock.advanceTo(clock.now() + 2_000);
  }
}
