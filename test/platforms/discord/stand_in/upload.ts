/**
 * Files of a message, as Discord takes them: multipart, each named in `attachments` and shown by a component.
 * https://discord.com/developers/docs/reference#uploading-files
 */
import type { Json } from "./world.ts";

export interface SentFile {
  /** The n of `files[n]`, which an attachment's `id` refers to. */
  readonly n: number;
  readonly name: string;
  readonly bytes: Buffer;
}

export interface Attachment {
  readonly id: string;
  readonly filename: string;
  readonly description: string;
  readonly bytes: Buffer;
}

/** What bots may send without a server's boosts. https://discord.com/developers/docs/reference#file-uploads */
const LARGEST = 10 * 1024 * 1024;
const PNG = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);

export async function readRequest(type: string | undefined, bytes: Buffer): Promise<{ body: Json; files: readonly SentFile[] }> {
  if (!type?.startsWith("multipart/form-data")) return { body: bytes.length === 0 ? {} : JSON.parse(bytes.toString("utf8")), files: [] };
  const form = await new Response(new Uint8Array(bytes), { headers: { "content-type": type } }).formData();
  const parts = await Promise.all(
    [...form].map(async ([key, value]) => ({
      key,
      value: typeof value === "string" ? value : { name: value.name, bytes: Buffer.from(await value.arrayBuffer()) },
    })),
  );
  const payload = parts.find(({ key }) => key === "payload_json")?.value;
  return {
    body: JSON.parse(typeof payload === "string" ? payload : "{}"),
    files: parts.flatMap(({ key, value }) => {
      const n = /^files\[(\d+)\]$/.exec(key)?.[1];
      return n === undefined || typeof value === "string" ? [] : [{ n: Number(n), ...value }];
    }),
  };
}

/** What Discord refuses, and what nobody would see. `kept`: what the message has already. */
export function uploadProblems(body: Json, files: readonly SentFile[], kept: readonly Attachment[]): readonly string[] {
  const named = list(body.attachments);
  const problems: string[] = [];
  for (const { n, name, bytes } of files) {
    if (name.endsWith(".png") && !bytes.subarray(0, PNG.length).equals(PNG)) problems.push(`files[${n}]: ${name} is no PNG`);
    if (bytes.length > LARGEST) problems.push(`files[${n}]: ${bytes.length} bytes, ${LARGEST} fit`);
    if (!named.some(({ id }) => Number(id) === n)) problems.push(`files[${n}]: no attachment names it`);
  }
  for (const { id, filename, description } of named) {
    if (!files.some(({ n }) => n === Number(id)) && !kept.some((one) => one.id === String(id))) problems.push(`attachments: no file ${id}`);
    if (String(description ?? "").length > 1_024) problems.push(`attachments: a description of ${String(description).length} characters`);
    if (!description) problems.push(`attachments: ${filename} has no description`);
  }
  const shown = mediaOf(body);
  for (const { url, description } of shown) {
    if (!named.some(({ filename }) => url === `attachment://${filename}`)) problems.push(`components: ${url} is not attached`);
    if (!description || description.length > 1_024) problems.push(`components: ${url} has no description that fits`);
  }
  for (const { filename } of named)
    if (![...shown.map(({ url }) => url), ...filesOf(body)].includes(`attachment://${filename}`))
      problems.push(`attachments: ${filename} is shown nowhere`);
  for (const url of filesOf(body))
    if (!named.some(({ filename }) => url === `attachment://${filename}`)) problems.push(`components: ${url} is not attached`);
  return problems;
}

/** The message's files after a request: those it names, from the request or as they were. */
export function attached(body: Json, files: readonly SentFile[], before: readonly Attachment[]): readonly Attachment[] {
  if (body.attachments === undefined) return before;
  return list(body.attachments).flatMap(({ id, filename, description }) => {
    const file = files.find(({ n }) => n === Number(id));
    const kept = before.find((one) => one.id === String(id));
    if (file) return [{ id: `70000000000000000${id}`, filename: String(filename), description: String(description), bytes: file.bytes }];
    return kept ? [kept] : [];
  });
}

/** The pictures that a message shows, by what their galleries say. */
export function mediaOf(body: Json): readonly { readonly url: string; readonly description: string }[] {
  const within = (components: readonly Json[]): readonly Json[] =>
    components.flatMap((one) => [one, ...within(list(one.components)), ...list(one.items)]);
  return within(list(body.components)).flatMap(({ media, description }) =>
    media === undefined ? [] : [{ url: String((media as Json).url), description: String(description ?? "") }],
  );
}

/** The addresses in its file components. https://discord.com/developers/docs/components/reference#file */
const filesOf = (body: Json): readonly string[] => {
  const within = (components: readonly Json[]): readonly Json[] => components.flatMap((one) => [one, ...within(list(one.components))]);
  return within(list(body.components)).flatMap(({ type, file }) => (type === 13 ? [String((file as Json | undefined)?.url)] : []));
};

const list = (value: unknown): readonly Json[] => (Array.isArray(value) ? value : []);
