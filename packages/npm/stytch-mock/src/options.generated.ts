// Written by packages/generate from what the emulator says of itself. Not to be edited.

/** The flags of `stytch-mock serve`. */
export interface Flags {
  /** The address to listen on. Default: 127.0.0.1 */
  host?: string | undefined;
  /** The port to listen on. Default: a free one */
  port?: number | undefined;
  /** A folder whose .json files are seeds, too; empty or absent is no error. The image: /seed */
  seedDir?: string | undefined;
  /** Answer over TLS on this port, too; 0 picks a free one */
  tlsPort?: number | undefined;
  /** A certificate chain of your own, as PEM. Default: one is issued at start */
  tlsCert?: string | undefined;
  /** The key of --tls-cert, as PEM */
  tlsKey?: string | undefined;
  /** One more name for the issued certificate, beside localhost, test.stytch.com and api.stytch.com. Repeatable */
  tlsName?: string | string[] | undefined;
  /** Write the certificate that clients have to trust into this file */
  caFile?: string | undefined;
  /** Keep the issuing authority in this folder, so that trust outlives a restart */
  caDir?: string | undefined;
  /** Which face to show: as the documentation prints answers, or as the real service was captured. Default: page */
  wire?: "page" | "live" | undefined;
  /** Check credentials as the real service does, or take any. Default: strict */
  auth?: "strict" | "any" | undefined;
  /**
   * Each project's token bucket: 100/s, 600/m, 1000/h, 100/s,burst=20 or off. A seed's own limit wins. Default:
   * 10000/s
   */
  rateLimit?: string | undefined;
  /** Freeze the clock at this RFC 3339 time. Default: the system's clock */
  clock?: string | undefined;
  /** Draw ids and tokens from this number, so that they repeat. Default: random */
  idSeed?: number | undefined;
  /** Write the base URL into this file once the emulator listens */
  readyFile?: string | undefined;
  /** Log each request to standard error. Default: off */
  log?: "pretty" | "json" | "off" | undefined;
  /** Start the world over when a seed changes; a bad edit changes nothing */
  watch?: boolean | undefined;
  /** Whether the control plane is there, under /__mock. Default: on */
  control?: boolean | undefined;
  /** One more host name that the control plane answers to, beside addresses and local names. Repeatable */
  controlHost?: string | string[] | undefined;
  /**
   * Give unknown credentials of the form project-test-<uuid> a project of their own, cloned from the seed's first.
   * Default: seeded
   */
  projects?: "seeded" | "auto" | undefined;
  /** Say in a header, x-stytch-mock-reason, why a request was refused. Default: on */
  explain?: boolean | undefined;
  /** How many requests the journal of each project keeps; 0 keeps none. Default: 1000 */
  journal?: number | undefined;
  /** Keep request bodies in the journal, with their secrets redacted. Default: off */
  journalBodies?: boolean | undefined;
  /** Send every e-mail of the outbox to this server as well, such as `smtp://localhost:1025` */
  smtp?: string | undefined;
  /** Whether the vendor's sandbox values work, in test projects. Default: on */
  sandbox?: boolean | undefined;
}

/** Each option's flag, and how that is written. */
export const FLAGS: Record<keyof Flags, readonly [string, "value" | "switch" | "bare"]> = {
  host: ["--host", "value"],
  port: ["--port", "value"],
  seedDir: ["--seed-dir", "value"],
  tlsPort: ["--tls-port", "value"],
  tlsCert: ["--tls-cert", "value"],
  tlsKey: ["--tls-key", "value"],
  tlsName: ["--tls-name", "value"],
  caFile: ["--ca-file", "value"],
  caDir: ["--ca-dir", "value"],
  wire: ["--wire", "value"],
  auth: ["--auth", "value"],
  rateLimit: ["--rate-limit", "value"],
  clock: ["--clock", "value"],
  idSeed: ["--id-seed", "value"],
  readyFile: ["--ready-file", "value"],
  log: ["--log", "value"],
  watch: ["--watch", "bare"],
  control: ["--control", "switch"],
  controlHost: ["--control-host", "value"],
  projects: ["--projects", "value"],
  explain: ["--explain", "switch"],
  journal: ["--journal", "value"],
  journalBodies: ["--journal-bodies", "switch"],
  smtp: ["--smtp", "value"],
  sandbox: ["--sandbox", "switch"],
};
