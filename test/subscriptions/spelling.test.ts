import { describe, expect, it } from "vitest";
import { createSpellingSearch } from "../../src/subscriptions/spelling.js";
import { buildSubscription } from "../support/build-subscription.js";

const HOST = "https://example.com";

const stored = (webhook_url: string, id = 1): ReturnType<typeof buildSubscription> =>
  buildSubscription({ id, webhook_url });

describe("a URL that differs from a stored one only in spelling is found", () => {
  it.each([
    ["a slash at the end", "/hook", "/hook/"],
    ["several slashes at the end", "/hook", "/hook///"],
    ["a slash that is missing", "/hook/", "/hook"],
    ["the case of the path", "/Hook", "/hook"],
    ["the case of a part of it", "/Team/hook", "/team/Hook"],
    ["an encoded letter", "/hook", "/h%6Fok"],
    ["an encoded letter in lower case", "/hook", "/h%6fok"],
    ["an encoded tilde", "/~me", "/%7Eme"],
    ["an encoded hyphen", "/a-b", "/a%2Db"],
    ["an encoded dot", "/a.b", "/a%2Eb"],
    ["an encoded underscore", "/a_b", "/a%5Fb"],
    ["an encoded digit", "/1", "/%31"],
    ["the order of the query", "/hook?a=1&b=2", "/hook?b=2&a=1"],
    ["the order of a value that repeats", "/hook?a=1&a=2", "/hook?a=2&a=1"],
    ["an encoded letter in the query", "/hook?a=x", "/hook?a=%78"],
    ["a lone question mark", "/hook", "/hook?"],
    ["all of it at once", "/Team/~me?b=2&a=1", "/team/%7Eme/?a=1&b=2"],
  ])("by %s", (_what, ours, theirs) => {
    const find = createSpellingSearch([stored(HOST + theirs)]);
    expect(find(HOST + ours)).toMatchObject({ id: 1 });
    // And the other way round.
    expect(createSpellingSearch([stored(HOST + ours)])(HOST + theirs)).toMatchObject({ id: 1 });
  });
});

describe("another URL is not found", () => {
  it.each([
    ["another path", "/hook", "/hooks"],
    ["a longer path", "/hook", "/hook/v2"],
    ["another query", "/hook?a=1", "/hook?a=2"],
    ["the case of the query", "/hook?a=X", "/hook?a=x"],
    ["a query that is missing", "/hook?a=1", "/hook"],
    ["a slash in the middle", "/a/b", "/a//b"],
    ["an encoded slash", "/a/b", "/a%2Fb"],
    ["an encoded question mark", "/a?b", "/a%3Fb"],
    ["an encoded space", "/a%20b", "/a+b"],
    ["an encoded percent sign", "/a%256F", "/a%6F"],
  ])("that differs by %s", (_what, ours, theirs) => {
    expect(createSpellingSearch([stored(HOST + theirs)])(HOST + ours)).toBeUndefined();
  });

  it.each([
    ["protocol", "http://example.com/hook"],
    ["host", "https://www.example.com/hook"],
    ["port", "https://example.com:8443/hook"],
    ["user", "https://me@example.com/hook"],
    ["password", "https://:word@example.com/hook"],
  ])("with another %s", (_what, theirs) => {
    expect(createSpellingSearch([stored(theirs)])(`${HOST}/hook`)).toBeUndefined();
  });
});

it("does not treat a URL that compares as the same as another spelling", () => {
  const find = createSpellingSearch([stored("https://EXAMPLE.com:443/hook#here")]);
  expect(find(`${HOST}/hook`)).toBeUndefined();
});

it("finds no other spelling if the exact URL is stored too", () => {
  const find = createSpellingSearch([stored(`${HOST}/hook/`, 1), stored(`${HOST}/hook`, 2)]);
  expect(find(`${HOST}/hook`)).toBeUndefined();
  expect(find(`${HOST}/HOOK`)).toMatchObject({ id: 1 });
});

it("accepts text that is not a URL, because a list may hold anything", () => {
  const find = createSpellingSearch([stored("/hook"), stored("%", 2), stored("", 3)]);
  expect(find(`${HOST}/hook`)).toBeUndefined();
  expect(find("/hook")).toBeUndefined();
  expect(find("/hook/")).toBeUndefined();
});
