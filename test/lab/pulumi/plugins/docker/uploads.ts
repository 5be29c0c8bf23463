import { readFile } from "node:fs/promises";
import { blocks, flag, text } from "../protocol/readers";
import type { Properties } from "../protocol/values";
import { tarOf, type Entry } from "./tar";

/** The archive of a container's uploads, to be unpacked at its root; undefined when it has none. */
export async function uploadArchive(inputs: Properties): Promise<Buffer | undefined> {
  const uploads = blocks(inputs, "uploads");
  return uploads.length === 0 ? undefined : tarOf(await Promise.all(uploads.map(entryOf)));
}

async function entryOf(upload: Properties): Promise<Entry> {
  return {
    name: text(upload, "file").replace(/^\/+/, ""),
    mode: parseInt(text(upload, "permissions") || (flag(upload, "executable") ? "744" : "644"), 8),
    uid: Number(text(upload, "owner") || "0"),
    gid: Number(text(upload, "group") || "0"),
    mtime: Math.floor(Date.now() / 1000),
    content: await contentOf(upload),
  };
}

async function contentOf(upload: Properties): Promise<Buffer> {
  const given = ["content", "contentBase64", "source"].filter((name) => text(upload, name) !== "");
  const names = "'content', 'content_base64', or 'source'";
  if (given.length === 0) {
    throw new Error(`error with upload content: one of ${names} must be set`);
  }
  if (given.length > 1) {
    throw new Error(`error with upload content: only one of ${names} can be set`);
  }
  if (given[0] === "source") return readFile(text(upload, "source"));
  if (given[0] === "contentBase64") return Buffer.from(text(upload, "contentBase64"), "base64");
  return Buffer.from(text(upload, "content"));
}
