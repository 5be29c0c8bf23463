import { describe } from "node:test";
import { checkProblems } from "../../support/problem-cases";

const OLD = "PostgreSQL 18 or newer";

describe("the version of the stack's own PostgreSQL", () => {
  checkProblems([
    ...["postgres:17.9", "pgvector/pgvector:0.8.1-pg17"].map((image) => ({
      title: `${image} is refused: it keeps its data outside of the volume`,
      rest: { postgres: { image } },
      problems: [
        [
          "whalewatch:postgres.image",
          `"${image}", whose data would not be in the stack's volume`,
          OLD,
        ] as const,
      ],
    })),
    ...["postgres:18.6", "pgvector/pgvector:0.8.1-pg18", "acme/database:3"].map((image) => ({
      title: `${image} is taken`,
      rest: { postgres: { image } },
    })),
  ]);
});
