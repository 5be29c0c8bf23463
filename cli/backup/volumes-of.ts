import type { PlatformAccess, VolumeData } from "../platforms/platform-access";
import { UserError } from "../user-error";

/**
 * The platform's way to what volumes hold.
 * @throws UserError with another way where it has none.
 */
export function volumesOf({ volumeData }: Pick<PlatformAccess, "volumeData">): VolumeData {
  if (volumeData !== undefined) return volumeData;
  throw new UserError(
    "On Kubernetes only Postgres is copied: --only postgres. For volumes use the storage's snapshots, or Velero.",
  );
}
