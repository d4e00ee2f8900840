import type {JsonObject} from '../world/json';

/** How errors are written: `{code, message, meta}`, or the older JSON:API with status, code, title and detail. */
export type ErrorForm = 'message' | 'jsonApi';

/** A refusal; its body depends on the form in which errors are written. */
export class Refusal extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    /** The part of the request that is wrong, as a JSON pointer. */
    readonly pointer: string | undefined = undefined,
  ) {
    super(message);
  }

  /** The body of the answer. */
  body(form: ErrorForm): string {
    return errorBody(form, this.status, this.code, this.message, this.pointer);
  }
}

/** `{"errors": [...]}` with one error (docs/kustomer-api.md, Errors). */
export function errorBody(
  form: ErrorForm,
  status: number,
  code: string,
  message: string,
  pointer?: string,
): string {
  const where: JsonObject = pointer === undefined ? {} : {pointer};
  const error: JsonObject =
    form === 'message'
      ? {code, message, meta: where}
      : {
          status: String(status),
          code,
          title: message,
          detail: message,
          ...(pointer === undefined ? {} : {source: where}),
          links: {},
        };
  return JSON.stringify({errors: [error]});
}

/** 400. `pointer` points at the part of the request that is wrong. */
export function badRequest(message: string, pointer?: string): Refusal {
  return new Refusal(400, 'bad_request', message, pointer);
}

/** 401: the key is not good. */
export function unauthorized(message = 'Unauthorized'): Refusal {
  return new Refusal(401, 'unauthorized', message);
}

/** The key is good but may not do this; which role would do is not told. */
export function forbidden(status: number): Refusal {
  return status === 401 ? unauthorized() : new Refusal(status, 'forbidden', 'Forbidden');
}

/** 404. */
export function notFound(message = 'Not found'): Refusal {
  return new Refusal(404, 'not_found', message);
}
