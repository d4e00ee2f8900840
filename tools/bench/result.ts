/** What one run of the benchmark measured: all that its tables and pictures are made of. Written as JSON. */
export interface Result {
  /** As `v20.20.2`. */
  readonly node: string;
  /** As `2 × AMD EPYC`. */
  readonly processors: string;
  /** ISO 8601. */
  readonly at: string;
  readonly startUp: readonly StartUp[];
  readonly recordPath: readonly RecordPath[];
  readonly growth: readonly Growth[];
  readonly requests: readonly Requests[];
  readonly quotaUse: readonly QuotaUse[];
  readonly minutes: readonly Minute[];
}

/** What a process took. */
export interface Cost {
  /** User and system time together: s. */
  readonly cpu: number;
  /** Wall-clock time: s. */
  readonly seconds: number;
  /** The most memory it held: MB. */
  readonly rss: number;
}

export interface StartUp extends Cost {
  readonly command: string;
}

/** What a reader of records took. */
export interface Reading extends Cost {
  readonly records: number;
  /** What it wrote: bytes. */
  readonly bytes: number;
  /** The longest that its event loop was held up: ms. */
  readonly blocked: number;
}

export interface RecordPath {
  readonly dataSet: string;
  readonly rounds: number;
  readonly floor: Reading;
  readonly connector: Reading;
}

/** The same readers with fewer rows and with more. */
export interface Growth {
  readonly reader: 'connector' | 'floor';
  readonly rows: number;
  /** s. */
  readonly cpu: number;
  /** MB. */
  readonly rss: number;
}

export interface Requests extends Cost {
  readonly dataSet: string;
  readonly records: number;
  readonly searches: number;
  /** Records that one search may answer. */
  readonly pageSize: number;
}

/** How much of our share of one limit was used. */
export interface QuotaUse {
  /** ms. */
  readonly latency: number;
  /** %. */
  readonly reserve: number;
  /** Requests/min: the limit, what others sent of it, and what we did. */
  readonly limit: number;
  readonly others: number;
  readonly ours: number;
  /** 429s: to us, and to others. */
  readonly refused: number;
  readonly refusedOthers: number;
}

/** A minute under both limits, others at work. */
export interface Minute {
  /** ms. */
  readonly latency: number;
  readonly reserve: number;
  /** Requests/min: the limits, and what others send. */
  readonly limits: Counts;
  readonly others: Counts;
  /** What had been sent in this minute at each moment. */
  readonly moments: readonly {readonly second: number; readonly ours: Counts; readonly others: Counts}[];
  readonly refused: number;
  readonly refusedOthers: number;
}

/** Requests under each limit; searches are under both. */
export interface Counts {
  readonly searches: number;
  readonly all: number;
}

/** The Singer tap beside the connector, over the same records. */
export interface Peer {
  readonly node: string;
  readonly at: string;
  /** As `tap-kustomer 1.1.0`. */
  readonly tap: string;
  readonly dataSet: string;
  readonly readings: readonly PeerReading[];
}

export interface PeerReading extends Reading {
  readonly reader: 'connector' | 'tap';
  /** How many records there were to be read. */
  readonly due: number;
  /** Of those, how many came. */
  readonly came: number;
  /** Values in a row (leaves of its JSON), on average. */
  readonly values: number;
  readonly searches: number;
  readonly requests: number;
}

/** What is kept: the last runs on each version of Node (`v20`), the last with the tap, and the last of 1,000,000 messages. */
export interface Results {
  readonly runs: Readonly<Record<string, readonly Result[]>>;
  readonly million?: Result;
  readonly peer?: Peer;
}
