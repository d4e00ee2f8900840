/** What Kustomer documents, and what is taken for granted beyond that. Sources go by the names that docs/kustomer-api.md gives them. */
export interface Basis {
  readonly documented: string;
  /** Undefined where nothing is. */
  readonly assumed?: string;
}

/** Columns that are neither an attribute nor a relationship of Kustomer's record: column -> what it holds. */
export type OwnColumns = Readonly<Record<string, string>>;

/** One way to read streams, told once for all that are read so. */
export interface WayOfReading extends Basis {
  readonly name: string;
  readonly columns?: OwnColumns;
}

/** Where the records of a stream come from. */
export interface StreamSource {
  /** In a few words, for tables. */
  readonly short: string;
  /** The address, and what of it. */
  readonly full: string;
  readonly way: WayOfReading;
}

/**
 * What people are told of a stream besides its name, columns, cursor, source and roles. `npm run docs` makes the tables of README.md
 * and docs/ of it, so it is written in sentences of Markdown.
 */
export interface StreamDocumentation extends Basis {
  /** What a row is. The first sentence stands alone in tables. */
  readonly about: string;
  /** Columns that refer to rows of other streams: column -> `stream`, or `stream.column` where that is not `id`. */
  readonly joins?: Readonly<Record<string, string>>;
  readonly columns?: OwnColumns;
}
