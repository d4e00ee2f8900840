import type {Fault} from '../../sandbox/faults/faults';
import type {Sandbox, ServerOptions, ServerSettings} from '../../sandbox/server/listen';

/** What must come of one run of the connector; what is left out may be anything. */
export interface Expectation {
  /** 0: all was read; 1: it failed, and said so. */
  readonly exit: number;
  /** True records that no run so far has brought, at most; 0 unless given. */
  readonly missing?: number;
  /** The first error, or (where there is none) any warning, must say this. */
  readonly says?: RegExp;
  /** No output at all may say this. */
  readonly never?: RegExp;
  readonly mostRequests?: number;
  readonly mostSeconds?: number;
}

/** One run of the connector. What a later one leaves out of settings stays as it was; faults do not stay. */
export interface Run {
  readonly settings?: Partial<ServerSettings>;
  readonly faults?: readonly Fault[];
  /** Does something to the sandbox before the connector starts. */
  readonly before?: (sandbox: Sandbox) => Promise<void>;
  readonly expect: Expectation;
}

/** Where the connector is sent in place of the sandbox. */
export interface Detour {
  readonly baseUrl: string;
  readonly env?: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** One way for a server, a network or a machine to be other than the connector believes. */
export interface Trial {
  /** As `F1`, or `held`. */
  readonly finding: string;
  readonly label: string;
  /** In a few words. */
  readonly tried: string;
  readonly command?: 'read' | 'check';
  /** Those that are read: names of streams that are names of the sandbox's objects as well. */
  readonly streams: readonly string[];
  /** How the sandbox starts. */
  readonly world?: Partial<ServerOptions>;
  readonly config?: Readonly<Record<string, unknown>>;
  /** Of the first run; those of further ones start from the state of the one before. */
  readonly runs: readonly [Run, ...Run[]];
  readonly detour?: (sandbox: Sandbox) => Promise<Detour>;
  readonly env?: Readonly<Record<string, string>>;
  /** What a shell makes of the connector's command, `"$@"`. */
  readonly shell?: string;
  /** The state that the first run is given, by stream. */
  readonly state?: Readonly<Record<string, object>>;
  /** A run is told to stop after this, since what was done to it never passes: ms. */
  readonly stopAfterMs?: number;
  /** Bodies tell other times than the records' places, so ids alone are compared. */
  readonly onlyIds?: boolean;
}

/** What came of one run. */
export interface Outcome {
  readonly trial: Trial;
  /** From 1 on. */
  readonly run: number;
  readonly exit: number | null;
  /** Whether it was told to stop before it had ended. */
  readonly stopped: boolean;
  /** The last status of each stream, or what check answers. */
  readonly statuses: readonly string[];
  readonly rows: number;
  /** True records that no run so far has brought, and those of which the newest row is not the true version. */
  readonly missing: number;
  readonly stale: number;
  readonly requests: number;
  readonly seconds: number;
  /** The first error; else the first warning; else what stderr says. */
  readonly says: string;
  /** What is not as expected, in sentences. */
  readonly wrong: readonly string[];
}
