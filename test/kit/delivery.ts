/** Deliveries that are to fail. */
import { expect } from "vitest";
import { DeliveryError } from "../../src/app/messenger.ts";

/** What a delivery fails with. An error of any other kind is thrown on. */
export async function failing(sending: Promise<unknown>): Promise<DeliveryError> {
  const error = await sending.then(
    () => expect.fail("was expected to fail"),
    (thrown: unknown) => thrown,
  );
  if (error instanceof DeliveryError) return error;
  throw error;
}
