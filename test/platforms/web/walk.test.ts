/** The product's two walks through the playground's own HTTP. */
import { productWalk } from "../walk.ts";
import { startHarness } from "./harness.ts";

productWalk(startHarness);
