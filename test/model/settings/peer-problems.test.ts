import assert from "node:assert/strict";
import { describe, test } from "node:test";
import { at, checkProblems } from "../../support/problem-cases";
import { problemsOf, rawFrom, service, type Values } from "../../support/stack-settings";

describe("needs", () => {
  checkProblems([
    {
      title: "a need that is not declared is answered with what is",
      services: { a: service({ needs: ["redis"] }), b: service() },
      rest: { postgres: {} },
      problems: [[at("a", "needs"), '"redis", which is not declared', "postgres, b"]],
    },
    {
      title: "where nothing is declared, that is said",
      services: { a: service({ needs: ["redis"] }) },
      problems: [
        [
          at("a", "needs"),
          '"redis", which is not declared',
          "a declared store or service; there is none",
        ],
      ],
    },
    {
      title: "a store that is switched off is not there",
      services: { a: service({ needs: ["redis"] }), b: service() },
      rest: { redis: { enabled: false } },
      problems: [[at("a", "needs"), '"redis", which is not declared', "b"]],
    },
    {
      title: "a service with a fault of its own is not reported as missing",
      services: { a: service({ needs: ["b"] }), b: service({ image: "b:latest" }) },
      problems: [
        [
          at("b", "image"),
          '"b:latest"',
          "an image with a fixed tag (not latest) or a digest, such as ghcr.io/acme/api:1.4.2 or ghcr.io/acme/api@sha256:…",
        ],
      ],
    },
    {
      title: "a store with a fault of its own is not reported as missing",
      services: { a: service({ needs: ["postgres"] }) },
      rest: { postgres: null },
      problems: [["whalewatch:postgres", "null", "a mapping of settings"]],
    },
    {
      title: "a circle is shown from need to need",
      services: {
        a: service({ needs: ["b"] }),
        b: service({ needs: ["c"] }),
        c: service({ needs: ["b"] }),
      },
      problems: [
        [
          at("b", "needs"),
          "a circle: b needs c needs b",
          "needs that end somewhere, since each starts after what it needs",
        ],
      ],
    },
    {
      title: "a service that needs itself is a circle, and nothing else",
      services: { a: service({ needs: ["a"] }) },
      problems: [
        [
          at("a", "needs"),
          "a circle: a needs a",
          "needs that end somewhere, since each starts after what it needs",
        ],
      ],
    },
  ]);

  test("many ways to one need are no circle, and are walked in no time", () => {
    const layer = (depth: number): string[] => [`a${depth}`, `b${depth}`, `c${depth}`];
    const layers = Array.from({ length: 18 }, (_, depth) => depth);
    const services = layers.flatMap((depth) =>
      layer(depth).map((name): [string, Values] => [
        name,
        service({ needs: depth === 0 ? [] : layer(depth - 1) }),
      ]),
    );
    const started = performance.now();
    const values = { services: Object.fromEntries(services), host: { memory: "1Ti" } };
    assert.deepEqual(problemsOf(rawFrom(values)), []);
    assert.ok(performance.now() - started < 2000);
  });
});
