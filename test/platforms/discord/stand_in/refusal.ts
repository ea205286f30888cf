/** Discord's "no", as its API says it: https://discord.com/developers/docs/reference#error-messages */
export class Refusal extends Error {
  readonly status: number;
  readonly code: number;
  /** What was wrong with the form of the request: a fault of the bot's, never of the world's. */
  readonly problems: readonly string[];

  constructor(status: number, code: number, message: string, problems: readonly string[] = []) {
    super(message);
    this.status = status;
    this.code = code;
    this.problems = problems;
  }

  static ifAny(problems: readonly string[]): void {
    if (problems.length > 0) throw new Refusal(400, 50_035, "Invalid Form Body", problems);
  }
}
