import { expect, test } from "vitest";
import { EventStreamParser } from "./event-stream.ts";

const stream = ': hello\r\n\r\nevent: live\r\ndata: {"a":1}\r\nid: 7\r\n\r\ndata: one\ndata: two\n\nevent: lost\n\n';

test("messages come out whole wherever the network cuts the text", () => {
  const whole = new EventStreamParser().push(stream);
  expect(whole).toEqual([
    { event: "live", data: '{"a":1}', id: "7" },
    { event: "message", data: "one\ntwo", id: "7" },
  ]);
  for (let cut = 0; cut <= stream.length; cut++) {
    const parser = new EventStreamParser();
    expect([...parser.push(stream.slice(0, cut)), ...parser.push(stream.slice(cut))]).toEqual(whole);
  }
});

test("letter by letter gives the same", () => {
  const parser = new EventStreamParser("3");
  const events = stream.split("").flatMap((letter) => parser.push(letter));
  expect(events.map(({ id }) => id)).toEqual(["7", "7"]);
});
