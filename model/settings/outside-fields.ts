import { z } from "zod";
import { portField, secretNameField } from "./fields";

const OCTET = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
const IPV4 = `(?:${OCTET}\\.){3}${OCTET}`;
const LABEL = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const OUTSIDE_HOST = `(?:${IPV4}|(?:${LABEL}\\.)+[a-z][a-z0-9-]{0,61}[a-z0-9])`;
const HOST_ALLOWED =
  "a DNS name of at least two parts or an IPv4 address, such as db.example.com or 10.0.4.7";
const CIDR_ALLOWED = "an IPv4 range such as 10.0.4.0/24";

/** Where something outside the stack is reached; a bare name would be one of the stack's own. */
const outsideHostField = z
  .string({ error: HOST_ALLOWED })
  .regex(new RegExp(`^${OUTSIDE_HOST}$`), HOST_ALLOWED);

/** The addresses behind a name outside the stack. */
export const cidrField = z
  .string({ error: CIDR_ALLOWED })
  .regex(new RegExp(`^${IPV4}/(?:3[0-2]|[12]?\\d)$`), CIDR_ALLOWED)
  .meta({
    description:
      "The addresses behind the host, to which Kubernetes then opens the way; default any address on that port.",
  });

/** Address and password of a server that somebody else runs. */
export function outsideServer(port: number) {
  return {
    host: outsideHostField.meta({ description: "Its DNS name or IPv4 address." }),
    port: portField.default(port),
    secret: secretNameField.meta({ description: "The stack secret that holds the password." }),
    cidr: cidrField.optional(),
  };
}

/** A URL of HTTP without a login in it. */
export function httpUrlField(example: string) {
  const allowed = `a URL such as ${example}`;
  return z.string({ error: allowed }).regex(/^https?:\/\/[^\s@?#]+(?:\?[^\s#]*)?$/, allowed);
}

const OUTSIDE_URL_ALLOWED =
  "an http or https URL of a DNS name of at least two parts or an IPv4 address, in lower case and without a login, such as https://www.example.com/health";
/** A URL of HTTP outside the stack: a bare name would be one of the stack's own. */
export const outsideUrlField = z
  .string({ error: OUTSIDE_URL_ALLOWED })
  .regex(
    new RegExp(`^https?://${OUTSIDE_HOST}(?::[1-9]\\d{0,4})?(?:[/?][^\\s#]*)?$`),
    OUTSIDE_URL_ALLOWED,
  );

const SMARTHOST_ALLOWED = "a mail server with its port, such as smtp.example.com:587";
/** A mail server, `host:port`. */
export const smarthostField = z
  .string({ error: SMARTHOST_ALLOWED })
  .regex(new RegExp(`^(?:${IPV4}|${LABEL}(?:\\.${LABEL})*):[1-9]\\d{0,4}$`), SMARTHOST_ALLOWED);
