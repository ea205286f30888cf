/** People at the playground: what a test reads like is what a person does. */
import { mkdir } from "node:fs/promises";
import type { Browser, BrowserContext, Locator, Page } from "playwright-core";
import { launchChromium } from "./chromium.ts";

export const DESKTOP = { width: 1280, height: 800 };
export const PHONE = { width: 390, height: 844 };

/** How long a test waits for something to show, in ms: a busy machine with two cores is slow. */
const PATIENCE_MS = 10_000;
const FOLDER = "screenshots";

export interface Look {
  readonly viewport?: { readonly width: number; readonly height: number };
  readonly colorScheme?: "light" | "dark";
}

/** One browser at one playground. Each person has a tab, and a session, of their own. */
export interface Playground {
  openPerson(name: string, look?: Look): Promise<PersonTab>;
  close(): Promise<void>;
}

export async function openPlayground(url: string): Promise<Playground> {
  const browser: Browser = await launchChromium();
  return {
    async openPerson(name, { viewport = DESKTOP, colorScheme = "light" } = {}) {
      const context = await browser.newContext({
        viewport,
        colorScheme,
        locale: "en-GB",
        timezoneId: "Europe/Berlin",
        deviceScaleFactor: 1,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      const tab = new PersonTab(context, await context.newPage());
      await tab.open(`${url}/?as=${encodeURIComponent(name)}`);
      return tab;
    },
    close: () => browser.close(),
  };
}

export class PersonTab {
  readonly page: Page;
  /** Errors of the page's scripts, and requests to anywhere but this machine: none is right. */
  readonly troubles: string[] = [];
  readonly #context: BrowserContext;

  constructor(context: BrowserContext, page: Page) {
    this.#context = context;
    this.page = page;
    page.on("pageerror", (error) => this.troubles.push(String(error)));
    page.on("request", (request) => {
      if (!/^(http:\/\/(127\.0\.0\.1|localhost)[:/]|data:)/.test(request.url())) this.troubles.push(`asked ${request.url()}`);
    });
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("net::ERR_")) this.troubles.push(message.text());
    });
  }

  async open(url: string): Promise<void> {
    await this.page.goto(url);
    await this.page.locator("#rail .row[aria-current]").first().waitFor({ state: "attached" });
  }

  /** The message box in use: the thread's while one is open. */
  box(): Locator {
    return this.page.locator("textarea[role=combobox]:visible").last();
  }

  /** Types a line, "/mock start case:ads" or plain words, and sends it. */
  async command(line: string): Promise<void> {
    await this.box().fill(line);
    await this.page.locator(".box:visible .send").last().click();
  }

  /** Presses the newest button of that label, in the open thread first. */
  async press(label: string): Promise<void> {
    await this.page.locator(".messages:visible").getByRole("button", { name: label, exact: true }).last().click();
  }

  /** The open form. */
  form(): Locator {
    return this.page.locator("dialog[open]");
  }

  /** Fills the form by its labels; a choice by the beginning of its option's label. */
  async fill(values: Readonly<Record<string, string>>): Promise<void> {
    await this.form().waitFor();
    for (const [label, value] of Object.entries(values)) {
      const group = this.form().getByRole("radiogroup", { name: label });
      if ((await group.count()) > 0) await group.getByRole("radio", { name: beginning(value) }).check();
      else await this.form().getByLabel(label).fill(value);
    }
  }

  /** Sends the form and waits until it has closed. */
  async submit(): Promise<void> {
    await this.form().locator("button[type=submit]").click();
    await this.form().waitFor({ state: "hidden" });
  }

  /** Waits for a message, a private reply included, that holds the text; the newest of them. */
  async expectMessage(text: string | RegExp): Promise<Locator> {
    return this.#expect(this.page.locator(".message").filter({ hasText: text, visible: true }).last(), text);
  }

  /** As `expectMessage`, for what only this person sees. */
  async expectPrivate(text: string | RegExp): Promise<Locator> {
    return this.#expect(this.page.locator(".message.only-you").filter({ hasText: text, visible: true }).last(), text);
  }

  async #expect(message: Locator, text: string | RegExp): Promise<Locator> {
    try {
      await message.waitFor();
    } catch (cause) {
      throw new Error(`No message with ${text}. On the page:\n${await this.words()}`, { cause });
    }
    return message;
  }

  /** All visible messages as text. */
  async words(): Promise<string> {
    return (await this.page.locator(".messages:visible").allInnerTexts()).join("\n---\n");
  }

  async openThread(title: string): Promise<void> {
    await this.page.locator(".thread-link").filter({ hasText: title }).last().click();
    await this.page.locator("#thread:visible").filter({ hasText: title }).waitFor();
  }

  async closeThread(): Promise<void> {
    await this.page.getByRole("button", { name: "Close the thread" }).click();
  }

  /** Moves the playground's clock with one of its buttons: "+1 h", "+1 day", "Next event". */
  async moveClock(button: string): Promise<void> {
    const menu = this.page.locator(".menu:visible");
    const folded = (await menu.count()) > 0;
    if (folded) await menu.click();
    await this.page.locator(".clock").getByRole("button", { name: button }).click();
    await this.page.locator(".clock:not([data-busy])").waitFor({ state: "attached" });
    if (folded) await this.page.getByRole("button", { name: "Close the menu" }).click();
  }

  /** A picture to look at, in a folder that git ignores. */
  async screenshot(name: string): Promise<void> {
    await mkdir(FOLDER, { recursive: true });
    await this.page.screenshot({ path: `${FOLDER}/${name}.png` });
  }

  /** By how many pixels the page is larger than its window: above 0 something is cut off, or all of it scrolls. */
  async overflow(): Promise<number> {
    return this.page.evaluate(() => {
      const { scrollWidth, scrollHeight } = document.documentElement;
      return Math.max(scrollWidth - window.innerWidth, scrollHeight - window.innerHeight);
    });
  }

  async close(): Promise<void> {
    await this.#context.close();
  }
}

const beginning = (text: string) => new RegExp(`^\\s*${text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")}`);
