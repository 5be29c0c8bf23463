import { z } from "zod";
import { secretNameField } from "./fields";
import { cidrField } from "./outside-fields";

const HEADER_ALLOWED = "a header's name, such as X-Scope-OrgID";
const text = (allowed: string) => z.string({ error: allowed }).regex(/^[\x20-\x7e]+$/, allowed);

/** How a store elsewhere is logged in to and found: the same for what writes to it and what reads. */
export const httpAccessFields = {
  secret: secretNameField.optional().meta({
    description: "The stack secret with its token, or with the password of `username`.",
  }),
  username: text("text without line breaks")
    .optional()
    .meta({ description: "Logs in by user and password instead of by a bearer token." }),
  headers: z
    .record(
      z.string({ error: HEADER_ALLOWED }).regex(/^[A-Za-z0-9-]+$/, HEADER_ALLOWED),
      text("a header's value, in one line"),
      { error: "a mapping of header names to values" },
    )
    .optional()
    .meta({ description: "Further headers, such as the tenant; a secret belongs in `secret`." }),
  cidr: cidrField.optional(),
};
