import { expect, it } from "vitest";
import { attr } from "../../../../telemetry/names.ts";
import { tellingAttributes } from "./telling-attributes.model.ts";

it("leaves out what all spans around it have too, and puts the rest by name", () => {
  const attributes = {
    [attr.outcome]: "succeeded",
    [attr.fileId]: "file_1",
    [attr.step]: "embed",
    [attr.messageId]: "msg_1",
    [attr.genAiInputTokens]: 1_200,
    [attr.messagingSystem]: "qstash",
  };
  expect(tellingAttributes(attributes)).toEqual([
    [attr.genAiInputTokens, 1_200],
    [attr.messageId, "msg_1"],
    [attr.outcome, "succeeded"],
  ]);
});
