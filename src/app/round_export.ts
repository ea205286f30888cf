/** What `/mock export` gives: the transcript in one of its formats. */
import type { RoundMaterial } from "../core/interview_material.ts";
import type { Interview } from "../core/interview_state.ts";
import { asJson, asMarkdown, transcriptOf } from "../core/transcript.ts";
import type { ExportFormat } from "../core/transcript_views.ts";

export function exportOf(round: Interview, material: RoundMaterial, reader: string, format: ExportFormat): string {
  const transcript = transcriptOf(round, material, reader, (at) => new Date(at).toISOString());
  return format === "json" ? asJson(transcript) : asMarkdown(transcript);
}
