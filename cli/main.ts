import { CommanderError } from "commander";
import { whalewatchProgram } from "./program";
import { UserError } from "./user-error";

whalewatchProgram(process.cwd())
  .parseAsync()
  .catch((error: unknown) => {
    if (error instanceof CommanderError) process.exitCode = error.exitCode;
    else if (error instanceof UserError) {
      console.error(error.message);
      process.exitCode = 1;
    } else throw error;
  });
