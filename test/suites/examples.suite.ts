import { loadTests } from "../support/load-tests";

loadTests("examples");
