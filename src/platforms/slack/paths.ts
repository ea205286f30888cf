/** Where Slack and browsers find us, below PUBLIC_URL; the manifest names them. */

/** One address for events, buttons, forms and commands. */
export const EVENTS_PATH = "/slack/events";
export const INSTALL_PATH = "/slack/install";
export const REDIRECT_PATH = "/slack/oauth_redirect";
