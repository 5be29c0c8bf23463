import { Command } from "commander";
import { alertTest, type AlertTestOptions } from "./commands/alert-test";
import { backup, type BackupOptions } from "./commands/backup";
import { diff, type DiffOptions } from "./commands/diff";
import { doctor, type DoctorOptions } from "./commands/doctor";
import { down, type DownOptions } from "./commands/down";
import { drift, type DriftOptions } from "./commands/drift";
import { envDiff, type EnvDiffOptions } from "./commands/env-diff";
import { password } from "./commands/password";
import { passThrough } from "./commands/pass-through";
import { plan, type PlanOptions } from "./commands/plan";
import { promote, type PromoteOptions } from "./commands/promote";
import { render, type RenderOptions } from "./commands/render";
import { restore, type RestoreOptions } from "./commands/restore";
import { rotate, type RotateOptions } from "./commands/rotate";
import { rollback, type RollbackOptions } from "./commands/rollback";
import { schema } from "./commands/schema";
import { up, type UpOptions } from "./commands/up";

const STACK = ["-s, --stack <name>", "the environment", "dev"] as const;
const YES = ["-y, --yes", "do not ask before changing anything"] as const;

/** The commands of `whalewatch`, for the project in a directory. */
export function whalewatchProgram(directory: string): Command {
  const program = new Command("whalewatch")
    .description("Runs a team's API containers and everything that watches them")
    .showHelpAfterError()
    .exitOverride();

  program
    .command("plan")
    .description("show what an up would create, with neither Docker nor a Pulumi CLI")
    .option(...STACK)
    .option("--json", "print plan.json instead of tables")
    .option("--out <folder>", "where to write (default out/<stack>)")
    .action((options: PlanOptions) => plan(directory, options));

  program
    .command("diff")
    .description("tell what an update from one version to another does, for a review")
    .argument("[base]", "a commit, branch or tag, or a folder that a plan wrote")
    .argument("[head]", "the same; . is the working tree, the default")
    .option("-s, --stack <names...>", "environments (default: all that either version has)")
    .option("--out <file>", "write the Markdown there instead of printing it")
    .option("--html <file>", "write a page that holds everything, to be opened in a browser")
    .option("--report-url <address>", "where that page will be found, for the Markdown")
    .action((base: string | undefined, head: string | undefined, options: DiffOptions) =>
      diff(directory, base, head, options),
    );

  program
    .command("render")
    .description("write plain Kubernetes manifests, with neither Pulumi nor a cluster")
    .option(...STACK)
    .option("--platform <name>", "kubernetes, for a stack whose file says docker")
    .option("--out <folder>", "where to write (default out/<stack>-kubernetes)")
    .action((options: RenderOptions) => {
      render(directory, options);
    });

  program
    .command("up")
    .description("check the tools, then run pulumi up and say where everything is")
    .option(...STACK)
    .option(...YES)
    .option("--refresh", "put back what was changed by hand, as far as Pulumi can see it")
    .option("--replace <urn...>", "make these resources anew")
    .option("--let-go", "let go of data and passwords that are no longer declared, without asking")
    .option("--skip-network-probe", "do not try out whether a cluster enforces network policies")
    .action((options: UpOptions) => up(directory, options));

  program
    .command("down")
    .description("take the stack down; its data stays")
    .option(...STACK)
    .option(...YES)
    .option("--delete-data", "delete the data and the passwords too")
    .action((options: DownOptions) => down(directory, options));

  program
    .command("doctor")
    .description("look at everything that the commands need, and say what to do about it")
    .option(...STACK)
    .option("--fix", "clear what an interrupted update left behind")
    .action((options: DoctorOptions) => doctor(directory, options));

  program
    .command("drift")
    .description("compare what is there with what is declared; exit code 2 where something differs")
    .option(...STACK)
    .option("--json", "print the report as JSON")
    .action((options: DriftOptions) => drift(directory, options));

  program
    .command("alert")
    .description("see that alerts reach people")
    .command("test")
    .description("send a real test alert to a receiver, or to each, and say what came of it")
    .argument("[receiver]", "the receiver's name")
    .option(...STACK)
    .action((receiver: string | undefined, options: AlertTestOptions) =>
      alertTest(directory, receiver, options),
    );

  program
    .command("env")
    .description("compare environments")
    .command("diff")
    .description("say every difference between two stack files; fail on what may not differ")
    .argument("<from>", "the first stack, such as dev")
    .argument("<to>", "the second stack, such as prod")
    .option("--json", "print JSON instead of text")
    .action((from: string, to: string, options: EnvDiffOptions) => {
      envDiff(directory, from, to, options);
    });

  program
    .command("promote")
    .description("write the image digests that run in one stack into the file of another")
    .argument("<from>", "the stack whose images have proven themselves, such as dev")
    .argument("<to>", "the stack whose file gets them, such as prod")
    .option("--soak <time>", "how long each must have run (default: promotion.soak of the target)")
    .option("-y, --yes", "do not ask before changing the file")
    .option("--pr", "print the commands that make a pull request of it")
    .action((from: string, to: string, options: PromoteOptions) =>
      promote(directory, from, to, options),
    );

  program
    .command("rollback")
    .description("write the images of a stack's last good update back into its file")
    .argument("<stack>", "the stack, such as prod")
    .option("-y, --yes", "do not ask before changing the file")
    .action((stack: string, options: RollbackOptions) => rollback(directory, stack, options));

  program
    .command("password")
    .description("print Grafana's generated password")
    .option(...STACK)
    .action((options: { stack: string }) => {
      password(directory, options);
    });

  program
    .command("backup")
    .description("copy everything that holds data into a folder, checked and with a manifest")
    .option(...STACK)
    .option("--out <folder>", "the folder to make (default backups/<stack>/<time>)")
    .option("--to <url>", "copy it into an S3-compatible store as well: s3://BUCKET/FOLDER")
    .option("--only <names>", "only these, such as postgres,redis")
    .action((options: BackupOptions) => backup(directory, options));

  program
    .command("restore")
    .description("put the data of a backup in the place of what a stack has")
    .argument("<folder>", "what backup made, or s3://BUCKET/FOLDER/STACK/TIME")
    .option(...STACK)
    .option(...YES)
    .option("--only <names>", "only these, such as postgres,redis")
    .option("--from-other-stack", "the backup may be another stack's")
    .action((folder: string, options: RestoreOptions) => restore(directory, folder, options));

  program
    .command("rotate")
    .description("replace the generated passwords of postgres, redis or grafana, with one restart")
    .argument("<program>", "whose passwords")
    .option(...STACK)
    .option(...YES)
    .action((program: string, options: RotateOptions) => rotate(directory, program, options));

  program
    .command("pulumi")
    .description("run the Pulumi CLI with the state and passphrase that up uses")
    .argument("[arguments...]", "what to pass on")
    .allowUnknownOption()
    .helpOption(false)
    .action((args: string[]) => passThrough(directory, args));

  program
    .command("schema")
    .description("write stack.schema.json, which gives editors completion in stack files")
    .action(() => {
      schema(directory);
    });
  return program;
}
