import type { FileMount } from "../../model/files";
import { declaredSecretFile } from "../../model/secrets";
import type { RemoteWriteSettings } from "../../model/settings/remote-write";
import { declaredSecretMounts } from "../secret-mount";

/** A store to send to: its login by file, and only the metrics that are wanted there. */
export function remoteWriteConfig(store: RemoteWriteSettings): object {
  const { name, url, headers, keep, drop, queue, sendExemplars } = store;
  const relabel = [
    ...(keep ? [byName("keep", keep)] : []),
    ...(drop ? [byName("drop", drop)] : []),
  ];
  return {
    name,
    url,
    ...(headers && { headers }),
    ...login(store),
    ...(sendExemplars && { send_exemplars: true }),
    ...(relabel.length > 0 && { write_relabel_configs: relabel }),
    ...(queue && { queue_config: queueConfig(queue) }),
  };
}

/** The secret files that logins name; none where nobody logs in. */
export function remoteWriteSecrets(stores: readonly RemoteWriteSettings[]): FileMount[] {
  return declaredSecretMounts(stores.flatMap(({ secret }) => secret ?? []));
}

function login({ secret, username }: RemoteWriteSettings): object {
  if (secret === undefined) return {};
  const { path } = declaredSecretFile(secret);
  return username === undefined
    ? { authorization: { credentials_file: path } }
    : { basic_auth: { username, password_file: path } };
}

/** Names may have letters, digits, `_` and `:` alone, so `*` is all that there is to translate. */
function byName(action: "keep" | "drop", names: readonly string[]): object {
  const regex = names.map((name) => name.replaceAll("*", ".*")).join("|");
  return { source_labels: ["__name__"], regex, action };
}

function queueConfig(queue: NonNullable<RemoteWriteSettings["queue"]>): object {
  const { maxShards, capacity, maxSamplesPerSend, batchSendDeadline } = queue;
  return {
    ...(capacity !== undefined && { capacity }),
    ...(maxShards !== undefined && { max_shards: maxShards }),
    ...(maxSamplesPerSend !== undefined && { max_samples_per_send: maxSamplesPerSend }),
    ...(batchSendDeadline && { batch_send_deadline: batchSendDeadline.toString() }),
  };
}
