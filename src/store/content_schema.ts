/** The JSON Schemas that editors check and complete content files with; made from the zod schemas. */
import { z } from "zod";
import {
  caseSchema,
  curveballsSchema,
  frameworkSchema,
  patternSchema,
  planSchema,
  tradeoffSchema,
  vocabularySchema,
} from "../core/content.ts";

/** By the name of the file in content/schema. */
const SCHEMAS = {
  "case.json": { schema: caseSchema, title: "Drillroom case" },
  "tradeoff.json": { schema: tradeoffSchema, title: "Drillroom trade-off" },
  "pattern.json": { schema: patternSchema, title: "Drillroom pattern" },
  "plan.json": { schema: planSchema, title: "Drillroom study plan" },
  "curveballs.json": { schema: curveballsSchema, title: "Drillroom curveballs" },
  "framework.json": { schema: frameworkSchema, title: "Drillroom framework" },
  "vocabulary.json": { schema: vocabularySchema, title: "Drillroom vocabulary" },
} as const;

/** Draft 7, which yaml-language-server knows best: https://github.com/redhat-developer/yaml-language-server */
export const editorSchemas = (): ReadonlyMap<string, object> =>
  new Map(
    Object.entries(SCHEMAS).map(([name, { schema, title }]) => [
      name,
      { title, ...z.toJSONSchema(schema, { io: "input", target: "draft-7" }) },
    ]),
  );
