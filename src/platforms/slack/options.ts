/** How the bot is put into Slack: config.ts reads it, index.ts builds it. */

/** How Slack reaches us. */
export type SlackTransport =
  | { readonly kind: "socket"; readonly appToken: string }
  | { readonly kind: "http"; readonly signingSecret: string };

/** What installing in many workspaces needs. */
export interface ManyWorkspaces {
  readonly kind: "many";
  readonly clientId: string;
  readonly clientSecret: string;
  readonly stateSecret: string;
  /** 32 bytes in base64 each, the newest first. */
  readonly encryptionKeys: readonly string[];
  /** An origin, without a slash at its end. */
  readonly publicUrl: string;
}

/** Whose workspace it is: one whose token the operator has, or every one that installs the app over HTTP. */
export type SlackSetup =
  | { readonly transport: SlackTransport; readonly tenancy: { readonly kind: "one"; readonly botToken: string } }
  | { readonly transport: Extract<SlackTransport, { kind: "http" }>; readonly tenancy: ManyWorkspaces };

export interface SlackAddress {
  /** Slack's own when left out; with or without its last slash. */
  readonly apiUrl?: string;
  /** Stands before every slash command's name, as in the manifest. */
  readonly commandPrefix?: string;
}
