import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPostgresMajor, postgresMajorOf } from "../../../cli/checks/postgres-major";
import { declareStack } from "../../support/declared-stack";

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

const stackWith = (image: string) =>
  declareStack({ monitoring: { enabled: false }, postgres: { image } });

for (const [name, image, found] of [
  ["no data yet", "postgres:19.0", []],
  ["data of this version", "postgres:18.7", [18]],
  ["data of an earlier version beside this one's", "postgres:19.0", [18, 19]],
  ["an image that does not tell", "ghcr.io/acme/database:2.1.0", [18]],
] as const) {
  test(`${name}: nothing is in the way`, () => {
    assert.deepEqual(checkPostgresMajor(stackWith(image), found), []);
  });
}

for (const image of ["postgres:19.0", "postgres:17.9"]) {
  test(`${image} on data of 18 is refused, with the way by a dump`, () => {
    const [obstacle, ...others] = checkPostgresMajor(stackWith(image), [18]);
    assert.deepEqual(others, []);
    assert.equal(
      obstacle?.problem,
      `whalewatch:postgres.image is ${image}, and the data is of PostgreSQL 18, which that does not read.`,
    );
    assert.equal(
      obstacle.remedy,
      `By way of a dump, with the image of 18 still declared: npm run backup -- --stack try; then npm run down -- --stack try --delete-data; then with ${image}: npm run up -- --stack try, and npm run restore -- BACKUP --stack try`,
    );
  });
}
