/** How a person answers whatever drill comes. */
import type { PersonTab } from "../kit/browser.ts";

/** The private reply to an answer of any kind, before the reveal. */
export const DRILL_REPLY = /points covered|is in|of the boxes and arrows/;

/** Fills the form that is open or opening, by what it asks for, and sends it. */
export async function answerDrill(who: PersonTab, words: string, filled: () => Promise<void>): Promise<void> {
  const form = who.form();
  await form.waitFor();
  const title = await form.getByRole("heading").first().textContent();
  if (title === "Your choice") await form.getByRole("radio").first().check();
  else if (title === "Your estimate") await form.getByRole("textbox").fill("20k");
  else if (title === "Your drawing")
    await form.getByRole("textbox").fill("client -> gateway -> candidate generation\ncandidate generation -> ranking: ids");
  else if (title === "Your order") {
    const items = (await form.locator(".intro").textContent())?.match(/\d+\.(?=\s)/g) ?? [];
    await form.getByRole("textbox").fill(items.map((_, at) => at + 1).join(" "));
  } else await form.getByRole("textbox").fill(words);
  await filled();
  await who.submit();
}
