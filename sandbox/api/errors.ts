/** A refusal in Kustomer's form (docs/kustomer-api.md, Errors). */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    readonly title: string,
    readonly source: string | undefined = undefined,
  ) {
    super(title);
  }

  /** The body of the answer. */
  get body(): string {
    return errorBody(this.status, this.code, this.title, this.source);
  }
}

/** `{"errors": [...]}` with one error. */
export function errorBody(status: number, code: string, title: string, source?: string): string {
  const where = source === undefined ? {} : {source: {pointer: source}};
  return JSON.stringify({errors: [{status: String(status), code, title, ...where, links: {}}]});
}

/** 400. `source` points at the part of the request that is wrong. */
export function badRequest(title: string, source?: string): Refusal {
  return new Refusal(400, 'bad_request', title, source);
}

/** 401: which role would do is not told. */
export function unauthorized(title = 'Unauthorized'): Refusal {
  return new Refusal(401, 'unauthorized', title);
}

/** 404. */
export function notFound(title = 'Not found'): Refusal {
  return new Refusal(404, 'not_found', title);
}
