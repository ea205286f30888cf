/** What is wrong in a content file, and where. */

export interface Problem {
  /** As the author knows it: "content/cases/ad-click-prediction.yaml". */
  readonly file: string;
  /** Counted from 1. */
  readonly line: number;
  /** "steps.data.rubric[2].groups"; empty for the file as a whole. */
  readonly path: string;
  /** What is wrong, and what to do. */
  readonly message: string;
}

export type Path = readonly (string | number)[];

/** What a rule finds; the file it was found in adds its name and the line. */
export interface Finding {
  readonly path: Path;
  readonly message: string;
}

export const pathText = (path: Path): string =>
  path.map((part, at) => (typeof part === "number" ? `[${part}]` : at === 0 ? part : `.${part}`)).join("");

export const problemText = ({ file, line, path, message }: Problem): string =>
  `${file}:${line}: ${path === "" ? "" : `${path}: `}${message}`;
