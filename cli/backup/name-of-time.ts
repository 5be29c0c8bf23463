/** A time as the name of a folder, such as `20261126T023000Z`; names sort by time. */
export function nameOfTime(time: Date): string {
  return time.toISOString().replace(/[-:]|\.\d+/g, "");
}
