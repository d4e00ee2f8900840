import {forbidden, Refusal, unauthorized} from './errors';
import type {Request} from './http';
import type {Settings, Token} from './settings';

/** Any one of these allows search (docs/kustomer-api.md, Roles). */
const SEARCH_ROLES = [
  'org.user.search.read',
  'org.admin.search.read',
  'org.permission.search.create',
  'org.permission.search.update',
  'org.permission.search_global.create',
  'org.permission.search_preview.create',
];

/**
 * The key behind a request (docs/kustomer-api.md, Where and who). Refuses a missing, unknown or expired one with a 401, and
 * one of another region as `wrongRegionStatus` says.
 */
export function tokenOf(request: Request, settings: Settings): Token {
  const [, given] = /^Bearer (\S+)$/.exec(request.headers['authorization'] ?? '') ?? [];
  const token = settings.tokens.find((known) => known.token === given);
  if (!token) throw unauthorized();
  if (token.expired) throw unauthorized('Token has expired');
  if (token.pod !== undefined && token.pod !== settings.pod) {
    const text = `Auth token associated with pod ${token.pod} but request is being handled by ${settings.pod}`;
    throw new Refusal(settings.wrongRegionStatus, 'wrong_region', text);
  }
  return token;
}

/** Refuses a key that may not search, or not search this context (docs/kustomer-api.md, Roles). */
export function mustSearch(token: Token, context: string, settings: Settings): void {
  if (!SEARCH_ROLES.some((role) => has(token, role)) || token.deniedContexts?.includes(context)) {
    throw forbidden(settings.missingRoleStatus);
  }
}

/** Refuses a key without a read role for any of these objects, named as roles name them (docs/kustomer-api.md, Roles). */
export function mustRead(token: Token, objects: readonly string[], settings: Settings): void {
  const roles = objects.flatMap((object) =>
    ['user', 'admin', 'permission'].map((kind) => `org.${kind}.${object}.read`),
  );
  if (!roles.some((role) => has(token, role))) throw forbidden(settings.missingRoleStatus);
}

function has(token: Token, role: string): boolean {
  return token.roles.some((own) => role === own || role.startsWith(`${own}.`));
}
