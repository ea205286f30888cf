/** A command's input, read off its zod schema: declared once for Discord, Slack, web and help. */
import { z } from "zod";
import type { Command } from "./command.ts";

export interface InputField {
  readonly name: string;
  readonly type: "string" | "integer" | "number" | "boolean";
  readonly description: string;
  readonly required: boolean;
  /** The only values allowed, when there are such. */
  readonly choices: readonly string[] | undefined;
  readonly minimum: number | undefined;
  readonly maximum: number | undefined;
  readonly maxLength: number | undefined;
  /** Whether the command suggests values while one types. */
  readonly completes: boolean;
  /** Whether it names a member: offered as a choice of people where the platform has one, which gives their id. */
  readonly member: boolean;
}

interface PropertySchema {
  type?: string;
  description?: string;
  enum?: string[];
  minimum?: number;
  maximum?: number;
  maxLength?: number;
  completes?: boolean;
  member?: boolean;
  carried?: boolean;
}

const TYPES = ["integer", "number", "boolean"] as const;

/**
 * Fields in the order of the schema, required ones first (Discord demands it). Left out is what only
 * buttons carry, marked `.meta({ carried: true })`: nobody types the id of a round.
 */
export function fieldsOf(command: Command): readonly InputField[] {
  const schema = z.toJSONSchema(command.input, { io: "input", unrepresentable: "any" });
  const required = new Set(schema.required ?? []);
  const properties = Object.entries(schema.properties ?? {}) as [string, PropertySchema][];
  const offered = properties.filter(([, { carried }]) => !carried);
  const fields = offered.map(([name, property]) => {
    return {
      name,
      type: TYPES.find((type) => type === property.type) ?? "string",
      description: property.description ?? name,
      required: required.has(name),
      choices: property.enum,
      minimum: property.minimum,
      maximum: property.maximum,
      maxLength: property.maxLength,
      completes: command.complete !== undefined && property.completes === true,
      member: property.member === true,
    } as const;
  });
  return [...fields.filter((field) => field.required), ...fields.filter((field) => !field.required)];
}

/**
 * Gives strings the types that the command declares, for platforms that only carry strings.
 * What does not fit stays a string, for the schema to refuse with its own message.
 */
export function typed(command: Command, raw: Readonly<Record<string, string>>): Record<string, string | number | boolean> {
  const types = new Map(fieldsOf(command).map((field) => [field.name, field.type]));
  return Object.fromEntries(Object.entries(raw).map(([name, value]) => [name, typedValue(types.get(name), value.trim(), value)]));
}

function typedValue(type: InputField["type"] | undefined, value: string, original: string): string | number | boolean {
  if (type === "boolean" && /^(true|yes|on|1)$/i.test(value)) return true;
  if (type === "boolean" && /^(false|no|off|0)$/i.test(value)) return false;
  if ((type === "integer" || type === "number") && value !== "" && Number.isFinite(Number(value))) return Number(value);
  return original;
}
