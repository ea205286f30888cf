/** Both contract suites, as a page would see and do it. */
import { messengerContract } from "../../contract/messenger.ts";
import { RecordingDispatcher, receiverContract } from "../../contract/receiver.ts";
import { startHarness } from "./harness.ts";

messengerContract("web", () => startHarness(new RecordingDispatcher()));
receiverContract("web", startHarness);
