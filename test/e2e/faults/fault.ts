/** Something that goes wrong for real, and the alert that must tell of it. */
export interface Fault {
  readonly name: string;
  readonly alert: string;
  /** Labels by which the alert is told from others of its name. */
  readonly labels: Readonly<Record<string, string>>;
  /** What the alert says to people, at least in part. */
  readonly says: RegExp;
  /** Why it cannot be provoked on this machine; absent where it can. */
  readonly impossible?: string;
  readonly provoke: () => Promise<void>;
  readonly heal: () => Promise<void>;
}
