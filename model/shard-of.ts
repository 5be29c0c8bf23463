import { createHash } from "node:crypto";

/**
 * The shard, counted from 0, that has what carries this name. The same sum as Prometheus' own
 * `hashmod`: the last eight bytes of the MD5 digest, big-endian, modulo the number of shards.
 */
export function shardOf(name: string, shards: number): number {
  const digest = createHash("md5").update(name).digest();
  return Number(digest.readBigUInt64BE(8) % BigInt(shards));
}
