import assert from "node:assert/strict";
import { test } from "node:test";
import { postgresMajorOf } from "../../model/postgres-major";

for (const [image, major] of [
  ["postgres:18.6", 18],
  ["registry.example.com:5000/mirror/postgres:19.0-alpine", 19],
  ["postgres:18.6@sha256:abc", 18],
  ["pgvector/pgvector:0.8.1-pg18", 18],
  ["pgvector/pgvector:pg17", 17],
  ["timescale/timescaledb:2.23.0-pg18", 18],
  ["ghcr.io/acme/database:2.1.0", undefined],
  ["postgres@sha256:abc", undefined],
  ["registry.example.com:5000/postgres", undefined],
] as const) {
  test(`${image} has PostgreSQL ${major ?? "of an unknown version"}`, () => {
    assert.equal(postgresMajorOf(image), major);
  });
}
