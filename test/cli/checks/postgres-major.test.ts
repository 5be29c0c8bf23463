import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPostgresMajor } from "../../../cli/checks/postgres-major";
import { declareStack } from "../../support/declared-stack";

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

for (const [image, found] of [
  ["postgres:19.0", 18],
  ["postgres:18.6", 19],
] as const) {
  test(`${image} on data of ${found} is refused, with the way by a dump`, () => {
    const [obstacle, ...others] = checkPostgresMajor(stackWith(image), [found]);
    assert.deepEqual(others, []);
    assert.equal(
      obstacle?.problem,
      `whalewatch:postgres.image is ${image}, and the data is of PostgreSQL ${found}, which that does not read.`,
    );
    assert.equal(
      obstacle.remedy,
      `By way of a dump, with the image of ${found} still declared: npm run backup -- --stack try; then npm run down -- --stack try --delete-data; then with ${image}: npm run up -- --stack try, and npm run restore -- BACKUP --stack try`,
    );
  });
}
