/** A request as the API sees it. Header names are in lower case. */
export interface Request {
  method: string;
  /** Without query, as `/v1/users`. */
  path: string;
  query: Readonly<Record<string, string>>;
  headers: Readonly<Record<string, string | undefined>>;
  body: string;
}

/** What else happens on the wire than an answer: who carries the answer acts it out. */
export type Wire =
  /** The connection breaks before anything is sent. */
  | {kind: 'reset'}
  /** Nothing is ever sent. */
  | {kind: 'hang'}
  /** The connection breaks after this many characters of the body. */
  | {kind: 'cut'; at: number}
  /** The answer comes this much later. */
  | {kind: 'slow'; ms: number};

/** An answer. Header names are in lower case. */
export interface Response {
  status: number;
  headers: Record<string, string>;
  body: string;
  /** How the body is packed on the wire; gzip where the client takes it unless given. */
  encoding?: 'identity' | 'br' | 'deflate' | 'gzip, identity';
  /** How the body becomes bytes; UTF-8 unless given. */
  charset?: 'utf16';
  wire?: Wire;
}

/** Takes a URL, absolute or from the root, apart into a request. */
export function requestOf(method: string, url: string, headers: Request['headers'], body: string): Request {
  const {pathname, searchParams} = new URL(url, 'http://sandbox');
  return {
    method: method.toUpperCase(),
    path: pathname,
    query: Object.fromEntries(searchParams),
    headers,
    body,
  };
}
