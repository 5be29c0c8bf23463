/** How to reach one backing server. */
export interface ServerAddress {
  readonly host: string;
  readonly port: number;
  /** File holding the password, read again for every new connection; undefined means none. */
  readonly passwordFile: string | undefined;
}
