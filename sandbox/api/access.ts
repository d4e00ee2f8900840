import {unauthorized} from './errors';
import type {Request} from './http';
import type {Settings, Token} from './settings';

const searchRoles = [
  'org.user.search.read',
  'org.admin.search.read',
  'org.permission.search.create',
  'org.permission.search.update',
];

/** The key behind a request; refuses a missing, unknown or expired one with a 401. */
export function tokenOf(request: Request, settings: Settings): Token {
  const [, given] = /^Bearer (\S+)$/.exec(request.headers['authorization'] ?? '') ?? [];
  const token = settings.tokens.find((known) => known.token === given);
  if (!token) {
    throw unauthorized();
  }
  if (token.expired) {
    throw unauthorized('Token has expired');
  }
  return token;
}

/** Refuses a key that may not search (docs/kustomer-api.md, Roles) or not search this context. */
export function mustSearch(token: Token, context: string): void {
  if (!searchRoles.some((role) => has(token, role)) || token.deniedContexts?.includes(context)) {
    throw unauthorized();
  }
}

/** Refuses a key without any read role for an object, named in the singular. */
export function mustRead(token: Token, object: string): void {
  if (!['user', 'admin', 'permission'].some((kind) => has(token, `org.${kind}.${object}.read`))) {
    throw unauthorized();
  }
}

function has(token: Token, role: string): boolean {
  return token.roles.some((own) => role === own || role.startsWith(`${own}.`));
}
