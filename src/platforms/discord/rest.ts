/** Where Discord's API is: its own address, or another one without a version. */
import type { RESTOptions } from "discord.js";

export const addressOf = (apiUrl: string | undefined): Partial<RESTOptions> =>
  apiUrl === undefined ? {} : { api: apiUrl.replace(/\/+$/, "") };
