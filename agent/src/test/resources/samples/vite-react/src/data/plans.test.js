import assert from "node:assert/strict";
import { test } from "node:test";

import { plans } from "./plans.js";

test("the middle plan is the studio's", () => {
    assert.equal(plans[1].promise, "For a team that shares its books.");
});

test("every plan has its own id", () => {
    assert.equal(new Set(plans.map(({ id }) => id)).size, plans.length);
});
