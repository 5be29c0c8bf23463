import assert from "node:assert/strict";
import path from "node:path";
import { test } from "node:test";
import { pulumiEnvironment } from "../../../cli/pulumi/local-backend";
import { type StateBackend, stateBackend } from "../../../cli/pulumi/state-backend";
import { UserError } from "../../../cli/user-error";
import { temporaryFolder } from "../../support/temporary-folder";

const LOGIN = { ".pulumi/credentials.json": '{"current": "https://api.pulumi.com"}' };
const project = (backend: string) => ({ "Pulumi.yaml": `name: whalewatch\n${backend}` });

interface Case {
  readonly what: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly login?: boolean;
  readonly variable?: string;
  readonly expected: StateBackend;
}

const cases: Case[] = [
  ...[
    "s3://bucket/folder?region=eu-central-1&awssdk=v2",
    "gs://bucket",
    "azblob://container?storage_account=acme",
    "postgres://pulumi@db.example.com/state",
    "https://api.pulumi.com",
    "https://pulumi.acme.example",
    "file://~/states",
    "file://./states",
  ].flatMap((url): Case[] => [
    {
      what: `backend.url ${url} of Pulumi.yaml goes before a login`,
      files: project(`backend: { url: "${url}" }\n`),
      login: true,
      expected: { url, setBy: "backend.url of Pulumi.yaml" },
    },
    {
      what: `PULUMI_BACKEND_URL=${url} goes before all else`,
      files: project("backend: { url: s3://other }\n"),
      login: true,
      variable: url,
      expected: { url, setBy: "PULUMI_BACKEND_URL" },
    },
  ]),
  {
    what: "a login is used where nothing else says a backend",
    files: project(""),
    login: true,
    expected: { url: "https://api.pulumi.com", setBy: "pulumi login" },
  },
  {
    what: "an empty backend.url is none",
    files: project('backend: { url: "" }\n'),
    login: true,
    variable: "",
    expected: { url: "https://api.pulumi.com", setBy: "pulumi login" },
  },
];

for (const { what, files = {}, login = false, variable, expected } of cases) {
  test(what, (context) => {
    const directory = temporaryFolder(context, files);
    const HOME = temporaryFolder(context, login ? LOGIN : {});
    const given = { HOME, ...(variable !== undefined && { PULUMI_BACKEND_URL: variable }) };
    assert.deepEqual(stateBackend(directory, given), expected);
    const passed = pulumiEnvironment(directory, given)["PULUMI_BACKEND_URL"];
    assert.equal(passed, variable, "Pulumi reads the same places itself");
  });
}

test("without any of them it is a folder beside the project, which Pulumi is told", (context) => {
  const directory = temporaryFolder(context, project("backend: {}\n"));
  const HOME = temporaryFolder(context);
  const url = `file://${path.join(directory, ".pulumi-state")}`;
  assert.deepEqual(stateBackend(directory, { HOME }), { url, setBy: "default" });
  assert.equal(pulumiEnvironment(directory, { HOME })["PULUMI_BACKEND_URL"], url);
});

const ALLOWED = "file://, s3://, gs://, azblob://, postgres://, https://, http://";
for (const [backend, message] of [
  [
    "backend: s3://bucket\n",
    "Pulumi.yaml: backend is to be a mapping with a url, such as backend: { url: s3://bucket }.",
  ],
  [
    "backend: { url: bucket }\n",
    `Pulumi.yaml: backend.url: found "bucket"; allowed is what begins with one of ${ALLOWED}.`,
  ],
  [
    "backend: { url: ftp://bucket }\n",
    `Pulumi.yaml: backend.url: found "ftp://bucket"; allowed is what begins with one of ${ALLOWED}.`,
  ],
] as const) {
  test(`${backend.trim()} is refused, and nothing is made`, (context) => {
    const directory = temporaryFolder(context, project(backend));
    const given = { HOME: temporaryFolder(context) };
    assert.throws(
      () => pulumiEnvironment(directory, given),
      (error) => error instanceof UserError && error.message === message,
    );
  });
}
