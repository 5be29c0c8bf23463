import { isProperties, type Properties } from "../protocol/values";
import { objectAt, type ApiObject } from "./api-object";

function isSecret(object: ApiObject): boolean {
  return object["kind"] === "Secret" && object["apiVersion"] === "v1";
}

/** A Secret as it is sent: `stringData`, which only the server could turn into `data`, is part of `data`. */
export function withEncodedData(object: ApiObject): ApiObject {
  const { stringData, ...rest } = object;
  if (!isSecret(object) || !isProperties(stringData)) return object;
  const encoded = Object.entries(stringData).map(([key, value]): [string, string] => [
    key,
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64"),
  ]);
  return { ...rest, data: { ...objectAt(object, "data"), ...Object.fromEntries(encoded) } };
}

/** A live Secret in the terms of its inputs: what they give as `stringData` is found there. */
export function withDecodedData(live: ApiObject, inputs: Properties): ApiObject {
  const wanted = inputs["stringData"];
  if (!isSecret(live) || !isProperties(wanted)) return live;
  const data = objectAt(live, "data");
  const decoded = Object.keys(data)
    .filter((key) => key in wanted)
    .map((key): [string, string] => {
      const value = data[key];
      return [key, Buffer.from(typeof value === "string" ? value : "", "base64").toString()];
    });
  return { ...live, stringData: Object.fromEntries(decoded) };
}
