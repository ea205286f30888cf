/** A person in Slack: types commands, presses buttons, fills in forms, and sees what they see. */
import { z } from "zod";
import { messageBlocks, modalView, type StandInBlock, type StandInHome, type StandInView, text } from "./blocks.ts";
import type { Carrier } from "./carrier.ts";
import { buttonsOf, fieldsOf } from "./shown.ts";
import { directOf, type Sight, type StandInMessage, type Workspace } from "./workspace.ts";

/** How long somebody looks at the screen before giving up, in ms. */
const PATIENCE_MS = 10_000;

interface Parts {
  readonly workspace: Workspace;
  readonly carrier: Carrier;
  readonly team: string;
  /** Set when the app is installed in the whole organization. */
  readonly organization: string | undefined;
  readonly responseUrl: (id: string) => string;
  violation(what: string): void;
  readonly late: string[];
}

const ackedView = z.strictObject({ response_action: z.literal("update"), view: modalView });
const ackedMessage = z.strictObject({ response_type: z.literal("ephemeral").optional(), text, blocks: messageBlocks.optional() });

export class Driver {
  readonly #parts: Parts;
  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** `/command text` in a channel. Resolves with the first thing that the person sees of it. */
  async slash(user: string, channel: string, command: string, words = ""): Promise<Sight> {
    const { workspace, team } = this.#parts;
    const payload = {
      ...this.#common(user, channel),
      command,
      text: words,
      user_id: user,
      user_name: `handle${user}`,
      team_id: team,
      team_domain: "drill",
      channel_id: channel,
      channel_name: channel === directOf(user) ? "directmessage" : "general",
    };
    return this.#act(user, "slash_commands", payload, (acked) => {
      if (!isEmpty(acked)) this.#showAcked(user, channel, acked);
      workspace.changed();
    });
  }

  /** Opens the bot's home tab. Resolves when it was told, which is not yet when the tab is drawn. */
  openHome(user: string, id = this.#parts.workspace.id("Ev")): Promise<void> {
    return this.tell({ type: "app_home_opened", user, channel: directOf(user), tab: "home" }, id);
  }

  /** Presses a button of the home tab. */
  pressHome(user: string, label: string): Promise<Sight> {
    const home = this.#parts.workspace.homes.get(user);
    if (!home) throw new Error("nothing was published there");
    return this.#pressIn({ id: `H${user}`, hash: "h", view: home.view }, user, label);
  }

  /** An event of the Events API. Resolves when the app acknowledged it. */
  tell(event: object, id = this.#parts.workspace.id("Ev"), eventTime = Math.floor(Date.now() / 1_000)): Promise<void> {
    const { carrier, team, organization } = this.#parts;
    const authorization = { team_id: team, enterprise_id: organization ?? null, is_enterprise_install: organization !== undefined };
    const payload = {
      type: "event_callback",
      token: "verification-token",
      api_app_id: "A1",
      team_id: team,
      ...(organization === undefined ? {} : { enterprise_id: organization }),
      event_id: id,
      event_time: eventTime,
      authorizations: [authorization],
      event,
    };
    return new Promise((resolve, reject) => {
      const late = () => reject(new Error(`nobody acknowledged the event ${id}`));
      carrier.deliver({ type: "events_api", payload, acknowledged: () => resolve(), late });
    });
  }

  /** Presses the button with this label on a message of a channel, wherever it stands there. */
  press(user: string, channel: string, ts: string, label: string): Promise<Sight> {
    const all = this.#parts.workspace.channel(channel)?.messages ?? [];
    const message = all.find((one) => one.ts === ts);
    if (!message) throw new Error(`there is no message ${ts} in ${channel}`);
    const replies = all.some(({ thread }) => thread === ts);
    const thread = message.thread ?? (replies ? ts : undefined);
    return this.#press(user, message.channel, message, label, thread, false);
  }

  /** Presses a button of something that only this person sees. */
  pressSeen(user: string, sight: Sight, label: string): Promise<Sight> {
    if (sight.kind === "private") return this.#press(user, sight.message.channel, sight.message, label, sight.message.thread, true);
    if (sight.kind !== "modal") throw new Error(`there are no buttons on a failure: ${sight.reason}`);
    const open = this.#parts.workspace.views.get(sight.viewId);
    if (!open || open.closed) throw new Error("the modal is closed");
    return this.#pressIn(open, user, label);
  }

  /** Fills in fields by name and presses the modal's submit button. */
  submit(user: string, sight: Sight, values: Readonly<Record<string, string>>): Promise<Sight> {
    if (sight.kind !== "modal") throw new Error("only a modal can be submitted");
    const { workspace, team } = this.#parts;
    const open = workspace.views.get(sight.viewId);
    if (!open || open.closed) throw new Error("the modal is closed");
    const state = Object.fromEntries(
      fieldsOf(open.view).map(({ block_id: block = "", element }) => {
        const value = values[block];
        if (element.type === "plain_text_input") return [block, { [element.action_id]: { type: element.type, value: value ?? null } }];
        if (element.type === "conversations_select")
          return [block, { [element.action_id]: { type: element.type, selected_conversation: value ?? null } }];
        const chosen = element.options.find((option) => option.value === value);
        if (value !== undefined && !chosen) throw new Error(`${block} has no option ${value}`);
        return [block, { [element.action_id]: { type: element.type, selected_option: chosen ?? null } }];
      }),
    );
    const { response_url: _none, ...common } = this.#common(user, "");
    const payload = {
      ...common,
      type: "view_submission",
      user: this.#person(user),
      // Somebody of another company submits it as one of theirs.
      team: { id: workspace.users.get(user)?.from ?? team, domain: "drill" },
      view: { ...open.view, id: open.id, hash: open.hash, team_id: team, app_id: "A1", state: { values: state } },
    };
    return this.#act(user, "interactive", payload, (acked) => {
      if (isEmpty(acked)) {
        open.closed = true;
        return;
      }
      const parsed = ackedView.safeParse(acked);
      if (parsed.success && parsed.data.view.blocks.some(({ type }) => type === "image"))
        this.#parts.violation("acknowledgement of a submission: with a picture, which may be refused and cannot be sent again");
      if (parsed.success) workspace.updateView(open, parsed.data.view);
      else this.#parts.violation(`acknowledgement of a submission: ${parsed.error.message}`);
    });
  }

  /** Chooses a shortcut of the app in a message's menu. */
  messageShortcut(user: string, callback: string, { channel, ts, text, thread, author = "UBOT" }: StandInMessage): Promise<Sight> {
    const payload = {
      ...this.#common(user, channel),
      type: "message_action",
      callback_id: callback,
      team: { id: this.#parts.team, domain: "drill" },
      user: this.#person(user),
      channel: { id: channel, name: "general" },
      message_ts: ts,
      message: { type: "message", user: author, text, ts, ...(thread === undefined ? {} : { thread_ts: thread }) },
    };
    return this.#act(user, "interactive", payload, () => undefined);
  }

  /** Chooses a shortcut of the app beside the message box: it says nothing of where. */
  globalShortcut(user: string, callback: string): Promise<Sight> {
    const { response_url: _none, ...common } = this.#common(user, "");
    const team = { id: this.#parts.team, domain: "drill" };
    const payload = { ...common, type: "shortcut", callback_id: callback, action_ts: "1.2", team, user: this.#person(user) };
    return this.#act(user, "interactive", payload, () => undefined);
  }

  /** Closes a modal without submitting it. */
  close(sight: Sight): void {
    const open = sight.kind === "modal" ? this.#parts.workspace.views.get(sight.viewId) : undefined;
    if (open) open.closed = true;
  }

  /** The next thing that this person sees after `sight`, that `fits`. */
  next(user: string, sight: Sight, fits: (sight: Sight) => boolean = () => true): Promise<Sight> {
    const { workspace } = this.#parts;
    const after = () => workspace.sights(user).slice(workspace.sights(user).indexOf(sight) + 1);
    return workspace.until(() => after().find(fits), `the next thing ${user} sees`, PATIENCE_MS);
  }

  #press(
    user: string,
    channel: string,
    message: StandInMessage,
    label: string,
    thread: string | undefined,
    ephemeral: boolean,
  ): Promise<Sight> {
    const { ts, text, blocks } = message;
    const inThread = thread === undefined ? {} : { thread_ts: thread };
    const payload = {
      ...this.#common(user, channel),
      type: "block_actions",
      user: this.#person(user),
      // Null where the app is installed in the whole organization.
      team: this.#parts.organization === undefined ? { id: this.#parts.team, domain: "drill" } : null,
      channel: { id: channel, name: "general" },
      container: { type: "message", message_ts: ts, channel_id: channel, is_ephemeral: ephemeral, ...inThread },
      ...(ephemeral ? {} : { message: { type: "message", ts, text, blocks, ...inThread } }),
      state: { values: {} },
      actions: [this.#action(blocks, label)],
    };
    return this.#act(user, "interactive", payload, () => undefined);
  }

  /** In a modal or on the home tab. */
  #pressIn({ id, hash, view }: { id: string; hash: string; view: StandInView | StandInHome }, user: string, label: string): Promise<Sight> {
    const { team } = this.#parts;
    const { response_url: _none, ...common } = this.#common(user, "");
    const payload = {
      ...common,
      type: "block_actions",
      user: this.#person(user),
      team: { id: team, domain: "drill" },
      container: { type: "view", view_id: id },
      view: { ...view, id, hash, team_id: team, state: { values: {} } },
      actions: [this.#action(view.blocks, label)],
    };
    return this.#act(user, "interactive", payload, () => undefined);
  }

  #action(blocks: readonly StandInBlock[], label: string) {
    const button = buttonsOf(blocks).find(({ text }) => text.text === label);
    if (!button) throw new Error(`there is no button "${label}"`);
    return { ...button, action_ts: this.#parts.workspace.timestamp() };
  }

  #person(user: string) {
    const { workspace, team } = this.#parts;
    return { id: user, username: `handle${user}`, name: `handle${user}`, team_id: workspace.users.get(user)?.from ?? team };
  }

  #common(user: string, channel: string) {
    const { workspace, responseUrl, organization } = this.#parts;
    return {
      token: "verification-token",
      is_enterprise_install: organization !== undefined,
      ...(organization === undefined ? {} : { enterprise: { id: organization, name: "Org" }, enterprise_id: organization }),
      api_app_id: "A1",
      trigger_id: workspace.trigger(user),
      response_url: responseUrl(workspace.responseId({ user, channel })),
    };
  }

  #act(user: string, type: "slash_commands" | "interactive", payload: object, acknowledged: (acked: unknown) => void): Promise<Sight> {
    const { workspace, carrier } = this.#parts;
    const before = workspace.sights(user).length;
    const late = () => {
      const reason = carrier.connected ? "operation_timeout" : "dispatch_failed";
      this.#parts.late.push(`${type}: ${reason}`);
      workspace.show(user, { kind: "failure", reason });
    };
    carrier.deliver({ type, payload, acknowledged, late });
    return workspace.until(() => workspace.sights(user)[before], `something for ${user} to see`, PATIENCE_MS);
  }

  #showAcked(user: string, channel: string, acked: unknown): void {
    const parsed = ackedMessage.safeParse(acked);
    if (!parsed.success) {
      this.#parts.violation(`acknowledgement of a command: ${parsed.error.message}`);
      return;
    }
    const { text, blocks = [] } = parsed.data;
    const message = { ts: this.#parts.workspace.timestamp(), channel, thread: undefined, text, blocks, metadata: undefined };
    this.#parts.workspace.show(user, { kind: "private", message });
  }
}

const isEmpty = (payload: unknown): boolean =>
  payload === undefined || (typeof payload === "object" && payload !== null && Object.keys(payload).length === 0);
