/** Roles of a key, any one of which suffices for something (docs/kustomer-api.md, Roles). */
export type AnyRole = readonly string[];

/** What every search needs, of the archive too. */
export const SEARCH_ROLES: AnyRole = [
  'org.user.search.read',
  'org.admin.search.read',
  'org.permission.search.create',
  'org.permission.search.update',
  'org.permission.search_global.create',
  'org.permission.search_preview.create',
];

/**
 * The roles that read one kind of object.
 * @param object in the singular: `brand`
 * @param kinds those of the three that Kustomer documents for it
 */
export function readRoles(object: string, ...kinds: readonly ('permission' | 'user' | 'admin')[]): AnyRole {
  return kinds.map((kind) => `org.${kind}.${object}.read`);
}

/** A role that grants an endpoint, for messages; there may be others. */
export function roleFor(path: string): string {
  if (path.endsWith('/search')) return 'org.user.search.read (or another of the search roles)';
  const [, first = ''] = /^\/v1\/([a-z-]+)/.exec(path) ?? [];
  // Of what belongs to a conversation, only attachments have roles of their own.
  const objects = path.endsWith('/attachments') ? 'attachments' : first;
  return `org.permission.${objects.replace(/(?<=klass)es$|s$/, '')}.read (the read role of ${objects})`;
}
