import { loadTests } from "../support/load-tests";

loadTests("cli/engine");
