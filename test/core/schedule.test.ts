import { describe, expect, it } from "vitest";
import { parseTime, parseWeekdays, parseZone, weekdaysInWords, zonesLike } from "../../src/core/schedule.ts";

describe("schedule", () => {
  it.each([
    ["09:00", "09:00"],
    ["9:05", "09:05"],
    ["9am", "09:00"],
    ["12 am", "00:00"],
    ["12:30 pm", "12:30"],
    ["6.30pm", "18:30"],
    ["23:59", "23:59"],
    ["24:00", undefined],
    ["9", undefined],
    ["13pm", undefined],
    ["9:60", undefined],
    ["noon", undefined],
  ])("reads the time %s", (typed, time) => expect(parseTime(typed)).toBe(time));

  it.each([
    ["daily", 127],
    ["every day", 127],
    ["mon-fri", 31],
    ["weekdays", 31],
    ["Mon, Wed Fri", 21],
    ["Monday", 1],
    ["sat-mon", 97],
    ["su", 64],
    ["fri-fri", 16],
    ["mon-", undefined],
    ["mo-we-fr", undefined],
    ["someday", undefined],
    ["m", undefined],
    ["", undefined],
  ])("reads the weekdays %s", (typed, mask) => expect(parseWeekdays(typed)).toBe(mask));

  it.each([
    ["Europe/Berlin", "Europe/Berlin"],
    ["europe/berlin", "Europe/Berlin"],
    ["America/New York", "America/New_York"],
    ["UTC", "UTC"],
    ["asia/kolkata", "Asia/Kolkata"],
    ["Europe/Kyiv", "Europe/Kyiv"],
    ["CET", undefined],
    ["+02:00", undefined],
    ["GMT+2", undefined],
    ["Mars/Olympus", undefined],
    ["'; drop table", undefined],
  ])("reads the zone %s", (typed, zone) => expect(parseZone(typed)).toBe(zone));

  it("says weekdays in words that it reads again", () => {
    for (let mask = 1; mask < 128; mask++) if (mask !== 127 && mask !== 31) expect(parseWeekdays(weekdaysInWords(mask))).toBe(mask);
  });

  it("suggests zones by city first", () => {
    expect(zonesLike("berl")[0]).toBe("Europe/Berlin");
    expect(zonesLike("new y")[0]).toBe("America/New_York");
    expect(zonesLike("").length).toBe(25);
  });
});
