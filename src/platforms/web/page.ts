/** The page's own files, read once at the start: HTML, CSS and JavaScript as they stand in page/. */
import { readdir, readFile } from "node:fs/promises";
import { extname } from "node:path";
import { Hono } from "hono";

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".svg": "image/svg+xml",
};

export async function pageFiles(): Promise<Hono> {
  const folder = new URL("page/", import.meta.url);
  const files = new Map<string, { type: string; body: string }>();
  for (const name of await readdir(folder)) {
    const type = TYPES[extname(name)];
    if (type) files.set(name, { type, body: await readFile(new URL(name, folder), "utf8") });
  }
  const serve = (name: string) => {
    const file = files.get(name);
    // Nothing is cached: after an update of the bot the next load is the new page.
    return file && new Response(file.body, { headers: { "content-type": file.type, "cache-control": "no-cache" } });
  };
  const page = new Hono();
  page.get("/", (c) => serve("index.html") ?? c.notFound());
  page.get("/page/:name", (c) => serve(c.req.param("name")) ?? c.notFound());
  return page;
}
