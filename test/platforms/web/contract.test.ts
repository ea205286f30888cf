/** The contract suites, as a page would see and do it. */
import { messengerContract } from "../../contract/messenger_suite.ts";
import { RecordingDispatcher } from "../../contract/receiver.ts";
import { receiverContract } from "../../contract/receiver_suite.ts";
import { talkContract } from "../../contract/talk_suite.ts";
import { startHarness } from "./harness.ts";

messengerContract("web", () => startHarness(new RecordingDispatcher()));
receiverContract("web", startHarness);
talkContract("web", startHarness);
